import { isMap, type YamlValue } from "../value.ts";

/**
 * The platforms of a command or rule of a pack as a file needs them. A pack says where its parts work, whatever bot uses
 * it: what the bot is not on is taken out, and nothing is left to say where it works on all that the bot is on.
 */
export type Narrowed = "everywhere" | "nowhere" | readonly YamlValue[];

export interface Platforms {
  /** Those that the file declares. */
  readonly declared: readonly string[];
  /** All that there are; other names are mistakes, which are told later. */
  readonly known: ReadonlySet<string>;
}

export function narrowed(written: YamlValue | undefined, { declared, known }: Platforms): Narrowed {
  const names = typeof written === "string" ? [written] : written;
  if (!Array.isArray(names) || names.length === 0 || declared.length === 0) return "everywhere";
  const left = names.filter((name) => typeof name !== "string" || !known.has(name) || declared.includes(name));
  if (left.length === 0) return "nowhere";
  const isKnown = left.every((name) => typeof name === "string" && known.has(name));
  return isKnown && declared.every((name) => left.includes(name)) ? "everywhere" : left;
}

/** Whether a command, rule or schedule works on none of the bot's platforms. */
export function isNowhere(part: YamlValue | undefined, platforms: Platforms): boolean {
  return isMap(part) && narrowed(part.platforms, platforms) === "nowhere";
}
