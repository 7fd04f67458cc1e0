import type { AuditEntry } from "../contracts/audit.ts";
import { formatDuration } from "../language/duration.ts";

type Phrase = (target: string, role: string) => string;
const simple =
  (verb: string): Phrase =>
  (target) =>
    `${verb} ${target}`;
const both = (base: string, past: string): readonly [Phrase, Phrase] => [simple(base), simple(past)];

/** What somebody does to somebody else, as it is about to happen and as it happened. */
const phrases: Readonly<Record<string, readonly [base: Phrase, past: Phrase]>> = {
  warn: both("warn", "warned"),
  unwarn: both("take back a warning of", "took back a warning of"),
  note: both("write a note about", "wrote a note about"),
  mute: both("mute", "muted"),
  unmute: both("unmute", "unmuted"),
  kick: both("kick", "kicked"),
  ban: both("ban", "banned"),
  unban: both("unban", "unbanned"),
  purge: both("delete messages of", "deleted messages of"),
  delete_message: both("delete a message of", "deleted a message of"),
  add_role: [(who, role) => `give ${who} ${role}`, (who, role) => `gave ${who} ${role}`],
  remove_role: [(who, role) => `take ${role} from ${who}`, (who, role) => `took ${role} from ${who}`],
  set_nickname: both("rename", "renamed"),
  slowmode: both("slow down", "slowed down"),
  lock: both("lock", "locked"),
  unlock: both("unlock", "unlocked"),
};

/** One plain sentence for people: "ada warned bob: spamming". */
export function sentenceOf(entry: AuditEntry): string {
  const who = entry.actor?.name ?? "the bot";
  const why = because(entry, "reason");
  switch (entry.kind) {
    case "moderation":
      return moderation(entry, who);
    case "permissions":
    case "config":
      return entry.actor === undefined ? `${entry.action}${why}` : `${who}: ${entry.action}${why}`;
    case "commands":
      return command(entry, who);
    case "denied":
      return `${who} may not use ${entry.action}${why}`;
    case "rate_limited":
      return `${who} used ${entry.action} too often`;
    case "errors":
      return `${entry.action} failed${because(entry, "error")}`;
    case "shadow":
      return `${who} would ${would(entry)}, but ${detail(entry, "rule") ?? "the rule"} is in shadow mode`;
    case "custom":
      return entry.action;
  }
}

function moderation(entry: AuditEntry, who: string): string {
  const [base, past] = phrases[entry.action] ?? both(`use ${entry.action} on`, `used ${entry.action} on`);
  const target = entry.target?.name ?? "somebody";
  const role = detail(entry, "role");
  const time = entry.details?.for;
  const how = typeof time === "number" ? ` for ${formatDuration(time, "en")}` : "";
  const why = because(entry, "reason");
  const [does, did] = [base, past].map((phrase) => phrase(target, role === undefined ? "a role" : `the role ${role}`));
  switch (entry.outcome) {
    case "intent":
      return `${who} is about to ${does}${how}${why}`;
    case "not_done":
      return `${who} could not ${does}${how}${because(entry, "why")}`;
    case "failed":
      return `${who} tried to ${does}${how}, but it failed${because(entry, "why")}`;
    case "interrupted":
      return `the bot stopped while ${who} was about to ${does}${how}: look whether it was done`;
    default:
      return `${who} ${did}${how}${why}`;
  }
}

function would({ action, target }: AuditEntry): string {
  const [base] = phrases[action] ?? [];
  return base === undefined || target === undefined ? `do "${action}"` : base(target.name, "a role");
}

function command(entry: AuditEntry, who: string): string {
  const on = entry.target === undefined ? "" : ` on ${entry.target.name}`;
  if (entry.outcome === "failed") return `${who} used ${entry.action}${on}, but it failed${because(entry, "error")}`;
  if (entry.outcome === "not_done")
    return `${who} used ${entry.action}${on}, but nothing was done${because(entry, "reason")}`;
  return `${who} used ${entry.action}${on}`;
}

function because(entry: AuditEntry, key: "reason" | "why" | "error"): string {
  const text = entry.details?.[key];
  return typeof text === "string" && text !== "" ? `: ${text}` : "";
}

function detail(entry: AuditEntry, key: string): string | undefined {
  const value = entry.details?.[key];
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
