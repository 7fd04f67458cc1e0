import type { PersonDoes } from "../../contracts/rehearsal.ts";
import type { Happening } from "../simulated/happenings.ts";

/** What was said and done in a test, as lines for people; what has several lines is one entry, the others further in. */

/** @param elsewhere - the platform, where it is not the one that the test runs on */
export function botLine({ line, channel, to, direct }: Happening, elsewhere: string | undefined): string {
  const place = [
    ...(elsewhere === undefined ? [] : [elsewhere]),
    ...(channel === undefined ? [] : [`#${channel}`]),
    ...(direct === true ? ["in private"] : []),
    ...(to === undefined ? [] : [channel === undefined ? `to ${to}` : `only to ${to}`]),
  ];
  return indented(`bot${place.length === 0 ? "" : ` (${place.join(" ")})`}: ${line}`, "  ");
}

/** Somebody's name, with the place where they do something if the step says one. */
export function actorIn(name: string, { direct, in: place }: Pick<PersonDoes, "direct" | "in">): string {
  if (direct) return `${name} (in private)`;
  return place === undefined ? name : `${name} (#${place.replace(/^#/, "")})`;
}

export const indented = (text: string, by = ""): string => `${by}${text.trimEnd().replace(/\n/g, `\n${by}  `)}`;

/** On one line, for a sentence. */
export const squeezed = (text: string): string => text.replace(/\s+/g, " ").trim();
