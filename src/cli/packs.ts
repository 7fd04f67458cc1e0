import { stringify } from "yaml";
import { platformsThatCan } from "../config/checks/capabilities.ts";
import type { CheckContext } from "../config/checks/check.ts";
import { actionsOf, wordOf } from "../config/checks/walk.ts";
import { loadConfig } from "../config/load.ts";
import { builtPack } from "../config/packs/find-pack.ts";
import { commonSettings, type PackHead } from "../config/packs/head.ts";
import type { SettingForm } from "../config/packs/setting-types.ts";
import { textReader } from "../config/text-reader.ts";
import { isMap, type YamlValue } from "../config/value.ts";
import type { CanonicalRule, CanonicalWho } from "../contracts/canonical.ts";
import type { CommandOptionForm } from "../contracts/platform.ts";
import { type Right, rights } from "../contracts/right.ts";
import { registry } from "../words/registry.ts";

/** Everything that the page of a pack says. */
export interface PackPage {
  readonly head: PackHead;
  /** Settings of the pack itself, and those that every pack has. */
  readonly settings: readonly PackSetting[];
  readonly parts: readonly PackPart[];
}

export interface PackSetting {
  readonly name: string;
  readonly about: string;
  /** `a whole number; 5 if left out` */
  readonly remark: string;
}

/** A command or a rule of a pack. */
export interface PackPart {
  readonly kind: "command" | "rule";
  readonly name: string;
  readonly about: string;
  readonly options: readonly { readonly name: string; readonly about: string }[];
  /** Who may use it; empty for a rule, which nobody uses. */
  readonly who: string;
  readonly platforms: string;
}

const file = "bot.yaml";

/** Reads a pack as it is with nothing set in it but what must be. */
export async function packPage(name: string): Promise<PackPage> {
  const load = registry.packs.get(name);
  if (load === undefined) throw new Error(`there is no pack "${name}"`);
  const { head } = builtPack(name, await load(), { file, line: 1, column: 1, length: 0 }, registry);
  const loaded = await loadConfig({ file, reader: textReader({ [file]: exampleFile(head) }), words: registry });
  if (!loaded.ok) throw new Error(`the pack "${name}": ${loaded.diagnostics[0]?.message}`);
  const { config, origins } = loaded;
  const context: CheckContext = { config, origins, words: registry };
  const platforms = Object.keys(config.platforms);
  return {
    head,
    settings: Object.entries(head.settings).flatMap(([key, form]) => aboutSetting(key, form)),
    parts: config.rules.map((rule) => partOf(rule, context, platforms)),
  };
}

/** A setting, and below it the keys of its entries. */
function aboutSetting(name: string, form: SettingForm): PackSetting[] {
  const [entry, path] = form.type === "list" ? [form.of, `${name}[]`] : [form, name];
  const fields = entry?.type === "entry" ? Object.entries(entry.fields ?? {}) : [];
  const below = fields.flatMap(([key, field]) => aboutSetting(`${path}.${key}`, field));
  return [{ name, about: form.about, remark: remark(form) }, ...below];
}

/** A file that uses the pack on every platform, with every part of it that a setting switches on. */
export function exampleFile(head: PackHead): string {
  const tokens: Readonly<Record<string, object>> = {
    discord: { token: "${DISCORD_TOKEN}" },
    telegram: { token: "${TELEGRAM_TOKEN}" },
    slack: { bot_token: "${SLACK_BOT_TOKEN}", app_token: "${SLACK_APP_TOKEN}" },
    console: {},
  };
  const settings: Record<string, YamlValue> = {};
  for (const [name, { example }] of Object.entries(head.settings)) if (example) settings[name] = example.value;
  return JSON.stringify({
    version: 1,
    bot: { name: "Example" },
    platforms: tokens,
    packs: { [head.name]: settings },
  });
}

