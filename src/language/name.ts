import { suggest } from "../diagnostics/suggest.ts";
import { type Parsed, wholeProblem } from "./problem.ts";

/** A place, role or person as bot.yaml names it: `mod-log`, or on one platform only: `discord:mod-log`. */
export interface Name {
  /** Absent: on the event's own platform. */
  readonly platform?: string;
  /** As people see it, or an id in digits; without `#` and `@`. */
  readonly name: string;
}

/** Reads the name of a channel or role. `platforms` are the words that may stand before the colon. */
export function parseName(source: string, platforms: readonly string[]): Parsed<Name> {
  return read(source, platforms, false);
}

/** Reads the name of a person: `discord:@ada`, `ada`, `telegram:42`. The `@` may be left out. */
export function parsePersonName(source: string, platforms: readonly string[]): Parsed<Name> {
  return read(source, platforms, true);
}

function read(source: string, platforms: readonly string[], person: boolean): Parsed<Name> {
  const bad = (message: string, hint: string): Parsed<Name> => ({
    ok: false,
    problem: wholeProblem("bad-name", source, message, hint),
  });
  const text = source.trim();
  const colon = text.indexOf(":");
  const before = colon > 0 ? text.slice(0, colon).trim() : "";
  const platform = platforms.find((known) => known === before);
  let name = text;
  if (platform !== undefined) name = text.slice(colon + 1).trim();
  else if (/^[A-Za-z]+$/.test(before) && !/^\s/.test(text.slice(colon + 1))) {
    // A role may well be called "Team: Red", so only a word that is nearly a platform is a slip of the hand.
    const near = suggest(before, platforms);
    if (near !== undefined) return bad(`there is no platform "${before}"`, `write ${near}:${text.slice(colon + 1)}`);
  }
  const prefix = platform === undefined ? "" : `${platform}:`;
  const raw = /^<[#@][!&]?(\d+)>$/.exec(name);
  if (raw !== null)
    return bad(`"${name}" is how a platform stores a mention`, `write the name, or the id: "${prefix}${raw[1]}"`);
  if (name.startsWith("@") && person) name = name.slice(1);
  if (/^[#@]/.test(name) && name.length > 1)
    return bad(`names are written without "${name[0]}"`, `write ${prefix}${name.slice(1)}`);
  if (name === "" || name === "#" || name === "@") return bad("the name is empty", "write the name as people see it");
  return { ok: true, value: platform === undefined ? { name } : { platform, name } };
}
