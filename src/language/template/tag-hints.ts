import { suggest } from "../../diagnostics/suggest.ts";

const tagHints: Readonly<Record<string, string>> = {
  elseif: "write {% elsif … %}",
  elif: "write {% elsif … %}",
  elsf: "write {% elsif … %}",
  end: "write {% endif %} or {% endfor %}",
  foreach: "write {% for x in list %}",
  unless: "write {% if not … %}",
  set: "values are saved by the actions set and save_as",
  assign: "values are saved by the actions set and save_as",
  case: "write {% if … %}{% elsif … %}{% endif %}",
  comment: "write comments in the file, behind #",
};

/** What to write instead of a tag that there is not. */
export function hintForTag(name: string): string {
  if (Object.hasOwn(tagHints, name)) return tagHints[name]!;
  const near = suggest(name, ["if", "elsif", "else", "endif", "for", "endfor"]);
  return near === undefined
    ? `to show a value, write {{ ${/^[a-z_]+\.[\w.]+$/.test(name) ? name : "value"} }}`
    : `did you mean {% ${near} %}?`;
}
