import { otherName } from "../config/shape/other-names.ts";
import { sections } from "../config/shape/section-names.ts";
import type { Fields } from "../contracts/fields.ts";
import type { Example } from "../contracts/word.ts";
import type { CodeEntry } from "../diagnostics/codes/entry.ts";
import { allowing, codes } from "../diagnostics/codes.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { filters } from "../language/filters/index.ts";
import { helpRule } from "../plan/help.ts";
import { ruleScope, scopeTypes } from "../plan/scope.ts";
import { sentenceForms } from "../sentences/catalogue.ts";
import { actions, conditions, packs, platforms, triggers } from "../words/registry.ts";
import { exitCodes } from "./exit-codes.ts";
import { fieldTree, keyNames, keyPage, sectionList, sectionPage } from "./explain/file.ts";
import { example, indented, list, paragraph } from "./explain/text.ts";
import type { Io } from "./io.ts";
import { packPage, packText, settingNames, settingText } from "./packs.ts";

/** A page, made when it is asked for. */
type Page = () => string | Promise<string>;

/** Prints the pages of a name: a section or a key of the file, one of its words, a code of a mistake, or a list such as "actions". */
export async function explain(name: string | undefined, io: Io): Promise<number> {
  const all = pages();
  if (name === undefined) {
    io.out(`${paragraph("Write what you want to know about: botctl explain reply")}\n`);
    io.out(paragraph(`Sections of the file: ${sections.join(", ")}`));
    io.out(paragraph(`Lists: ${[...lists.keys()].join(", ")}`));
    return exitCodes.valid;
  }
  const plain = name.toLowerCase().replace(/:$/, "");
  const keys = all.has(plain) ? new Set<string>() : keyNames();
  const named = all.get(plain) ?? (keys.has(plain) ? [() => keyOrWord(plain)] : []);
  const settings = named.length === 0 ? await packSettings() : new Map<string, Page[]>();
  const found = named.length === 0 ? (settings.get(plain) ?? []) : named;
  if (found.length === 0) {
    const near = nearest(plain, [...all.keys(), ...keys, ...settings.keys()]);
    const offer =
      near === undefined ? `Lists of all pages: ${[...lists.keys()].join(", ")}.` : `Did you mean "${near}"?`;
    io.err(`There is no page "${name}". ${offer}\n`);
    return exitCodes.failed;
  }
  io.out((await Promise.all(found.map((page) => page()))).join("\n"));
  return exitCodes.valid;
}

/** The page that was meant, also by a name that people try for it. */
function nearest(name: string, pages: readonly string[]): string | undefined {
  return wordCalled(name) ?? otherName(name, sections) ?? suggest(name, pages);
}

function wordCalled(name: string): string | undefined {
  const words = [...actions.values(), ...conditions.values(), ...triggers.values()];
  return words.find(({ aka }) => aka?.includes(name))?.name;
}

/** A key may have a name by which people also call a word. */
function keyOrWord(name: string): string {
  const word = wordCalled(name);
  return keyPage(name) + (word === undefined ? "" : `\nOr did you mean "${word}"? botctl explain ${word}\n`);
}

/** The settings of the packs, which need no page of their own where something else is called so. */
async function packSettings(): Promise<Map<string, Page[]>> {
  const all = new Map<string, Page[]>();
  for (const page of await Promise.all([...packs.keys()].map(packPage)))
    for (const name of settingNames(page)) all.set(name, [...(all.get(name) ?? []), () => settingText(page, name)]);
  return all;
}

const lists: ReadonlyMap<string, Page> = new Map<string, Page>([
  ["sections", sectionList],
  ["actions", () => list("What a bot can do", [...actions.values()])],
  ["conditions", () => list("What can be asked under if", [...conditions.values()])],
  ["triggers", () => list("What can start a rule, under when", [...triggers.values()])],
  ["filters", () => list("What can be done with a value, behind a |", filters)],
  ["variables", variables],
  ["messages", messages],
  [
    "packs",
    async () => {
      const all = await Promise.all([...packs.keys()].map(packPage));
      return list(
        "Ready-made command sets, under packs",
        all.map(({ head }) => ({ name: head.name, summary: head.description })),
      );
    },
  ],
  [
    "codes",
    () =>
      list(
        "Mistakes",
        Object.entries(codes).map(([name, { title }]) => ({ name, summary: title })),
      ),
  ],
  [
    "platforms",
    () =>
      list(
        "Where a bot runs",
        [...platforms.values()].map(({ name, title }) => ({ name, summary: title })),
      ),
  ],
]);

