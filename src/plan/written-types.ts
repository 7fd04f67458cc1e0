import type { CanonicalValue } from "../contracts/canonical.ts";
import { compileExpression } from "../language/expression/compile.ts";
import { type Scope, t, type ValueType } from "../language/types.ts";

/** Static type of an argument as it is written. Mistakes in it are told where it is compiled. */
export function typeOfWritten(scope: Scope, written: CanonicalValue | undefined): ValueType {
  switch (typeof written) {
    case "string":
      return t.choice([written]);
    case "number":
      return Number.isInteger(written) ? t.integer : t.number;
    case "boolean":
      return t.boolean;
  }
  if (written === undefined || written === null) return t.unknown;
  if (Array.isArray(written))
    return written.map((item: CanonicalValue) => typeOfWritten(scope, item)).reduce(common, undefined) ?? t.unknown;
  if (!("$" in written)) return t.unknown;
  const compiled = compileExpression(String(written.$), scope);
  return compiled.ok ? compiled.type : t.unknown;
}

/** What two values have in common; unknown where they are different things. */
export function common(one: ValueType | undefined, other: ValueType): ValueType {
  if (one === undefined || one === other) return other;
  if (one.kind === "optional" || other.kind === "optional") {
    const inner = common(one.kind === "optional" ? one.of : one, other.kind === "optional" ? other.of : other);
    return t.optional(inner);
  }
  const kinds = [one.kind, other.kind];
  if (kinds.every((kind) => kind === "integer" || kind === "number"))
    return kinds.every((kind) => kind === "integer") ? t.integer : t.number;
  if (one.kind === "text" && other.kind === "text") {
    const { choices: some } = one;
    const { choices: more } = other;
    return some === undefined || more === undefined ? t.text : t.choice([...new Set([...some, ...more])]);
  }
  if (one.kind === "list" && other.kind === "list") return t.list(common(one.of, other.of));
  if (one.kind === "object" && other.kind === "object") return t.unknown;
  return one.kind === other.kind ? one : t.unknown;
}
