import type { CanonicalRule } from "../../contracts/canonical.ts";
import type { Logger } from "../../contracts/logger.ts";
import { indented } from "./transcript.ts";

const nothing = () => undefined;

/** For what a test says nothing of: its audit log and its platforms. */
export const quietLog: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => quietLog,
};

/** What those who read a log line of a test want to know better than the bot says it. */
interface About {
  readonly rules: readonly CanonicalRule[];
  /** The platform that the test runs on, which goes without saying. */
  readonly platform: string;
}

/** Keeps what those who run the bot would read in its log, each line with what it is about. */
export function keptLog(lines: string[], { rules, platform }: About): Logger {
  const keep = (fields: Readonly<Record<string, unknown>>, message: string): void => {
    const about = Object.entries(fields).flatMap(([name, value]) => {
      if (value === undefined || name === "platform") return [];
      return [name === "rule" ? calledRule(rules, String(value)) : `${name}: ${value}`];
    });
    const where = fields.platform;
    const head = where === undefined || where === platform ? "log" : `log (${where})`;
    lines.push(indented(`${head}: ${message}${about.length === 0 ? "" : ` (${about.join(", ")})`}`, "  "));
  };
  const log: Logger = { debug: nothing, info: keep, warn: keep, error: keep, child: () => log };
  return log;
}

/** `schedule: water`: by what it is in the file, unless several are called like that. */
function calledRule(rules: readonly CanonicalRule[], called: string): string {
  const [rule, another] = rules.filter(({ id, name }) => id === called || name === called);
  if (rule === undefined || another !== undefined) return `rule: ${called}`;
  return `${rule.id.slice(0, rule.id.indexOf(":"))}: ${rule.name}`;
}