function partOf(rule: CanonicalRule, context: CheckContext, all: readonly string[]): PackPart {
  const can = platformsThatCan(context, rule);
  const titles = can.map((name) => context.words.platforms.get(name)?.title ?? name);
  const shared = {
    name: rule.name,
    platforms: can.length === all.length ? "everywhere" : `on ${titles.join(", ")}`,
  };
  const { command } = rule;
  if (command === undefined) {
    const when = rule.when.map(({ trigger }) => inShort(context.words.triggers.get(trigger)?.summary ?? ""));
    return { ...shared, kind: "rule", about: when.join(" "), options: [], who: "" };
  }
  return {
    ...shared,
    kind: "command",
    about: command.description,
    options: command.options.map((option) => ({ name: option.name, about: aboutOption(option) })),
    who: whoMay(rule, context),
  };
}

/** What a trigger is, without what its rules can read of it. */
const inShort = (summary: string): string => `${/^[^.:;]*/.exec(summary)?.[0]}.`;

function aboutOption({ type, description, required }: CommandOptionForm): string {
  const kind = type === "boolean" ? "yes or no" : type.replaceAll("_", " ");
  return `${description === "" ? kind : `${description} (${kind})`}${required ? "" : ", may be left out"}`;
}

function whoMay(rule: CanonicalRule, context: CheckContext): string {
  const { allow } = rule.command ?? {};
  if (allow !== undefined) return allow.map(whoInWords).join(", or ");
  const needed = new Set<Right>();
  for (const action of actionsOf(context, rule)) {
    const right = wordOf(context, action)?.right;
    if (right !== undefined) needed.add(right);
  }
  if (needed.size === 0) return "everyone";
  return `who may ${[...needed].map((right) => rights[right]).join(" and ")}; or whom allow names`;
}

function whoInWords(who: CanonicalWho): string {
  if ("everyone" in who) return "everyone";
  if ("can" in who) return `who may ${rights[who.can]}`;
  if ("group" in who) return `the group ${who.group}`;
  return "role" in who ? `the role ${who.role}` : who.user;
}

const kinds: Readonly<Partial<Record<SettingForm["type"], string>>> = {
  integer: "a whole number",
  number: "a number",
  yes_no: "yes or no",
  duration: "a duration, such as 10m",
  size: "a size, such as 8MB",
  rate: "a rate, such as 5 per 1m",
  name: "a name of letters, digits and _",
  url: "a web address",
  emoji: "an emoji",
  channel: "the name of a channel",
  role: "the name of a role",
  person: "the name of a person",
  people: "as behind allow: a group, can:, role: or user:",
  condition: "as behind if:",
  actions: "a list of actions",
  text: "a text",
};

function remark(form: SettingForm): string {
  const parts = [kindOf(form)];
  if (form.unique === true) parts.push("another one in each");
  if (form.required) parts.push("must be given");
  else if (form.default !== undefined) parts.push(`${short(form.default.value)} if left out`);
  return parts.join("; ");
}

function kindOf(form: SettingForm): string {
  if (form.type === "choice") return `one of ${(form.choices ?? []).join(", ")}`;
  if (form.type === "list" || form.type === "map") {
    const fields = Object.keys(form.of?.fields ?? {});
    const of =
      fields.length > 0 ? `each with ${fields.join(", ")}` : `each ${kindOf(form.of ?? { ...form, type: "text" })}`;
    return form.type === "list" ? `a list, ${of}` : `a map, ${of}`;
  }
  return form.type === "entry" ? `with ${Object.keys(form.fields ?? {}).join(", ")}` : (kinds[form.type] ?? form.type);
}

function short(value: YamlValue): string {
  if (typeof value !== "object" || value === null) return String(value);
  const text = JSON.stringify(value);
  return text.length > 60 ? "the pack's own" : text.replaceAll('"', "").replaceAll(",", ", ");
}

