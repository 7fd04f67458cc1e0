import type {
  CanonicalAction,
  CanonicalArguments,
  CanonicalCondition,
  CanonicalConfig,
  CanonicalValue,
  CanonicalWho,
  Origins,
} from "../contracts/canonical.ts";
import type { Field, Fields } from "../contracts/fields.ts";
import type { NameKind } from "../contracts/platform.ts";
import { parseName } from "../language/name.ts";
import type { Registry } from "./context.ts";
import type { NameUse } from "./program.ts";
import { actionsOf, walkActions } from "./walk.ts";

/** Every place and role that the file names: each must be found in every home server before the start. */
export function collectNames(config: CanonicalConfig, registry: Registry, origins: Origins): readonly NameUse[] {
  const uses: NameUse[] = [];
  const known = [...registry.platforms.keys()];
  const declared = Object.keys(config.platforms);
  const seen = new Set<string>();

  /** Where a name must be found: not where `names:` leaves it out, and no role where there are none. */
  const has = (platform: string, kind: NameKind, name: string): boolean => {
    if (kind === "role" && registry.platforms.get(platform)?.roles !== true) return false;
    const alias = Object.hasOwn(config.names, name) ? config.names[name] : undefined;
    return alias === undefined || Object.hasOwn(alias, platform);
  };

  const add = (kind: NameKind, written: string, node: object, key: string | number, platforms: readonly string[]) => {
    const read = parseName(written, known);
    if (!read.ok) return;
    const { platform: only, name } = read.value;
    for (const platform of only === undefined ? platforms : [only]) {
      const id = `${kind} ${platform} ${name}`;
      if (seen.has(id) || !declared.includes(platform) || !has(platform, kind, name)) continue;
      seen.add(id);
      uses.push({ platform, kind, name, position: origins.position(node, key) });
    }
  };

  const addWho = (list: readonly CanonicalWho[], platforms: readonly string[]) => {
    for (const who of list) if ("role" in who) add("role", who.role, who, "role", platforms);
  };

  const addCondition = (condition: CanonicalCondition, platforms: readonly string[]): void => {
    if ("all" in condition) for (const inner of condition.all) addCondition(inner, platforms);
    else if ("any" in condition) for (const inner of condition.any) addCondition(inner, platforms);
    else if ("not" in condition) addCondition(condition.not, platforms);
    else if ("test" in condition) {
      const word = registry.conditions.get(condition.test);
      if (word?.kind === "condition") addArguments(word.fields, condition.args, platforms);
    }
  };

  const addArguments = (fields: Fields, args: CanonicalArguments, platforms: readonly string[]): void => {
    for (const name in fields) {
      const value = args[name];
      if (value !== undefined && value !== null) addValue(fields[name]!, value, args, name, platforms);
    }
  };

  const addValue = (
    field: Field,
    value: CanonicalValue,
    node: object,
    key: string | number,
    platforms: readonly string[],
  ): void => {
    switch (field.kind) {
      case "role":
        if (typeof value === "string") add("role", value, node, key, platforms);
        break;
      case "places":
        if (typeof value === "string") add("channel", value, node, key, platforms);
        else if (Array.isArray(value))
          value.forEach((item, index) => {
            if (typeof item === "string") add("channel", item, value, index, platforms);
          });
        break;
      case "who":
        addWho(value as readonly CanonicalWho[], platforms);
        break;
      case "condition":
        addCondition(value as CanonicalCondition, platforms);
        break;
      case "list":
        (value as readonly CanonicalValue[]).forEach((item, index) => {
          addValue(field.of, item, value as object, index, platforms);
        });
        break;
      case "object":
        addArguments(field.fields, value as CanonicalArguments, platforms);
        break;
    }
  };

  const addActions = (actions: readonly CanonicalAction[], platforms: readonly string[]) => {
    for (const action of walkActions(actions, registry, true)) {
      if (action.if !== undefined) addCondition(action.if, platforms);
      addArguments(registry.actions.get(action.action)?.fields ?? {}, action.args, platforms);
    }
  };

  for (const group of Object.values(config.permissions)) {
    addWho(group.allow, declared);
    addWho(group.deny, declared);
  }
  for (const limit of Object.values(config.rate_limits)) addWho(limit.exempt, declared);
  for (const rule of config.rules) {
    if (!rule.enabled) continue;
    const platforms = rule.platforms.length > 0 ? rule.platforms : declared;
    addWho([...(rule.command?.allow ?? []), ...(rule.command?.deny ?? [])], platforms);
    for (const when of rule.when) addArguments(registry.triggers.get(when.trigger)?.fields ?? {}, when.args, platforms);
    if (rule.if !== undefined) addCondition(rule.if, platforms);
    addActions(actionsOf(rule), platforms);
  }
  for (const also of config.audit.also) if ("send" in also) add("channel", also.send, also, "send", declared);
  return uses;
}
