import type { Settings } from "../../../contracts/platform.ts";
import { readObject } from "../object.ts";
import { didYouMean, isMapWritten, memberOf, type Reading, tellKey, tellNoMap, type Written } from "../reading.ts";

/** `platforms:`, each by its own settings. */
export function readPlatforms(reading: Reading, written: Written): Record<string, Settings> {
  const out: Record<string, Settings> = {};
  reading.origins.note(out, written.pointer);
  if (!isMapWritten(written) || Object.keys(written.value).length === 0) {
    const message = "the bot needs at least one platform.";
    const hint = `write one under it: ${[...reading.words.platforms.keys()].join(", ")}`;
    if (isMapWritten(written) || written.value === null) {
      tellKey(reading, written.pointer, { code: "empty-value", message, hint });
    } else tellNoMap(reading, written, "lines that each begin with the name of a platform, such as discord:");
    return out;
  }
  for (const name of Object.keys(written.value)) {
    const member = memberOf(written, name)!;
    const definition = reading.words.platforms.get(name);
    if (definition === undefined) {
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
