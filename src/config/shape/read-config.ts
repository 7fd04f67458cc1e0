import type { AuditPolicy } from "../../contracts/audit.ts";
import type { CanonicalConfig, CanonicalDatum, CanonicalGroup, CanonicalLimit } from "../../contracts/canonical.ts";
import type { Fields } from "../../contracts/fields.ts";
import { pointerTo } from "../../diagnostics/source-map.ts";
import type { SecretText } from "../../language/secret-reference.ts";
import { emptyMap, type YamlMap, type YamlValue } from "../value.ts";
import { checkKeys, checkRequired } from "./file-keys.ts";
import { readMap } from "./kinds/collection.ts";
import { readText } from "./kinds/text.ts";
import { readObject } from "./object.ts";
import {
  isLeftEmpty,
  isMapWritten,
  memberOf,
  type Reading,
  tell,
  tellKey,
  tellNoMap,
  textOf,
  type Written,
} from "./reading.ts";
import { readAudit } from "./sections/audit.ts";
import { readBlock, withBlocks } from "./sections/blocks.ts";
import { botFields } from "./sections/bot.ts";
import { readCommands } from "./sections/commands.ts";
import { readDatum } from "./sections/data.ts";
import { loggingFields } from "./sections/logging.ts";
import { readMessages } from "./sections/messages.ts";
import { readGroup } from "./sections/permissions.ts";
import { readPlatforms } from "./sections/platforms.ts";
import { readLimit } from "./sections/rate-limits.ts";
import { readRules } from "./sections/rules.ts";
import { readSchedules } from "./sections/schedules.ts";
import { defaultStorage, readStorage } from "./sections/storage.ts";
import { readTests } from "./sections/tests.ts";

/** Reads a whole file into canonical form. The value makes sense only where no error was told. */
export function readConfig(reading: Reading, value: YamlMap): CanonicalConfig | undefined {
  const file: Written = { value, pointer: "", name: "the file", dynamic: false };
  if (Object.hasOwn(value, "pack") && !Object.hasOwn(value, "bot")) {
    const message = "this file is a pack, which a bot uses, and no bot by itself.";
    const hint = "name it under packs in a bot.yaml, and check that file";
    return tellKey(reading, "/pack", { code: "not-a-bot-file", message, hint });
  }
  checkKeys(reading, file);
  checkVersion(reading, file);
  const section = (name: string) => memberOf(file, name) ?? absent(name);
  const bot = here(reading, file, "bot");
  const belongs = (key: string, pointer: string) => tellPlatformSetting(reading, key, pointer);
  const botSettings = bot && readObject(reading, botFields, bot, { where: '"bot"', belongs });
  const platforms = here(reading, file, "platforms");
  const rateLimits = readEach(reading, section("rate_limits"), readLimit, "default: 5 per 10s per user");
  const config = {
    version: 1 as const,
    bot: botSettings as unknown as CanonicalConfig["bot"],
    platforms: platforms === undefined ? {} : readPlatforms(reading, platforms),
    storage: readSection(reading, file, "storage", readStorage) ?? defaultStorage,
    logging: readSettings(reading, section("logging"), loggingFields) as unknown as CanonicalConfig["logging"],
    names: readNames(reading, section("names")),
    permissions: readEach<CanonicalGroup>(reading, section("permissions"), readGroup, "staff: { role: Moderator }"),
    audit: readAudit(reading, section("audit")) as AuditPolicy,
    data: readEach<CanonicalDatum>(reading, section("data"), readDatum, "coins: integer"),
  };
  const redis = readRedis(reading, file);
  const messages = readSection(reading, file, "messages", readMessages);
  const commands = readCommands(reading, section("commands"), Object.hasOwn(rateLimits, "default"));
  const written: Record<string, CanonicalLimit> = {};
  const readRuleList = (inner: Reading, list: Written) => readRules(inner, list, written);
  const all = [
    ...commands.rules,
    ...(readSection(reading, file, "rules", readRuleList) ?? []),
    ...(readSection(reading, file, "schedules", readSchedules) ?? []),
  ];
  const blocks = readEach(reading, section("blocks"), readBlock, "greet: [ { reply: Hello } ]");
  const rules = all.map((rule) => withBlocks(reading, rule, blocks));
  const tests = readSection(reading, file, "tests", (inner, list) => readTests(inner, list, config.data)) ?? [];
  checkRequired(reading, file);
  const limits: Readonly<Record<string, CanonicalLimit>> = { ...rateLimits, ...commands.limits, ...written };
  reading.origins.note(limits, "/rate_limits");
  return reading.origins.note(
    {
      ...config,
      ...(redis && { redis }),
      ...(messages && { messages }),
      ...(Object.keys(blocks).length > 0 && { blocks }),
      rate_limits: limits,
      rules,
      tests,
    },
    "",
  );
}

