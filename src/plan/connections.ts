import type { CanonicalConfig, CanonicalRule } from "../contracts/canonical.ts";
import type { CommandForm, ConnectionPlan } from "../contracts/platform.ts";
import type { Capability, Feed, Right } from "../contracts/right.ts";
import { asWritten } from "../contracts/word.ts";
import type { Registry } from "./context.ts";
import type { CompiledRule } from "./program.ts";
import { spelling } from "./spelling.ts";
import { actionsOf, walkActions } from "./walk.ts";
import { compileWebhooks } from "./webhook.ts";

/** What each platform is asked for: exactly the feeds, abilities and rights that the file's rules there use. */
export function planConnections(
  config: CanonicalConfig,
  rules: readonly CompiledRule[],
  registry: Registry,
): readonly ConnectionPlan[] {
  return Object.entries(config.platforms).map(([platform, settings]) => {
    const here = rules.filter((rule) => rule.platforms === undefined || rule.platforms.has(platform));
    const feeds = new Set<Feed>();
    const capabilities = new Set<Capability>();
    const rights = new Set<Right>();
    const can = registry.platforms.get(platform)!.capabilities;
    for (const rule of here) {
      for (const feed of rule.feeds) feeds.add(feed);
      addNeeds(rule.canonical, registry, can, feeds, capabilities, rights);
    }
    const commands = here.filter((rule) => rule.command !== undefined).map((rule) => commandForm(rule, platform));
    return Object.freeze({
      platform,
      botName: config.bot.name,
      settings,
      feeds: [...feeds].sort(),
      capabilities: [...capabilities].sort(),
      rights: [...rights].sort(),
      commands,
      webhooks: compileWebhooks(here).map(({ path }) => path),
      ...(config.bot.activity === undefined ? {} : { activity: config.bot.activity }),
    });
  });
}

function addNeeds(
  rule: CanonicalRule,
  registry: Registry,
  can: ReadonlySet<Capability>,
  feeds: Set<Feed>,
  capabilities: Set<Capability>,
  rights: Set<Right>,
): void {
  if (rule.command !== undefined) feeds.add("commands");
  for (const when of rule.when) {
    const trigger = registry.triggers.get(when.trigger);
    for (const feed of trigger?.feeds ?? []) feeds.add(feed);
    for (const use of trigger?.uses ?? []) capabilities.add(use);
  }
  for (const action of walkActions(actionsOf(rule), registry, true)) {
    const defined = registry.actions.get(action.action);
    if (defined === undefined) continue;
    const word = asWritten(defined, action.args);
    if (word.botRight !== undefined) rights.add(word.botRight);
    for (const use of word.uses ?? []) capabilities.add(use);
    for (const feed of word.feeds?.(action.args, can) ?? []) feeds.add(feed);
    for (const argument in word.usesWhen)
      if (action.args[argument] !== undefined) capabilities.add(word.usesWhen[argument]!);
  }
  if (capabilities.has("messages.buttons") || capabilities.has("messages.menu")) feeds.add("buttons");
}

/** How a command is registered on a platform, under its spelling there. */
function commandForm(rule: CompiledRule, platform: string): CommandForm {
  const { command } = rule.canonical;
  return {
    name: spelling(rule.canonical, platform),
    description: command?.description ?? "",
    options: command?.options ?? [],
    rights: command?.allow === undefined ? rule.rights : [],
  };
}
