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
    const message = `for what this file does, ${title} wants something switched on that is not in the file.`;
    return [noticeAt(at, { code: "needs-switch", message, hint: steps.join(" ") })];
  });
}