/** A section, unless what belongs in it was told at another place. */
function here(reading: Reading, file: Written, name: string): Written | undefined {
  return reading.elsewhere.has(name) ? undefined : memberOf(file, name);
}

/** `token:` under `bot:`. */
function tellPlatformSetting(reading: Reading, key: string, pointer: string): string | undefined {
  const platform = [...reading.words.platforms.values()].find(({ settings }) => Object.hasOwn(settings, key));
  if (platform === undefined) return undefined;
  reading.elsewhere.add("platforms");
  const message = `"${key}" belongs to a platform, such as "${platform.name}", under "platforms:".`;
  const hint = `write platforms: and under it ${platform.name}: and under that ${key}: …`;
  tellKey(reading, pointer, { code: "misplaced-key", message, hint });
  return key;
}

function absent(name: string): Written {
  return { value: emptyMap(), pointer: pointerTo("", name), name, dynamic: false };
}

function checkVersion(reading: Reading, file: Written): void {
  const version = memberOf(file, "version");
  if (version === undefined) return;
  const text = textOf(reading, version);
  const hint = "write version: 1";
  if (text === undefined) {
    tellKey(reading, version.pointer, { code: "empty-value", message: '"version" has no value.', hint });
    return;
  }
  if (!/^\d+(\.0)?$/.test(text)) {
    tell(reading, version.pointer, {
      code: "wrong-version",
      message: `"${text}" is not a version of the language.`,
      hint,
    });
    return;
  }
  const number = Number(text);
  if (number === 1) return;
  const message = `this botctl reads version 1 of the language, and the file says ${number}.`;
  tell(reading, version.pointer, {
    code: "wrong-version",
    message,
    hint: "write version: 1, or install a newer botctl",
  });
}

function readSection<T>(
  reading: Reading,
  file: Written,
  name: string,
  read: (reading: Reading, written: Written) => T,
) {
  const member = memberOf(file, name);
  return member === undefined ? undefined : read(reading, member);
}

function readSettings(reading: Reading, written: Written, fields: Fields) {
  return readObject(reading, fields, written, { where: `"${written.name}"` });
}

function readRedis(reading: Reading, file: Written): SecretText | undefined {
  const member = memberOf(file, "redis");
  if (member === undefined) return undefined;
  const url = readText(reading, { kind: "secret", about: "" }, member) as unknown as SecretText | undefined;
  return url === undefined || url.parts.length === 0 ? undefined : reading.origins.note({ ...url }, member.pointer);
}

/** A map of the writer's own names, each value read alike. */
function readEach<T>(
  reading: Reading,
  written: Written,
  read: (reading: Reading, written: Written) => T | undefined,
  example: string,
): Record<string, T> {
  const out = reading.origins.note({} as Record<string, T>, written.pointer);
  if (!isMapWritten(written)) {
    if (!isLeftEmpty(reading, written)) tellNoMap(reading, written, `lines such as ${example}`);
    return out;
  }
  for (const [name, value] of Object.entries(written.value) as [string, YamlValue][]) {
    const pointer = pointerTo(written.pointer, name);
    if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name)) {
      const message = `"${name}" cannot be a name here: letters, digits, _ and - only, beginning with a letter.`;
      tellKey(reading, pointer, { code: "bad-name", message });
      continue;
    }
    const one = read(reading, { value, pointer, name, dynamic: false });
    if (one !== undefined) out[name] = one;
  }
  return out;
}

function readNames(reading: Reading, written: Written): CanonicalConfig["names"] {
  if (isLeftEmpty(reading, written)) return {};
  const field = {
    kind: "map",
    of: { kind: "map", of: { kind: "plain", about: "The name or id there." }, about: "Its name on each platform." },
    about: "One name for what is called differently on each platform.",
  } as const;
  return (readMap(reading, field, written) ?? {}) as CanonicalConfig["names"];
}
