import { pointerTo } from "../../diagnostics/source-map.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { YamlMap } from "../value.ts";
import { otherName } from "./other-names.ts";
import { andList, isLeftEmpty, memberOf, type Reading, tellKey, type Written } from "./reading.ts";
import { isSection, sections } from "./section-names.ts";
import { botFields } from "./sections/bot.ts";

/** Tells the keys at the start of a line that are no sections. */
export function checkKeys(reading: Reading, file: Written): void {
  let above: string | undefined;
  for (const key of Object.keys(file.value as YamlMap)) {
    if (isSection(key) || key.startsWith("x-")) {
      above = key;
      continue;
    }
    const pointer = pointerTo("", key);
    const under = sectionOf(reading, key) ?? emptyAbove(reading, file, key, above);
    if (under === undefined) tellUnknown(reading, pointer, key);
    else if (!reading.elsewhere.has(under)) {
      reading.elsewhere.add(under);
      tellOutside(reading, pointer, key, under, memberOf(file, under));
    }
  }
}

function tellUnknown(reading: Reading, pointer: string, key: string): void {
  const near = otherName(key, sections) ?? suggest(key, sections);
  const message = `the file has no "${key}"`;
  if (near === undefined) {
    const hint = "what has a name of your own stands under a section, such as commands: or rules:";
    tellKey(reading, pointer, { code: "unknown-key", message: `${message}.`, hint, see: "sections" });
    return;
  }
  reading.elsewhere.add(near);
  tellKey(reading, pointer, { code: "unknown-key", message: `${message}. Did you mean "${near}"?`, see: near });
}

/** The section that a key belongs under, whatever stands above it. */
function sectionOf(reading: Reading, key: string): "bot" | "platforms" | undefined {
  const { platforms } = reading.words;
  if (otherName(key, sections) !== undefined) return undefined;
  if (Object.hasOwn(botFields, key)) return "bot";
  const isSetting = [...platforms.values()].some(({ settings }) => Object.hasOwn(settings, key));
  return platforms.has(key) || isSetting ? "platforms" : undefined;
}

/** The section above a key, where nothing stands under it. */
function emptyAbove(reading: Reading, file: Written, key: string, above: string | undefined): string | undefined {
  if (above === undefined || !isLeftEmpty(reading, memberOf(file, above)!)) return undefined;
  return (otherName(key, sections) ?? suggest(key, sections)) === undefined ? above : undefined;
}

/** Tells the first of the keys that stand beside their section. */
function tellOutside(reading: Reading, pointer: string, key: string, under: string, member: Written | undefined): void {
  if (member !== undefined && isLeftEmpty(reading, member)) {
    const message = `"${key}" stands beside "${under}", and nothing stands under "${under}".`;
    tellKey(reading, pointer, { code: "misplaced-key", message, hint: "begin it two spaces further in" });
    return;
  }
  const is = reading.words.platforms.has(key) ? "is a platform; it" : "is no section of the file; it";
  const message = `"${key}" ${is} belongs under "${under}:".`;
  const above = member === undefined ? `write ${under}: above it, and` : `put it below ${under}:, and`;
  const hint = `${above} begin it two spaces further in`;
  tellKey(reading, pointer, { code: "misplaced-key", message, hint });
}

const requiredSections = {
  version: "version: 1",
  bot: "bot: { name: Harbour }",
  platforms: "platforms: { console: {} }",
};

/** Tells which sections are missing, once all others were read: what stands elsewhere is not missing besides. */
export function checkRequired(reading: Reading, file: Written): void {
  const missing = Object.entries(requiredSections).filter(
    ([name]) => memberOf(file, name) === undefined && !reading.elsewhere.has(name),
  );
  if (missing.length === 0) return;
  const message = `the file needs ${andList(missing.map(([name]) => name))}.`;
  tellKey(reading, "", { code: "missing-key", message, hint: `write for example ${missing[0]![1]}` });
}
