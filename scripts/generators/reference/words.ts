import { fieldRows } from "../../../src/config/json-schema/field-rows.ts";
import { rights } from "../../../src/contracts/right.ts";
import type {
  ActionDefinition,
  CombinatorDefinition,
  ConditionDefinition,
  TriggerDefinition,
} from "../../../src/contracts/word.ts";
import { registry } from "../../../src/words/registry.ts";
import { code, generatedNote, keyTable, page, table, yaml } from "./markdown.ts";

type AnyWord = ActionDefinition | ConditionDefinition | CombinatorDefinition | TriggerDefinition;

export function actionsPage(): string {
  const words = [...registry.actions.values()];
  const ends = words.map((word) => [
    link(word.name),
    word.outcomes.done,
    word.outcomes.not_done ?? "",
    word.outcomes.failed ?? "",
  ]);
  return page(
    generatedNote,
    "# Actions",
    "What a bot can do. An action is one key under `do`; beside the key only `if`, `else`, `on_error` and `save_as` stand.",
    index(words),
    ...words.flatMap((word) => wordSection(word, "action")),
    "## How actions end",
    "*Done* goes on with the next action. *Not done* does the `else` and goes on; without `else` the person is told why and the run ends. *Failed* does the `on_error` of the action or of the rule, and ends.",
    table(["action", "done", "not done", "failed"], ends),
  );
}

export function conditionsPage(): string {
  const words = [...registry.conditions.values()];
  return page(
    generatedNote,
    "# Conditions",
    "What can be asked under `if`, besides expressions such as `data.coins >= 10`. A list means all of them. What cannot be told makes the whole `if` false, under `not` too.",
    index(words),
    ...words.flatMap((word) => wordSection(word, "condition")),
  );
}

export function triggersPage(): string {
  const words = [...registry.triggers.values()];
  return page(
    generatedNote,
    "# Triggers",
    "What starts a rule, under `when`: one of them, or a list of which any will do.",
    index(words),
    ...words.flatMap((word) => wordSection(word, "trigger")),
  );
}

const link = (name: string): string => `[${name}](#${name})`;
const index = (words: readonly AnyWord[]): string =>
  table(
    ["word", "what it does"],
    words.map((word) => [link(word.name), word.summary]),
  );

function wordSection(word: AnyWord, kind: "action" | "condition" | "trigger"): string[] {
  const fields = "fields" in word ? word.fields : {};
  const short = "short" in word && word.short !== undefined ? `A plain value stands for ${code(word.short)}.` : "";
  const bare = "bare" in word && word.bare === true ? "The word alone is enough." : "";
  return [
    `## ${word.name}`,
    word.summary,
    needs(word),
    keyTable(fieldRows(fields, "", code)),
    [short, bare].filter((one) => one !== "").join(" "),
    ...(word.kind === "trigger" ? [variablesOf(word)] : []),
    ...word.examples.flatMap(({ about, yaml: text }) => [`${about}:`, yaml(kind === "action" ? asItem(text) : text)]),
  ];
}

/** The right that people need, and the platforms that cannot do it. */
function needs(word: AnyWord): string {
  const parts: string[] = [];
  if (word.kind === "action" && word.right !== undefined)
    parts.push(`Without \`allow\`, people need the right to ${rights[word.right]} (${code(word.right)}).`);
  if (word.kind === "action" && word.botRight !== undefined && word.botRight !== word.right)
    parts.push(`The bot needs the right to ${rights[word.botRight]}.`);
  const uses = "uses" in word ? (word.uses ?? []) : [];
  const without = [...registry.platforms.values()].filter(({ capabilities }) =>
    uses.some((use) => !capabilities.has(use)),
  );
  if (without.length > 0) parts.push(`Not possible on ${without.map(({ title }) => title).join(", ")}.`);
  return parts.join(" ");
}

function variablesOf({ variables }: TriggerDefinition): string {
  const any = { kind: "unknown" } as const;
  const names = Object.keys(variables?.({ person: any, role: any, channel: any }) ?? {});
  return names.length === 0 ? "" : `Its rules also have ${names.map(code).join(", ")}.`;
}

/** An action is an item of a list. */
const asItem = (text: string): string =>
  text
    .split("\n")
    .map((line, at) => `${at === 0 ? "- " : "  "}${line}`)
    .join("\n");
