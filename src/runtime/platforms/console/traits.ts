import { type Right, rights } from "../../../contracts/right.ts";
import { suggest } from "../../../diagnostics/suggest.ts";
import { parseDuration } from "../../../language/duration.ts";
import { isKnownLanguage } from "../../../language/intl.ts";

/** What is said of somebody who types at the console, besides their roles. */
export interface Traits {
  /** How long ago the account was made, in milliseconds. */
  readonly created?: number;
  /** How long ago they came to the server, in milliseconds. */
  readonly joined?: number;
  /** What they may do besides what everybody may. */
  readonly rights?: readonly Right[];
  readonly language?: string;
}

type Writable = { -readonly [Key in keyof Traits]: Traits[Key] };

export interface ReadTraits {
  readonly traits: Traits;
  /** What is left of the line. */
  readonly others: string;
  /** What is wrong with one of them, in words. */
  readonly wrong?: string;
}

/** Takes `joined=2h`, `created=1d`, `rights=mute_members,kick_members` and `language=de` out of a line. */
export function readTraits(line: string): ReadTraits {
  const traits: Writable = {};
  let wrong: string | undefined;
  const others = line.replace(
    /(?<!\S)(joined|created|rights|language)=(\S*)/g,
    (_whole, key: keyof Traits, written: string) => {
      wrong = read(traits, key, written) ?? wrong;
      return "";
    },
  );
  return { traits, others: others.trim(), ...(wrong === undefined ? {} : { wrong }) };
}

/** @returns what is wrong with it, in words. */
function read(traits: Writable, key: keyof Traits, written: string): string | undefined {
  switch (key) {
    case "joined":
    case "created": {
      const age = parseDuration(written);
      if (!age.ok) return `"${written}" is not how long ago something was: write for example ${key}=2h`;
      traits[key] = age.value;
      return undefined;
    }
    case "rights": {
      const names = written.split(",").filter((name) => name !== "");
      const unknown = names.find((name) => !Object.hasOwn(rights, name));
      if (unknown === undefined) traits.rights = names as Right[];
      return unknown === undefined ? undefined : noRight(unknown);
    }
    case "language":
      if (!isKnownLanguage(written)) return `"${written}" is no language: write its short name, such as language=de`;
      traits.language = written;
      return undefined;
  }
}

function noRight(name: string): string {
  const near = suggest(name, Object.keys(rights));
  return `there is no right "${name}": write ${near === undefined ? "for example rights=mute_members" : `rights=${near}`}`;
}
