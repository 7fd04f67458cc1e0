import type { CanonicalRule } from "../contracts/canonical.ts";
import type { CommandOptionForm, PlatformDefinition, Settings } from "../contracts/platform.ts";

/** The name of a command on one platform. */
export function spelling(rule: CanonicalRule, platform: string): string {
  return rule.command?.names[platform] ?? rule.name;
}

/** What people type to call a command of that name there: `/give`, or `/harbour give` where one command carries all. */
export type Spelled = (platform: string, name: string) => string;

export function speller(
  definitions: ReadonlyMap<string, PlatformDefinition>,
  settings: Readonly<Record<string, Settings>>,
): Spelled {
  return (platform, name) => definitions.get(platform)?.spelling?.(name, settings[platform] ?? {}) ?? `/${name}`;
}

/** `/give <member> [amount]`: what may be left out stands in square brackets. */
export function usageOf(spelled: string, options: readonly CommandOptionForm[]): string {
  return [spelled, ...options.map((one) => (one.required ? `<${one.name}>` : `[${one.name}]`))].join(" ");
}
