import type { Field, Fields } from "../contracts/fields.ts";

const known = new WeakMap<Fields, ReadonlyMap<Field["kind"], readonly string[]>>();

/** The names of the fields that are of a kind: asked for each action of a file, and the same for all of one word. */
export function fieldsOfKind(fields: Fields, kind: Field["kind"]): readonly string[] {
  let kinds = known.get(fields);
  if (kinds === undefined) {
    kinds = byKind(fields);
    known.set(fields, kinds);
  }
  return kinds.get(kind) ?? none;
}

const none: readonly string[] = [];

function byKind(fields: Fields): ReadonlyMap<Field["kind"], readonly string[]> {
  const kinds = new Map<Field["kind"], string[]>();
  for (const [name, { kind }] of Object.entries(fields)) {
    const names = kinds.get(kind);
    if (names === undefined) kinds.set(kind, [name]);
    else names.push(name);
  }
  return kinds;
}
