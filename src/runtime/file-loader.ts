import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { nodeReader } from "../config/node-reader.ts";
import type { Words } from "../config/words.ts";
import { PlatformError, type Settings, type SettingValue } from "../contracts/platform.ts";
import { resolveSecretText, type SecretText } from "../language/secret-reference.ts";
import { type Environment, readEnvironment } from "../observe/env-file.ts";
import { type Masker, maskingReader } from "../observe/masking.ts";
import { loadBot } from "./load-bot.ts";
import type { Loaded } from "./loaded.ts";

export interface FileLoader {
  /** The folder of the file: what the file names is looked for there. */
  readonly folder: string;
  /** Names of secrets that are too short to be masked, as far as they were read. */
  readonly shortSecrets: readonly string[];
  load(): Promise<Loaded>;
  /** What was loaded last is not used: secrets are read as before. */
  goBack(): void;
  /**
   * The value as it is now, masked from now on, also where it was written into the file itself. `settings` are the
   * platform's, where it is one of them.
   * @throws PlatformError kind "start" naming what is not set.
   */
  secret(text: SecretText, settings?: Settings): string;
}

/** Reads the bot's file with the environment of that moment. */
export function createFileLoader(parts: {
  readonly file: string;
  readonly platforms: readonly string[] | undefined;
  /** `staging` reads `.env.staging` instead of `.env`. */
  readonly environmentName: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly words: Words;
  readonly masker: Masker;
  /** Only what is stored is wanted. */
  readonly recordsOnly?: boolean;
}): FileLoader {
  const { file, platforms, words, masker, recordsOnly = false } = parts;
  const folder = dirname(resolve(file));
  const envFileName = parts.environmentName === undefined ? ".env" : `.env.${parts.environmentName}`;
  const shortSecrets: string[] = [];
  let environment: Extract<Environment, { ok: true }> | undefined;
  let before = environment;
  const secrets = maskingReader(
    {
      env: (name) => environment?.lookup(name),
      file: (path) => readFileSync(resolve(folder, path), "utf8"),
    },
    masker,
    (name) => shortSecrets.push(name),
  );
  return {
    folder,
    shortSecrets,
    async load() {
      before = environment;
      const read = await readEnvironment({ folder, name: parts.environmentName, environment: parts.env });
      if (!read.ok) return { ok: false, problems: [read.problem], files: [] };
      environment = read;
      return loadBot({ file, recordsOnly, platforms, reader: nodeReader, words, secrets, alsoWatch: [read.path] });
    },
    goBack() {
      environment = before;
    },
    secret(text, settings) {
      const read = resolveSecretText(text, secrets);
      if (!read.ok) {
        const setting = settings === undefined ? undefined : settingOf(settings, text);
        const inEnvironment = read.missing.every(({ reference }) => reference.kind === "env");
        const cure = inEnvironment ? ` Write it into ${envFileName} beside the file, or into the environment.` : "";
        const message = `${read.missing.map((one) => one.message).join("; ")}.${cure}`;
        throw new PlatformError("start", message, setting === undefined ? {} : { setting });
      }
      masker.add(read.value);
      return read.value;
    },
  };
}

/** The top key of the settings that holds this secret, so that a message can show its line. */
function settingOf(settings: Settings, text: SecretText): string | undefined {
  const holds = (value: SettingValue | undefined): boolean =>
    value === text || (typeof value === "object" && value !== null && Object.values(value).some(holds));
  return Object.keys(settings).find((key) => holds(settings[key]));
}
