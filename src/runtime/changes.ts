import type { CanonicalConfig, CanonicalRule } from "../contracts/canonical.ts";

/** One thing that a reload changed, as a sentence, and the audit kind that it is written under. */
export interface Change {
  readonly kind: "config" | "permissions";
  readonly sentence: string;
}

/** What changed between two files, in sentences that a person reads ("2 commands added: give, balance"). */
export function describeChanges(earlier: CanonicalConfig, after: CanonicalConfig): readonly Change[] {
  const renamed = renamedRules(earlier.rules, after.rules);
  const before = underNewNames(earlier, renamed);
  return [
    ...renamed.map(
      ({ kind, was, name }): Change => ({ kind: "config", sentence: `the ${kind} "${was}" is now called "${name}"` }),
    ),
    ...named("platform", before.platforms, after.platforms, "config"),
    ...rulesChanged(before.rules, after.rules),
    ...permissionOfCommands(before.rules, after.rules),
    ...groups(before.permissions, after.permissions),
    ...named("rate limit", before.rate_limits, after.rate_limits, "config"),
    ...named("name", before.names, after.names, "config"),
    ...named("data entry", before.data, after.data, "config"),
    ...sections(before, after),
    ...atNextStart(before, after),
  ];
}

interface Renamed {
  readonly kind: string;
  readonly was: string;
  readonly name: string;
  readonly id: string;
}

/** Commands, rules and schedules that have a new name, and say so with `was`. */
function renamedRules(before: readonly CanonicalRule[], after: readonly CanonicalRule[]): readonly Renamed[] {
  const has = (rules: readonly CanonicalRule[], id: string) => rules.some((rule) => rule.id === id);
  return after.flatMap(({ id, name, was }) => {
    const kind = id.slice(0, id.indexOf(":"));
    const oldId = `${kind}:${was}`;
    const isRenamed = was !== undefined && !has(before, id) && has(before, oldId) && !has(after, oldId);
    return isRenamed ? [{ kind, was, name, id }] : [];
  });
}

/** The file as it was, but for the new names: what else changed is told under them. */
function underNewNames(config: CanonicalConfig, renamed: readonly Renamed[]): CanonicalConfig {
  if (renamed.length === 0) return config;
  const byOldId = new Map(renamed.map((one) => [`${one.kind}:${one.was}`, one]));
  const newId = (id: string) => byOldId.get(id)?.id ?? id;
  const limit = <T extends { readonly rate_limit?: string }>(of: T): T =>
    of.rate_limit === undefined ? of : { ...of, rate_limit: newId(of.rate_limit) };
  const rules = config.rules.map((rule) => {
    const name = byOldId.get(rule.id)?.name ?? rule.name;
    return limit({ ...rule, id: newId(rule.id), name, ...(rule.command && { command: limit(rule.command) }) });
  });
  // A rate that is written in a rule goes by the name of the rule.
  const limits = Object.entries(config.rate_limits).map(([name, one]) => [newId(name), one] as const);
  return { ...config, rules, rate_limits: Object.fromEntries(limits) };
}

/** Where the log goes is settled at the start; its level is not. */
function atNextStart(before: CanonicalConfig, after: CanonicalConfig): Change[] {
  const where = ({ logging }: CanonicalConfig) => ({ file: logging.file, format: logging.format });
  if (same(where(before), where(after))) return [];
  return [{ kind: "config", sentence: "the file and format of the log change at the next start" }];
}

type Sections = "bot" | "audit" | "logging" | "messages";

function sections(before: CanonicalConfig, after: CanonicalConfig): Change[] {
  const titles: Record<Sections, string> = {
    bot: "the settings of the bot itself changed",
    audit: "what the audit log records, or for how long, changed",
    logging: "what the log shows changed",
    messages: "what the bot says of its own accord changed",
  };
  const of = (config: CanonicalConfig) => ({ ...config, logging: config.logging.level });
  return (Object.keys(titles) as Sections[])
    .filter((section) => !same(of(before)[section], of(after)[section]))
    .map((section) => ({ kind: section === "audit" ? "permissions" : "config", sentence: titles[section] }));
}

function named(
  what: string,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  kind: Change["kind"],
): Change[] {
  const added = Object.keys(after).filter((name) => !Object.hasOwn(before, name));
  const removed = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  const changed = Object.keys(after).filter((name) => Object.hasOwn(before, name) && !same(before[name], after[name]));
  return counted(what, added, removed, changed, kind);
}

