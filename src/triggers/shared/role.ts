import type { BotEvent } from "../../contracts/event.ts";
import type { Arguments, Fields } from "../../contracts/fields.ts";
import type { NamedTypes, TriggerContext, ValueMakers } from "../../contracts/word.ts";
import type { ValueType } from "../../language/types.ts";
import type { Values } from "../../language/values.ts";

export const roleFields = {
  role: { kind: "role", about: "The role. Any, if left out.", optional: true, examples: ["Member"] },
} as const satisfies Fields;

export function isRole({ role }: Arguments<typeof roleFields>): (context: TriggerContext) => boolean {
  return ({ event }) => "role" in event && (role === undefined || event.role.id === role.id);
}

export const roleVariables = ({ role }: NamedTypes): Readonly<Record<string, ValueType>> => ({ role });

export const roleValues = (event: BotEvent, make: ValueMakers): Values =>
  "role" in event ? { role: make.role(event.role) } : {};
