import type { CanonicalConfig, Origins } from "../contracts/canonical.ts";
import type { ConnectionPlan } from "../contracts/platform.ts";
import { type Diagnostic, noticeAt } from "../diagnostics/diagnostic.ts";
import type { Registry } from "./context.ts";

/** What somebody has to switch on outside of the file, so that a platform tells the bot of all that the file asks for. */
export function neededSwitches(
  { platforms }: CanonicalConfig,
  connections: readonly ConnectionPlan[],
  registry: Registry,
  origins: Origins,
): readonly Diagnostic[] {
  return connections.flatMap(({ platform, feeds }) => {
    const { portal = {}, title } = registry.platforms.get(platform)!;
    const steps = [...new Set(feeds.flatMap((feed) => portal[feed] ?? []))];
    const at = steps.length === 0 ? undefined : origins.position(platforms, platform, "key");
    if (at === undefined) return [];
    const message = `for what this file does, ${title} wants something switched on that is not in the file. Once it is on, write # botctl: allow needs-switch at the end of this line.`;
    return [noticeAt(at, { code: "needs-switch", message, hint: inOneSentence(steps) })];
  });
}

/** The steps begin and end alike: what they share is said once. */
function inOneSentence(steps: readonly string[]): string {
  const words = steps.map((step) => step.match(/"[^"]*"\S*|\S+/g) ?? []);
  const [first = []] = words;
  const shortest = Math.min(...words.map(({ length }) => length)) - 1;
  let begin = 0;
  while (begin < shortest && words.every((one) => one[begin] === first[begin])) begin++;
  let end = 0;
  while (end < shortest - begin && words.every((one) => one.at(-1 - end) === first.at(-1 - end))) end++;
  const own = words.map((one) => one.slice(begin, one.length - end).join(" "));
  // What begins differently is whole sentences.
  if (begin === 0) return steps.join(" ");
  const shared = (part: readonly string[]) => (part.length === 0 ? [] : [part.join(" ")]);
  return [...shared(first.slice(0, begin)), own.join(" and "), ...shared(first.slice(first.length - end))].join(" ");
}
