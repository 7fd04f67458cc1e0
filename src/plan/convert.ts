import type { Channel, Person, Role } from "../contracts/event.ts";
import type { Field, ResolvedPlace } from "../contracts/fields.ts";
import type { FileSource } from "../contracts/files.ts";
import { rights } from "../contracts/right.ts";
import { parsePercent } from "../language/percent.ts";
import { duration, isDuration, isInstant, isList, isObject, type ObjectValue, type Value } from "../language/values.ts";
import { quoted, say } from "../sentences/sentence.ts";
import { Refusal, type RunScope } from "./program.ts";

/** The argument that `run` gets for a value. @throws Refusal with a sentence when the value does not fit after all. */
export function convert(field: Field, value: Value, scope: RunScope, isOptional: boolean, about: string): unknown {
  if (value === null) {
    if (isOptional) return undefined;
    throw new Refusal(field.kind === "person" ? say("nobody_named") : say("no_value", { name: about }));
  }
  switch (field.kind) {
    case "integer":
    case "number":
      return bounded(field, value, about);
    case "percent": {
      const read = parsePercent(String(value));
      if (!read.ok) throw new Refusal(say("value_percent", { value: quoted(about), given: String(value) }));
      return read.value;
    }
    case "right":
      if (Object.hasOwn(rights, String(value))) return value;
      throw new Refusal(say("no_such_right", { name: String(value) }));
    case "duration":
      return boundedDuration(field, value, about);
    case "choice":
      if (field.values.includes(String(value))) return value;
      throw new Refusal(say("value_choice", { value: quoted(about), choices: field.values, near: undefined }));
    case "person":
      return isObject(value) ? toPerson(value) : scope.names.person(undefined, String(value), "person");
    case "role":
      return isObject(value) ? toRole(value) : scope.names.role(undefined, String(value), "person");
    case "file":
      return toFile(value);
    case "places":
      return toPlaces(value, scope);
    default:
      return value;
  }
}

function bounded(field: Extract<Field, { kind: "integer" | "number" }>, value: Value, about: string): number {
  if (typeof value !== "number" || !Number.isFinite(value))
    throw new Refusal(say("value_number", { value: quoted(about), given: undefined }));
  if (field.kind === "integer" && !Number.isSafeInteger(value))
    throw new Refusal(say("value_whole_number", { value: quoted(about), given: String(value) }));
  if (field.positive === true && value <= 0) throw new Refusal(say("value_above_zero", { value: quoted(about) }));
  if (field.minimum !== undefined && value < field.minimum)
    throw new Refusal(say("value_at_least", { value: quoted(about), least: field.minimum }));
  if (field.maximum !== undefined && value > field.maximum)
    throw new Refusal(say("value_at_most", { value: quoted(about), most: field.maximum }));
  return value;
}

function boundedDuration(field: Extract<Field, { kind: "duration" }>, value: Value, about: string): number {
  if (!isDuration(value)) throw new Refusal(say("value_duration", { value: quoted(about), given: undefined }));
  if (field.minimumMs !== undefined && value.ms < field.minimumMs)
    throw new Refusal(say("value_at_least", { value: quoted(about), least: duration(field.minimumMs) }));
  if (field.maximumMs !== undefined && value.ms > field.maximumMs)
    throw new Refusal(say("value_at_most", { value: quoted(about), most: duration(field.maximumMs) }));
  return value.ms;
}

function toPerson(value: ObjectValue): Person {
  return {
    platform: String(value.platform),
    id: String(value.id),
    name: String(value.name),
    isBot: value.is_bot === true,
    ...(typeof value.username === "string" ? { username: value.username } : {}),
    ...(typeof value.nickname === "string" ? { nickname: value.nickname } : {}),
    ...(typeof value.language === "string" ? { language: value.language } : {}),
    ...(isInstant(value.created_at) ? { createdAt: value.created_at.ms } : {}),
  };
}

function toRole(value: ObjectValue): Role {
  return { id: String(value.id), name: String(value.name) };
}

function toFile(value: Value): FileSource {
  if (isObject(value) && typeof value.name === "string" && typeof value.text === "string")
    return { name: value.name, text: value.text };
  throw new Refusal(say("not_a_file"));
}

async function toPlaces(value: Value, scope: RunScope): Promise<readonly ResolvedPlace[]> {
  const items = isList(value) ? value : [value];
  return Promise.all(
    items.map(async (item): Promise<ResolvedPlace> => {
      if (!isObject(item)) return scope.names.place(undefined, String(item), "person");
      const channel: Channel = { id: String(item.id), name: String(item.name), direct: item.direct === true };
      const platform = typeof item.platform === "string" ? item.platform : scope.event.platform;
      return { platform, channel };
    }),
  );
}
