import type { CanonicalConfig, CanonicalValue, CanonicalWho, Origins } from "../contracts/canonical.ts";
import type { Fields } from "../contracts/fields.ts";
import type { NameKind } from "../contracts/platform.ts";
import { parseName } from "../language/name.ts";
import type { Registry } from "./context.ts";
import type { NameUse } from "./program.ts";
import { walkActions } from "./walk.ts";

/** Every place and role that the file names: each must be found in every home server before the start. */
export function collectNames(config: CanonicalConfig, registry: Registry, origins: Origins): readonly NameUse[] {
  const uses: NameUse[] = [];
  const known = [...registry.platforms.keys()];
  const seen = new Set<string>();

  const add = (kind: NameKind, written: string, node: object, key: string | number, platforms: readonly string[]) => {
    const read = parseName(written, known);
    if (!read.ok) return;
    const { platform, name } = read.value;
    const where = platform !== undefined ? [platform] : platforms.length > 0 ? platforms : [undefined];
    for (const one of where) {
      const id = `${kind} ${one ?? ""} ${name}`;
      if (seen.has(id)) continue;
      seen.add(id);
      uses.push({ platform: one, kind, name, position: origins.position(node, key) });
    }
  };

  const addWho = (list: readonly CanonicalWho[], platforms: readonly string[]) => {
    for (const who of list) if ("role" in who) add("role", who.role, who, "role", platforms);
  };

  const addArguments = (
    fields: Fields,
    args: Readonly<Record<string, CanonicalValue | undefined>>,
    platforms: readonly string[],
  ): void => {
    for (const [name, field] of Object.entries(fields)) {
      const value = args[name];
      if (value === undefined || value === null) continue;
      if (field.kind === "role" && typeof value === "string") add("role", value, args, name, platforms);
      if (field.kind === "who") addWho(value as readonly CanonicalWho[], platforms);
      if (field.kind === "places") {
        const list: readonly CanonicalValue[] = Array.isArray(value) ? value : [value];
        list.forEach((item, index) => {
          if (typeof item !== "string") return;
          if (Array.isArray(value)) add("channel", item, list, index, platforms);
          else add("channel", item, args, name, platforms);
        });
      }
      const inner = field.kind === "list" ? field.of : field;
      if (inner.kind !== "object") continue;
      for (const item of Array.isArray(value) ? value : [value])
        addArguments(inner.fields, item as Readonly<Record<string, CanonicalValue>>, platforms);
    }
  };

  for (const group of Object.values(config.permissions)) {
    addWho(group.allow, []);
    addWho(group.deny, []);
  }
  for (const limit of Object.values(config.rate_limits)) addWho(limit.exempt, []);
  for (const rule of config.rules) {
    addWho([...(rule.command?.allow ?? []), ...(rule.command?.deny ?? [])], rule.platforms);
    for (const action of walkActions([...rule.do, ...(rule.else ?? []), ...(rule.on_error ?? [])], registry, true)) {
      const word = registry.actions.get(action.action);
      if (word !== undefined) addArguments(word.fields, action.args, rule.platforms);
    }
  }
  for (const also of config.audit.also) if ("send" in also) add("channel", also.send, also, "send", []);
  return uses;
}