function pages(): Map<string, Page[]> {
  const all = new Map<string, Page[]>();
  const add = (name: string, page: Page) => all.set(name, [...(all.get(name) ?? []), page]);
  for (const name of sections) add(name, () => sectionPage(name));
  for (const [name, page] of lists) add(name, page);
  for (const [name, entry] of Object.entries(codes)) add(name, () => codePage(name, entry));
  for (const [kind, words] of Object.entries({ action: actions, condition: conditions, trigger: triggers }))
    for (const word of words.values()) add(word.name, () => wordPage(kind, word));
  for (const { name, implicit } of triggers.values()) if (implicit === true) add(name, () => sectionPage(`${name}s`));
  for (const { name, title, settings } of platforms.values())
    add(name, () => `${name} (platform)\n\nRuns the bot on ${title}.\n\n${fieldLines(settings)}`);
  for (const name of packs.keys()) add(name, async () => packText(await packPage(name)));
  for (const filter of filters)
    add(filter.name, () => {
      const examples = filter.examples.map(({ expression, output }) => `  {{ ${expression} }}  gives  ${output}\n`);
      const args = filter.args.map((arg) => `  ${arg.name}: ${arg.summary}\n`).join("");
      return `${filter.name} (filter)\n\n${paragraph(filter.summary)}${args}\nExamples:\n${examples.join("")}`;
    });
  return all;
}

function codePage(name: string, { title, explanation, wrong, right, allowable, files = {} }: CodeEntry): string {
  const others = Object.entries(files).map(([file, text]) => `\n${example(`The file ${file}`, text)}`);
  const allow = allowable === true ? `\n${paragraph(allowing(name))}` : "";
  // Where it is not the command that is wrong, there is nothing to compare.
  const pair = wrong === right ? "" : `\n${example("Wrong", wrong)}\n${example("Right", right)}`;
  return `${name}: ${title}\n\n${paragraph(explanation)}${pair}${others.join("")}${allow}`;
}

function wordPage(
  kind: string,
  word: {
    readonly name: string;
    readonly summary: string;
    readonly fields?: Fields;
    readonly short?: string | undefined;
    readonly bare?: boolean;
    readonly examples: readonly Example[];
    readonly outcomes?: Readonly<Partial<Record<string, string>>>;
  },
): string {
  const outcomes = Object.entries(word.outcomes ?? {}).map(([end, text]) => `  ${end.replace("_", " ")}: ${text}\n`);
  const examples = word.examples.map(({ about, yaml }) => `${about}:\n${indented(asItem(kind, yaml))}`);
  return [
    `${word.name} (${kind})\n\n${paragraph(word.summary)}`,
    fieldLines(word.fields ?? {}),
    word.short === undefined ? "" : `A plain value behind "${word.name}:" stands for ${word.short}.\n`,
    word.bare === true ? "The word alone is enough.\n" : "",
    outcomes.length === 0 ? "" : `How it ends:\n${outcomes.join("")}`,
    ...examples,
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function fieldLines(fields: Fields): string {
  const keys = fieldTree(fields);
  return keys === "" ? "" : `What can be written in it:\n${keys}`;
}

/** Every sentence of the bot's own: when it is said, what it says, and what a text in its place may show. */
function messages(): string {
  const pages = [...sentenceForms].map(([key, { about, text, variables: shown }]) => {
    const names = Object.keys(shown).map((name) => `{{ ${name} }}`);
    return `  ${key}\n      ${about}${names.length === 0 ? "" : ` It may show ${names.join(", ")}.`}\n      ${text}\n`;
  });
  const about =
    "Under messages, write another text behind its key. Texts in other languages stand under the short name of the language, such as de: or pt-BR:, and whoever uses the platform in that language gets them; everybody else gets those of bot.language.";
  return `Everything that the bot says by itself:\n\n${paragraph(about)}\n${pages.join("")}`;
}

function variables(): string {
  const { command: _typed, ...rest } = helpRule;
  const scope = ruleScope(rest, scopeTypes({}), [triggers.get("message")!]);
  const lines = Object.entries(scope).map(([name, type]) => {
    const fields = type?.kind === "object" ? Object.keys(type.fields) : [];
    return `  ${name}${fields.length === 0 ? "" : `  (${fields.map((field) => `${name}.${field}`).join(", ")})`}\n`;
  });
  return `Variables: what {{ }} can show\n\n${lines.join("")}\nWhat a command is given is options.<name>, what the bot remembers data.<name>, what save_as keeps steps.<name>.\n`;
}

/** An action is an item of a list. */
function asItem(kind: string, yaml: string): string {
  if (kind !== "action") return yaml;
  return yaml
    .split("\n")
    .map((line, index) => `${index === 0 ? "- " : "  "}${line}`)
    .join("\n");
}