/** Each by itself, with whom it lets in: nobody has to look into the file to see what a change of it gave away. */
function groups(before: CanonicalConfig["permissions"], after: CanonicalConfig["permissions"]): Change[] {
  const out: Change[] = [];
  for (const [name, group] of Object.entries(after)) {
    const known = Object.hasOwn(before, name);
    if (known && same(before[name], group)) continue;
    const now = `${whoText(group.allow)}${exceptText(group.deny, "")}`;
    out.push({
      kind: "permissions",
      sentence: `the group "${name}" ${known ? "is now" : "was added"}: ${now}`,
    });
  }
  for (const name of Object.keys(before))
    if (!Object.hasOwn(after, name)) out.push({ kind: "permissions", sentence: `the group "${name}" was removed` });
  return out;
}

function rulesChanged(before: readonly CanonicalRule[], after: readonly CanonicalRule[]): Change[] {
  const out: Change[] = [];
  for (const kind of ["command", "rule", "schedule"] as const) {
    const of = (rules: readonly CanonicalRule[]) =>
      Object.fromEntries(
        rules.filter((rule) => rule.id.startsWith(`${kind}:`)).map((rule) => [rule.name, withoutPermission(rule)]),
      );
    out.push(...named(kind, of(before), of(after), "config"));
  }
  if (orderChanged(before, after))
    out.push({ kind: "config", sentence: "the order changed in which rules see a message" });
  return out;
}

/** Whether rules that were there before stand in another order now. */
function orderChanged(before: readonly CanonicalRule[], after: readonly CanonicalRule[]): boolean {
  const ids = (rules: readonly CanonicalRule[], others: readonly CanonicalRule[]) =>
    rules.map((rule) => rule.id).filter((id) => id.startsWith("rule:") && others.some((other) => other.id === id));
  return !same(ids(before, after), ids(after, before));
}

/** What is told of by itself is left out: who may use it, and what it was called. */
function withoutPermission({ was: _was, ...rule }: CanonicalRule): unknown {
  if (rule.command === undefined) return rule;
  const { allow: _allow, deny: _deny, ...command } = rule.command;
  return { ...rule, command };
}

function permissionOfCommands(before: readonly CanonicalRule[], after: readonly CanonicalRule[]): Change[] {
  const old = new Map(before.map((rule) => [rule.id, rule]));
  const out: Change[] = [];
  for (const rule of after) {
    const earlier = old.get(rule.id);
    if (earlier?.command === undefined || rule.command === undefined) continue;
    const { allow, deny } = rule.command;
    if (same({ allow, deny }, { allow: earlier.command.allow, deny: earlier.command.deny })) continue;
    out.push({
      kind: "permissions",
      sentence: `"${rule.name}" may now be used by ${whoText(allow)}${exceptText(deny, "by ")}`,
    });
  }
  return out;
}

type Who = NonNullable<CanonicalRule["command"]>["allow"];

function whoText(who: Who): string {
  if (who === undefined) return "everybody who has the rights that its actions need";
  if (who.length === 0) return "nobody";
  return who.map(entryText).join(", ");
}

function exceptText(deny: Who, by: string): string {
  return deny === undefined || deny.length === 0 ? "" : `, but not ${by}${deny.map(entryText).join(", ")}`;
}

function entryText(entry: NonNullable<Who>[number]): string {
  if ("group" in entry) return entry.group;
  if ("role" in entry) return `the role ${entry.role}`;
  if ("user" in entry) return entry.user;
  if ("can" in entry) return `whoever may ${entry.can.replaceAll("_", " ")}`;
  return "everybody";
}

function counted(
  what: string,
  added: readonly string[],
  removed: readonly string[],
  changed: readonly string[],
  kind: Change["kind"],
): Change[] {
  const line = (list: readonly string[], verb: string): Change[] =>
    list.length === 0
      ? []
      : [{ kind, sentence: `${list.length} ${plural(what, list.length)} ${verb}: ${shortened(list)}` }];
  return [...line(added, "added"), ...line(removed, "removed"), ...line(changed, "changed")];
}

function plural(what: string, count: number): string {
  if (count === 1) return what;
  return what.endsWith("y") ? `${what.slice(0, -1)}ies` : `${what}s`;
}

function shortened(names: readonly string[]): string {
  return names.length > 12 ? `${names.slice(0, 12).join(", ")} and ${names.length - 12} more` : names.join(", ");
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
