import { compileExpression } from "../../src/language/expression/compile.ts";
import type { RichNode, RichText } from "../../src/language/rich-text.ts";
import { compileTemplate } from "../../src/language/template/compile.ts";
import { type Scope, t } from "../../src/language/types.ts";
import {
  calendarDate,
  duration,
  type Env,
  instant,
  mention,
  type Value,
  type Values,
} from "../../src/language/values.ts";

const role = t.object("role", { id: t.text, name: t.text, mention: t.mention }, "name");
const person = t.object(
  "person",
  () => ({
    id: t.text,
    name: t.text,
    nickname: t.optional(t.text),
    mention: t.mention,
    joined_at: t.time,
    roles: t.list(role),
    data: t.object("memory", { coins: t.integer, constructor: t.text }),
    friend: t.optional(person),
  }),
  "name",
) as ReturnType<typeof t.object>;

/** Variables of every type, as a rule would have them. */
export const scope: Scope = {
  user: person,
  options: t.object("options", {
    member: person,
    amount: t.integer,
    reason: t.optional(t.text),
    count: t.optional(t.integer),
    length: t.duration,
    color: t.choice(["red", "green"]),
    silent: t.boolean,
    text: t.text,
  }),
  data: t.object("data", { coins: t.integer, ratio: t.number, tags: t.list(t.text) }),
  steps: t.object("steps", { game: t.object("poll", { winners: t.list(t.text), votes: t.integer }) }),
  channel: t.object("channel", { id: t.text, name: t.text, mention: t.mention }, "name"),
  people: t.list(person),
  now: t.time,
  today: t.date,
  answer: t.unknown,
};

const someone = (id: string, name: string): Values => ({
  id,
  name,
  nickname: null,
  mention: mention("user", id, name),
  joined_at: instant(Date.UTC(2026, 0, 1)),
  roles: [{ id: "9", name: "Moderator", mention: mention("role", "9", "Moderator") }],
  data: { coins: 50 },
  friend: null,
});

export const values: Values = {
  user: someone("1", "Ada"),
  options: {
    member: someone("2", "Bob"),
    amount: 20,
    reason: null,
    count: null,
    length: duration(600_000),
    color: "red",
    silent: false,
    text: "Hello there",
  },
  data: { coins: 5, ratio: 0.5, tags: ["a", "b"] },
  steps: { game: { winners: ["Chess", "Go"], votes: 3 } },
  channel: { id: "7", name: "general", mention: mention("channel", "7", "general") },
  people: [someone("1", "Ada"), someone("2", "Bob")],
  now: instant(Date.UTC(2026, 2, 31, 18, 5)),
  today: calendarDate("2026-03-31"),
  answer: { total: 3, items: ["x"], kind: "mention", target: { kind: "role", id: "1", name: "everyone" } },
};

export const env: Env = { now: () => Date.UTC(2026, 2, 31, 18, 5), random: () => 0.75, timezone: "UTC", locale: "en" };

/** The value of an expression that must be right. */
export function evaluate(source: string, given: Values = values): Value {
  const compiled = compileExpression(source, scope);
  if (!compiled.ok) throw new Error(`${source}: ${compiled.problems.map((problem) => problem.message).join("; ")}`);
  return compiled.evaluate(given, env);
}

/** `column: message (hint)` of each problem of an expression, empty where it is right. Columns count from 1. */
export function problemsOf(source: string): string[] {
  const compiled = compileExpression(source, scope);
  return compiled.ok ? [] : compiled.problems.map(written);
}

export function templateProblems(source: string): string[] {
  const compiled = compileTemplate(source, scope);
  return compiled.ok ? [] : compiled.problems.map(written);
}

function written(problem: { offset: number; message: string; hint?: string }): string {
  return `${problem.offset + 1}: ${problem.message}${problem.hint === undefined ? "" : ` (${problem.hint})`}`;
}

export function render(source: string, given: Values = values, within: Scope = scope): RichText {
  const compiled = compileTemplate(source, within);
  if (!compiled.ok) throw new Error(`${source}: ${compiled.problems.map((problem) => problem.message).join("; ")}`);
  return compiled.render(given, env);
}

/** Rich text in a short notation for tables: `<bold>hi</bold>`; text is not escaped. */
export function show(rich: RichText): string {
  return rich.map(showNode).join("");
}

function showNode(node: RichNode): string {
  switch (node.type) {
    case "text":
      return node.text;
    case "code":
      return `<code>${node.text}</code>`;
    case "code_block":
      return `<code_block${node.language ? ` ${node.language}` : ""}>${node.text}</code_block>`;
    case "link":
      return `<link ${node.url}>${show(node.children)}</link>`;
    case "mention":
      return `<${node.target.kind} ${node.target.id}>`;
    default:
      return `<${node.type}>${show(node.children)}</${node.type}>`;
  }
}

/** The types of all nodes, at any depth. */
export function nodeTypes(rich: RichText): Set<RichNode["type"]> {
  const types = new Set<RichNode["type"]>();
  for (const node of rich) {
    types.add(node.type);
    if ("children" in node) for (const type of nodeTypes(node.children)) types.add(type);
  }
  return types;
}
