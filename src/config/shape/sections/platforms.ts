import type { Settings } from "../../../contracts/platform.ts";
import type { YamlMap } from "../../value.ts";
import { readObject } from "../object.ts";
import {
  didYouMean,
  isLeftEmpty,
  isListWritten,
  isMapWritten,
  memberOf,
  type Reading,
  tellKey,
  tellNoMap,
  textOf,
  type Written,
} from "../reading.ts";
import { tellSection } from "../unknown-keys.ts";

/** `platforms:`, each by its own settings. */
export function readPlatforms(reading: Reading, written: Written): Record<string, Settings> {
  const out: Record<string, Settings> = {};
  reading.origins.note(out, written.pointer);
  if (!isMapWritten(written) || Object.keys(written.value).length === 0) {
    const message = "the bot needs at least one platform.";
    const hint = `write one under it: ${[...reading.words.platforms.keys()].join(", ")}`;
    if (isMapWritten(written) || written.value === null) {
      tellKey(reading, written.pointer, { code: "empty-value", message, hint });
    } else {
      const wanted = "lines that each begin with the name of a platform, such as discord:";
      tellNoMap(reading, written, wanted, writtenOut(reading, written));
    }
    return out;
  }
  if (tellOutside(reading, written)) return out;
  for (const name of Object.keys(written.value)) {
    const member = memberOf(written, name)!;
    const definition = reading.words.platforms.get(name);
    if (definition === undefined) {
      if (tellSection(reading, member.pointer, name)) continue;
      const message = `there is no platform "${name}"${didYouMean(name, reading.words.platforms.keys())}`;
      const hint = `possible are ${[...reading.words.platforms.keys()].join(", ")}`;
      tellKey(reading, member.pointer, { code: "unknown-platform", message, hint });
      continue;
    }
    const settings = readObject(reading, definition.settings, member, {
      where: `"${name}"`,
      ...(definition.oneOf === undefined ? {} : { oneOf: definition.oneOf }),
    });
    if (settings === undefined) continue;
    out[name] = settings as unknown as Settings;
  }
  return out;
}

/** `platforms: discord`, or a list of them. */
function writtenOut(reading: Reading, written: Written): string {
  const [first] = isListWritten(written) ? written.value : [textOf(reading, written)];
  const named = typeof first === "object" && first !== null ? Object.keys(first)[0] : first;
  const { platforms } = reading.words;
  const { name, settings } = platforms.get(String(named)) ?? [...platforms.values()][0]!;
  const needed = Object.keys(settings).find((key) => key.endsWith("token"));
  if (needed === undefined) return `write ${name}: {} on a line below it`;
  return `write ${name}: on a line below it, and under that ${needed}: "\${${name.toUpperCase()}_TOKEN}"`;
}

/** `discord:` with its `token:` beside it instead of under it. */
function tellOutside(reading: Reading, written: Written & { readonly value: YamlMap }): boolean {
  let above: string | undefined;
  for (const name of Object.keys(written.value)) {
    const member = memberOf(written, name)!;
    const definition = above === undefined ? undefined : reading.words.platforms.get(above);
    if (definition !== undefined && Object.hasOwn(definition.settings, name)) {
      const message = `"${name}" stands beside "${above}", and nothing stands under "${above}".`;
      tellKey(reading, member.pointer, { code: "misplaced-key", message, hint: "begin it two spaces further in" });
      return true;
    }
    above = isLeftEmpty(reading, member) ? name : undefined;
  }
  return false;
}
