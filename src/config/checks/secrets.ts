import { type Diagnostic, warningAt } from "../../diagnostics/diagnostic.ts";
import { tokenIn } from "../../diagnostics/tokens.ts";
import { resolveSecretText, type SecretText } from "../../language/secret-reference.ts";
import type { Check, CheckContext } from "./check.ts";
import { argumentsOfKind } from "./walk.ts";

/** Tokens belong into the environment, and what the file refers to must be set before the bot can run. */
export const secrets: Check = function* (context) {
  const { config } = context;
  for (const [platform, settings] of Object.entries(config.platforms)) yield* inside(context, settings, platform);
  for (const { value, node, key } of argumentsOfKind(context, "secret"))
    if (typeof value === "object" && value !== null && isSecretText(value))
      yield* check(context, node, String(key), value, "");
  for (const kind of ["text", "plain", "value"] as const)
    for (const { value, node, key } of argumentsOfKind(context, kind))
      if (typeof value === "string" && value.length > 15) yield* looksSecret(context, node, key, value);
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
    const isSecret = /token|secret|authorization|cookie|key$/i.test(key) || tokenIn(text.parts.join("")) !== undefined;
    if (platform === undefined || text.parts.length === 0 || !isSecret) return;
    const name = nameFor(platform, key);
    const message = "a token written here can be read by everyone who sees this file.";
    const bearer = /^Bearer /i.test(String(text.parts[0])) ? "Bearer " : "";
    const hint = `put it into .env as ${name}=… and write "${bearer}\${${name}}" here`;
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
      ...(missing.reference.kind === "env" ? { hint: "set it in .env beside the file, or in the environment" } : {}),
      blocksRun: true,
    });
  }
}

/** `DISCORD_TOKEN`; a header's is named after what it is for. */
function nameFor(platform: string, key: string): string {
  const name = (platform === "" ? key : `${platform}_${key}`).toUpperCase().replaceAll("-", "_");
  return name === "AUTHORIZATION" ? "API_TOKEN" : name === "SECRET" ? "WEBHOOK_SECRET" : name;
}

/** A token where no secret can stand. */
function* looksSecret(
  { origins }: CheckContext,
  node: object,
  key: string | number,
  text: string,
): Generator<Diagnostic> {
  const what = tokenIn(text);
  const at = what === undefined ? undefined : origins.position(node, key);
  const message = `this looks like ${what}, and everyone who sees this file could use it.`;
  const hint =
    'take it out here; http sends secrets in its headers, as "Bearer ${API_TOKEN}", with API_TOKEN=… in .env';
  if (at !== undefined) yield warningAt(at, { code: "inline-secret", message, hint });
}

function isSecretText(value: object): value is SecretText {
  return "parts" in value && Array.isArray(value.parts);
}