/** The page of a pack for a terminal. */
export function packText({ head, settings, parts }: PackPage): string {
  const lines = settings.map(({ name, about, remark }) => `  ${name}: ${about} (${remark})\n`);
  const blocks = parts.map((part) => {
    const options = part.options.map((option) => `      ${option.name}: ${option.about}\n`);
    const who = part.who === "" ? "" : `; ${part.who}`;
    return `  ${part.name}: ${part.about}${part.about.endsWith(".") ? "" : "."}\n${options.join("")}    ${part.platforms}${who}\n`;
  });
  return [
    `${head.name} (pack)\n\n${head.description}\n`,
    `What can be set in it:\n${lines.join("")}`,
    `What it brings:\n${blocks.join("")}`,
    `To have it as plain commands and rules, to change as you like: botctl eject ${head.name}\n`,
  ].join("\n");
}

/** The settings that are a pack's own. */
export function settingNames({ head }: PackPage): readonly string[] {
  return Object.keys(head.settings).filter((name) => !Object.hasOwn(commonSettings, name));
}

/** The page of one of them for a terminal. */
export function settingText({ head, settings }: PackPage, setting: string): string {
  const lines = settings
    .filter(({ name }) => name.replace(/[.[].*$/, "") === setting)
    .map(({ name, about, remark }) => `  ${name}: ${about} (${remark})\n`);
  const example = head.settings[setting]?.example;
  return [
    `${setting} (setting of the pack ${head.name})\n`,
    lines.join(""),
    ...(example === undefined
      ? []
      : [`Example:\n  packs:\n    ${head.name}:\n      ${setting}: ${inFlow(example.value)}\n`]),
    `All that can be set in it: botctl explain ${head.name}\n`,
  ].join("\n");
}

/** The settings that a pack gives an example of, each on a line of its own. */
function exampleLines(head: PackHead): string[] {
  return Object.entries(head.settings).flatMap(([name, { example }]) =>
    example === undefined ? [] : [`    ${name}: ${inFlow(example.value)}`],
  );
}

function inFlow(value: YamlValue): string {
  if (Array.isArray(value)) return `[${value.map(inFlow).join(", ")}]`;
  if (!isMap(value)) return stringify(value, { lineWidth: 0 }).trimEnd();
  const entries = Object.entries(value).map(([key, one]) => `${key}: ${inFlow(one)}`);
  return `{ ${entries.join(", ")} }`;
}

/** The same page for the documentation. */
export function packMarkdown({ head, settings, parts }: PackPage): string {
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
  const row = (...cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  const own = settings.filter(({ name }) => !Object.hasOwn(commonSettings, name));
  const shared = settings.filter(({ name }) => Object.hasOwn(commonSettings, name));
  const commands = parts.filter((part) => part.kind === "command");
  const rules = parts.filter((part) => part.kind === "rule");
  const out = [
    `# The pack ${head.name}`,
    "",
    head.description,
    "",
    "```yaml",
    "packs:",
    `  ${head.name}: {}`,
    "```",
    "",
  ];
  const examples = exampleLines(head);
  if (examples.length > 0)
    out.push("With all that can be switched on:", "", "```yaml", "packs:", `  ${head.name}:`, ...examples, "```", "");
  out.push(
    "## Commands",
    "",
    row("command", "what it does", "options", "who may use it", "where"),
    "|---|---|---|---|---|",
  );
  for (const { name, about, options, who, platforms } of commands) {
    const listed = options.map((option) => `\`${option.name}\`: ${option.about}`).join("; ");
    out.push(row(`\`${name}\``, about, listed, who, platforms));
  }
  if (rules.length > 0) {
    out.push("", "## Rules", "", row("rule", "when", "where"), "|---|---|---|");
    for (const { name, about, platforms } of rules) out.push(row(name, about, platforms));
  }
  out.push("", "## Settings", "", row("setting", "what it is for", "what can be written"), "|---|---|---|");
  for (const { name, about, remark } of [...own, ...shared]) out.push(row(`\`${name}\``, about, remark));
  out.push("", `\`botctl eject ${head.name}\` prints the pack as plain commands and rules, to change as you like.`, "");
  return out.join("\n");
}
