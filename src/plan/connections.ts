import { left, placedIn } from "../config/placed-actions.ts";
import type { CanonicalAction, CanonicalBlock, CanonicalConfig, CanonicalRule } from "../contracts/canonical.ts";
import type { CommandForm, ConnectionPlan } from "../contracts/platform.ts";
import type { Capability, Feed, Right } from "../contracts/right.ts";
import { asWritten } from "../contracts/word.ts";
import type { Registry } from "./context.ts";
import { calledBlock } from "./given.ts";
import type { CompiledRule } from "./program.ts";
import { spelling } from "./spelling.ts";
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
      addNeeds(rule.canonical, platform, registry, can, feeds, capabilities, rights);
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
  platform: string,
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
  for (const action of actionsOn(platform, rule, registry)) {
    const defined = registry.actions.get(action.action);
    if (defined === undefined) continue;
    const word = asWritten(defined, action.args);
    // What the platform cannot do is refused there, and needs nothing.
    if (word.uses?.some((use) => !can.has(use))) continue;
    if (word.botRight !== undefined) rights.add(word.botRight);
    for (const use of word.uses ?? []) capabilities.add(use);
    for (const feed of word.feeds?.(action.args, can) ?? []) feeds.add(feed);
    for (const argument in word.usesWhen)
      if (action.args[argument] !== undefined) capabilities.add(word.usesWhen[argument]!);
  }
  if (capabilities.has("messages.buttons") || capabilities.has("messages.menu")) feeds.add("buttons");
}

/** The actions of a rule that may be done on a platform, with those of the blocks that are called there. */
function* actionsOn(platform: string, rule: CanonicalRule, registry: Registry): Generator<CanonicalAction> {
  const called = new Set<CanonicalBlock>();
  const here = (list: readonly CanonicalAction[] = []) =>
    placedIn(registry, list, [platform]).filter(({ platforms }) => platforms.length > 0);
  const waiting = [
    ...(left([platform], rule.if).length > 0 ? here(rule.do) : []),
    ...here(rule.else),
    ...here(rule.on_error),
  ];
  for (const { action } of waiting) {
    yield action;
    const block = calledBlock(rule, registry.actions.get(action.action)?.fields ?? {}, action.args);
    if (block === undefined || called.has(block)) continue;
    called.add(block);
    waiting.push(...here(block.do));
  }
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
