let meantBy: ReadonlyMap<string, readonly string[]> | undefined;

/** What people write for a key of another name, where that one is possible. A right file never asks. */
export function otherName(key: string, allowed: readonly string[]): string | undefined {
  const plain = key
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  meantBy ??= turned(otherNames());
  return meantBy.get(plain)?.find((name) => allowed.includes(name));
}

/** The keys that are meant, by what people write. */
function turned(names: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, readonly string[]> {
  const meant = new Map<string, string[]>();
  for (const [name, others] of Object.entries(names))
    for (const other of others) meant.set(other, [...(meant.get(other) ?? []), name]);
  return meant;
}

/** By the key that is meant. The table is made when it is asked for, because hardly any file needs it. */
const otherNames = (): Readonly<Record<string, readonly string[]>> => ({
  ...sectionNames(),
  allow: ["permission", "permissions", "role", "roles", "who", "only", "require", "requires", "required_role"],
  names: ["aliases", "alias"],
  when: ["on", "trigger", "triggers", "event", "events", "listen", "wenn"],
  if: ["condition", "conditions", "filter", "only_if", "unless", "falls"],
  do: ["actions", "action", "then", "run", "execute", "steps", "tun", "dann"],
  enabled: ["enable", "active"],
  else: ["otherwise", "sonst"],
  options: ["args", "arguments", "parameters", "params", "inputs"],
  with: ["options", "args", "arguments"],
  to: ["channel", "channels", "in", "where"],
  text: ["message", "content", "description", "body", "say"],
  press: ["click"],
  for: ["duration", "length"],
  at: ["time", "daily", "clock", "uhrzeit"],
  every: ["interval", "repeat"],
  days: ["day", "weekday", "on"],
  member: ["user", "person", "target", "who"],
  amount: ["count", "number", "by"],
  label: ["name", "title"],
  contains: ["words", "word", "includes", "any_of"],
});

const sectionNames = (): Readonly<Record<string, readonly string[]>> => ({
  rules: [
    "event",
    "events",
    "trigger",
    "triggers",
    "on",
    "when",
    "automations",
    "automod",
    "listeners",
    "handlers",
    "regeln",
  ],
  commands: ["command", "cmds", "slash_commands", "befehle", "kommandos"],
  schedules: ["cron", "timer", "timers", "jobs", "tasks", "reminders", "zeitplan", "zeitplaene"],
  permissions: ["groups", "group", "roles", "role", "rechte", "gruppen"],
  rate_limits: ["limits", "ratelimits", "cooldowns", "cooldown"],
  data: ["variables", "vars", "memory", "daten"],
  storage: ["database", "db", "store"],
  packs: ["plugins", "modules", "extensions", "features", "pakete"],
  messages: ["texts", "translations", "strings", "sentences", "languages"],
  blocks: ["functions", "macros", "snippets", "scripts"],
  logging: ["log", "logs", "logger"],
  bot: ["settings", "config", "general"],
  include: ["imports", "import", "files"],
});
