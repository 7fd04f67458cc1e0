import type { CanonicalValue } from "../../contracts/canonical.ts";
import type { Field } from "../../contracts/fields.ts";
import { shortDuration } from "../../language/duration.ts";

/** A text that is longer is cut: what matters is which one it is. Characters. */
const mostShown = 70;

/** Expressions that people call otherwise. */
const spoken: Readonly<Record<string, string>> = {
  user: "the person",
  moderator: "the moderator",
  channel: "the channel",
  server: "the server",
  message: "the message",
  today: "today",
  now: "now",
};

/** What is filled in, as people would say it. */
export function sayExpression(source: string): string {
  const plain = source.trim();
  const direct = spoken[plain];
  if (direct !== undefined) return direct;
  const [, root, name] = /^(options|steps|data)\.(\w+)$/.exec(plain) ?? [];
  if (root === "options") return `the ${name} given`;
  if (root === "steps") return `what was kept as ${name}`;
  if (root === "data") return `the ${name} remembered`;
  return `‹${plain}›`;
}

/** An argument in plain words; undefined where there is nothing to say. */
export function sayValue(field: Field | undefined, value: CanonicalValue | undefined): string | undefined {
  if (value === undefined || value === null || value === "" || value === false) return undefined;
  if (typeof value === "object" && !Array.isArray(value) && "$" in value) return sayExpression(String(value.$));
  switch (field?.kind) {
    case "text":
      return `"${short(withoutBraces(String(value)))}"`;
    case "duration":
      return typeof value === "number" ? shortDuration(value) : String(value);
    case "object":
      return sayObject(value);
    default:
      break;
  }
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => sayValue(field?.kind === "list" ? field.of : field, item) ?? []);
    return items.length < 2 ? items[0] : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
  }
  if (typeof value === "object") return sayObject(value);
  if (value === true) return "yes";
  const text = String(value);
  return text.includes("{{") ? short(withoutBraces(text)) : short(text);
}

/** The first text among the keys of a map: what a box says, what a place is called. */
function sayObject(value: CanonicalValue): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const first = Object.values(value).find((one) => typeof one === "string" && one !== "");
  return first === undefined ? undefined : `"${short(withoutBraces(String(first)))}"`;
}

function withoutBraces(text: string): string {
  return text.replace(/\{%[^%]*%\}/g, "…").replace(/\{\{\s*([^}]*?)\s*\}\}/g, (_all, source: string) => `‹${source}›`);
}

function short(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= mostShown ? line : `${line.slice(0, mostShown - 1)}…`;
}
