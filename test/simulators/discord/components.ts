import type { APIMessage } from "discord.js";

type Components = NonNullable<APIMessage["components"]>;

const selects = [3, 5, 6, 7, 8];

/**
 * Components as a message gives them back: each with an id counted through the message ("Component Reference"),
 * and with the values that were left out.
 */
export function withDefaults(components: Components | null | undefined): Components {
  let next = 1;
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null || !("type" in value)) return value;
    const id = "id" in value && value.id ? {} : { id: next++ };
    const inner = Object.entries(value).map(([key, each]) =>
      key === "components" || key === "accessory" ? [key, walk(each)] : [key, each],
    );
    return { ...defaultsOf(Number(value.type)), ...Object.fromEntries(inner), ...id };
  };
  return walk(components ?? []) as Components;
}

function defaultsOf(type: number): object {
  if (selects.includes(type)) return { min_values: 1, max_values: 1, disabled: false };
  if (type === 14) return { spacing: 1, divider: true };
  if (type === 17) return { accent_color: null, spoiler: false };
  return {};
}

export interface Found {
  type: number;
  disabled?: boolean;
  /** Of a menu. */
  options?: { value: string }[];
  min_values?: number;
  max_values?: number;
}

/** A component of a message by its custom id, at any depth. */
export function componentOf(message: APIMessage, customId: string): Found | undefined {
  const search = (value: unknown): Found | undefined => {
    if (Array.isArray(value)) return value.map(search).find((found) => found !== undefined);
    if (typeof value !== "object" || value === null) return undefined;
    if ("custom_id" in value && value.custom_id === customId) return value as unknown as Found;
    return search(["components" in value && value.components, "accessory" in value && value.accessory]);
  };
  return search(message.components ?? []);
}
