import { dirname, resolve } from "node:path";
import { withoutAllowed } from "../config/allowances.ts";
import { inOrder } from "../config/in-order.ts";
import { loadConfig } from "../config/load.ts";
import type { FileReader } from "../config/read.ts";
import type { Words } from "../config/words.ts";
import type { CanonicalConfig, Origins } from "../contracts/canonical.ts";
import type { Settings, SettingValue } from "../contracts/platform.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SecretReader, SecretReference, SecretText } from "../language/secret-reference.ts";
import { compilePlan } from "../plan/compile.ts";
import type { Loaded, Problem } from "./loaded.ts";

export interface LoadBotInput {
  readonly file: string;
  /** Nothing is connected and no rule runs, so that only the storage's secret has to be set. */
  readonly recordsOnly?: boolean;
  /** Run only these; all that the file declares, if undefined. The console may be named though no file declares it. */
  readonly platforms: readonly string[] | undefined;
  readonly reader: FileReader;
  readonly words: Words;
  readonly secrets: SecretReader;
  /** Files besides the bot's own whose change matters, such as `.env`. */
  readonly alsoWatch: readonly string[];
}

/** Reads, checks and plans a file for running. Warnings that only `validate` lets pass are mistakes here. */
export async function loadBot(input: LoadBotInput): Promise<Loaded> {
  const read = await loadConfig({ file: input.file, reader: input.reader, words: input.words, secrets: input.secrets });
  const files = [input.file, ...read.files].map((file) => resolve(file));
  const refused = (problems: readonly Problem[]): Loaded => ({ ok: false, problems, files });
  if (!read.ok) return refused(read.diagnostics);
  const chosen = choosePlatforms(read.config, input.platforms);
  if (typeof chosen === "string") return refused([chosen]);
  const planned = compilePlan(chosen, read.origins, input.words);
  if (!planned.ok) return refused(planned.diagnostics);
  const told = withoutAllowed([...read.warnings, ...planned.warnings], read.allowances);
  const warnings = told.filter((one) => !ofUnused(one, read.config, chosen, read.origins));
  const { platforms, storage } = read.config;
  const needless = (one: Diagnostic): boolean =>
    one.code === "secret-not-set" &&
    (input.recordsOnly === true
      ? !isIn({ storage }, one, read.origins)
      : // Told by the platform that needs it, so that the others can run.
        isIn(platforms, one, read.origins));
  const unset = warnings.filter((one) => one.blocksRun === true);
  const blocking = unset.filter((one) => !needless(one));
  // Where it cannot start anyway, all that it will ask for is told at once.
  const asked = unset.filter(
    (one) => blocking.includes(one) || (input.recordsOnly !== true && isIn(chosen.platforms, one, read.origins)),
  );
  if (blocking.length > 0) return refused(inOrder(asked.map(asError)));
  // What is not switched on is told by the platform itself when the connection opens.
  return {
    ok: true,
    plan: planned.plan,
    warnings: inOrder(warnings.filter((one) => one.blocksRun !== true && one.code !== "needs-switch")),
    files: [...files, ...input.alsoWatch, ...secretFiles(chosen, dirname(resolve(input.file)))],
    dataPosition: (name) => read.origins.position(read.config.data, name, "key"),
    settingPosition(platform, setting) {
      const settings = chosen.platforms[platform];
      if (settings === undefined) return undefined;
      const at = setting === undefined ? undefined : read.origins.position(settings, setting);
      return at ?? read.origins.position(chosen.platforms, platform, "key");
    },
  };
}

/** Whether something is said of a value anywhere inside of a node. */
function isIn(node: object, one: Diagnostic, origins: Origins): boolean {
  return Object.entries(node).some(([key, value]: [string, unknown]) => {
    if (typeof value !== "object" || value === null) return false;
    const at = origins.position(node, key) ?? origins.position(value);
    return (at?.file === one.file && at.line === one.line && at.column === one.column) || isIn(value, one, origins);
  });
}

/** What is said of a platform that is not run now helps nobody; `validate` says it. */
function ofUnused(one: Diagnostic, { platforms }: CanonicalConfig, chosen: CanonicalConfig, origins: Origins): boolean {
  if (one.blocksRun === true) return false;
  return Object.keys(platforms).some((name) => {
    const at = Object.hasOwn(chosen.platforms, name) ? undefined : origins.position(platforms, name, "key");
    return at?.line === one.line && at.column === one.column;
  });
}

function asError(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, severity: "error" };
}

function choosePlatforms(config: CanonicalConfig, names: readonly string[] | undefined): CanonicalConfig | string {
  if (names === undefined) return config;
  const declared: Record<string, Settings> = {};
  for (const name of names) {
    const settings = Object.hasOwn(config.platforms, name) ? config.platforms[name] : undefined;
    if (settings === undefined && name !== "console") {
      const known = Object.keys(config.platforms).join(", ");
      return `the file declares no platform "${name}"; it has ${known}, and console always works`;
    }
    declared[name] = settings ?? {};
  }
  // Where the console stands in for the platforms of the file, it does what any of them would.
  const standsIn = names.includes("console") && !Object.hasOwn(config.platforms, "console");
  const rules = !standsIn
    ? config.rules
    : config.rules.map((rule) =>
        rule.platforms.length === 0 ? rule : { ...rule, platforms: [...rule.platforms, "console"] },
      );
  return { ...config, platforms: declared, rules };
}

/** Files that hold secrets: a rotated token takes effect without a restart. */
function secretFiles(config: CanonicalConfig, folder: string): string[] {
  const found: string[] = [];
  const look = (value: SettingValue | undefined): void => {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) value.forEach(look);
    else if (isSecretText(value)) found.push(...value.parts.filter(isFile).map((part) => resolve(folder, part.path)));
    else Object.values(value).forEach(look);
  };
  Object.values(config.platforms).forEach(look);
  for (const { when } of config.rules) for (const { args } of when) look(args.secret as SettingValue | undefined);
  return found;
}

function isSecretText(value: object): value is SecretText {
  return "parts" in value && Array.isArray(value.parts);
}

function isFile(part: string | SecretReference): part is Extract<SecretReference, { kind: "file" }> {
  return typeof part === "object" && part.kind === "file";
}
