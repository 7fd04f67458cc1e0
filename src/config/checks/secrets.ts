import { type Diagnostic, warningAt } from "../../diagnostics/diagnostic.ts";
import { resolveSecretText, type SecretText } from "../../language/secret-reference.ts";
import type { Check, CheckContext } from "./check.ts";

/** Tokens belong into the environment, and what the file refers to must be set before the bot can run. */
export const secrets: Check = function* (context) {
  const { config } = context;
  for (const [platform, settings] of Object.entries(config.platforms)) yield* inside(context, settings, platform);
  for (const rule of config.rules) for (const when of rule.when) yield* inside(context, when.args, when.trigger);
  yield* inside(context, { storage: config.storage }, undefined);
  if (config.redis !== undefined) yield* inside(context, { redis: config.redis }, undefined);
};

function* inside(context: CheckContext, node: object, platform: string | undefined): Generator<Diagnostic> {
  for (const [key, value] of Object.entries(node)) {
    if (typeof value !== "object" || value === null) continue;
    if (isSecretText(value)) yield* check(context, node, key, value, platform);
    else yield* inside(context, value as object, platform);
  }
}

function* check(
  context: CheckContext,
  node: object,
  key: string,
  text: SecretText,
  platform: string | undefined,
): Generator<Diagnostic> {
  const { origins } = context;
  const at = origins.position(node, key) ?? origins.position(text);
  if (at === undefined) return;
  if (text.parts.every((part) => typeof part === "string")) {
    if (platform === undefined || text.parts.length === 0 || !/token|secret/.test(key)) return;
    const name = `${platform}_${key}`.toUpperCase();
    const message = "a token written here can be read by everyone who sees this file.";
    const hint = `put it into .env as ${name}=… and write "\${${name}}" here`;
    yield warningAt(at, { code: "inline-secret", message, hint });
    return;
  }
  if (context.secrets === undefined) return;
  const resolved = resolveSecretText(text, context.secrets);
  if (resolved.ok) return;
  for (const missing of resolved.missing) {
    yield warningAt(at, {
      code: "secret-not-set",
      message: `${missing.message}.`,
      hint: "set it in .env beside the file, or in the environment",
      blocksRun: true,
    });
  }
}

function isSecretText(value: object): value is SecretText {
  return "parts" in value && Array.isArray(value.parts);
}
