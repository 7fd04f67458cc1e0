/** A condition as it is written in braces, such as `has_link: yes`; undefined where there is no such condition. */
export type Spelling = (name: string, value: string | undefined) => string | undefined;

/**
 * Conditions that somebody wrote as one line of words, such as `has_link and not permission == staff`, in braces:
 * `[ { has_link: yes }, { not: { permission: staff } } ]`. Undefined where a part of the line is no condition.
 */
export function conditionMeant(text: string, spell: Spelling): string | undefined {
  const parts = text.split(/\s*(?:&&|\|\||\b(?:and|or)\b)\s*/);
  const joints = text.match(/&&|\|\||\b(?:and|or)\b/g) ?? [];
  const all = joints.every((joint) => joint === "and" || joint === "&&");
  const any = joints.every((joint) => joint === "or" || joint === "||");
  const written = parts.map((part) => one(part, spell));
  if (written.includes(undefined) || !(all || any)) return undefined;
  if (written.length === 1) return written[0];
  const list = `[${written.join(", ")}]`;
  return all ? list : `{ any: ${list} }`;
}

/** `has_link`, `not permission: staff`, `!has_role("Helper")`. */
function one(part: string, spell: Spelling): string | undefined {
  const found = /^(not\s+|!\s*)?([a-z_]+)(?=[\s=(:]|$)\s*(?:==?=?|:|is\b|has\b|contains\b|\()?\s*(.*?)\s*\)?$/.exec(
    part,
  );
  if (found === null) return undefined;
  const [, not, name, value] = found;
  const spelt = spell(name!, value === "" ? undefined : value);
  if (spelt === undefined) return undefined;
  return not === undefined ? `{ ${spelt} }` : `{ not: { ${spelt} } }`;
}

/** How a group is asked for, where its name was written as if it were a value. */
export function hintForGroup(name: string, source: string): string {
  const isAlone = source.replace(/^[\s'"]+|[\s'"]+$/g, "") === name;
  return `"${name}" is a group${isAlone ? ": write { permission:" : ", which is written alone, such as { permission:"} ${name} }`;
}
