import type { Parsed, Problem } from "./problem.ts";

/** Where a secret is kept. It travels through the plan; the value is read when a connection opens. */
export type SecretReference =
  | {
      readonly kind: "env";
      readonly name: string;
      /** `${NAME:-default}`: used where the variable is unset or empty. */
      readonly default?: string;
      /** `${NAME:?why}`: said where the variable is unset or empty. */
      readonly why?: string;
    }
  | { readonly kind: "file"; readonly path: string };

/** A text with references in it, such as `postgres://bot:${DB_PASSWORD}@db/bot`. Frozen. */
export interface SecretText {
  readonly parts: readonly (string | SecretReference)[];
}

export interface FoundReference {
  readonly reference: SecretReference;
  readonly offset: number;
  readonly length: number;
}

/** Reads what references need; `file` throws where the file cannot be read. */
export interface SecretReader {
  env(name: string): string | undefined;
  file(path: string): string;
}

/** The value, or per reference without a value what is missing, in words. */
export type ResolvedSecret =
  | { readonly ok: true; readonly value: string }
  | {
      readonly ok: false;
      readonly missing: readonly { readonly reference: SecretReference; readonly message: string }[];
    };

/** Reads a text with `${NAME}`, `${NAME:-default}`, `${NAME:?why}` and `${file:/path}`. `$${` is a literal `${`. */
export function parseSecretText(source: string): Parsed<SecretText> {
  const scanned = scan(source);
  if (scanned.problem !== undefined) return { ok: false, problem: scanned.problem };
  return { ok: true, value: Object.freeze({ parts: Object.freeze(scanned.parts) }) };
}

/** The well-formed references in a text, with their places. */
export function findReferences(text: string): readonly FoundReference[] {
  return scan(text).found;
}

/** The value of a text; every reference without a value is reported. */
export function resolveSecretText(text: SecretText, reader: SecretReader): ResolvedSecret {
  let value = "";
  const missing: { reference: SecretReference; message: string }[] = [];
  for (const part of text.parts) {
    if (typeof part === "string") {
      value += part;
      continue;
    }
    const resolved = resolveReference(part, reader);
    if (resolved.ok) value += resolved.value;
    else missing.push({ reference: part, message: resolved.message });
  }
  return missing.length === 0 ? { ok: true, value } : { ok: false, missing };
}

function resolveReference(
  reference: SecretReference,
  reader: SecretReader,
): { ok: true; value: string } | { ok: false; message: string } {
  if (reference.kind === "file") {
    try {
      return { ok: true, value: reader.file(reference.path).replace(/\r?\n$/, "") };
    } catch (error) {
      const reason =
        error instanceof Error && "code" in error && error.code === "ENOENT"
          ? "there is no such file"
          : "it cannot be read";
      return { ok: false, message: `the secret file ${reference.path}: ${reason}` };
    }
  }
  const value = reader.env(reference.name);
  if (value !== undefined && value !== "") return { ok: true, value };
  if (reference.default !== undefined) return { ok: true, value: reference.default };
  const state = `${reference.name} is ${value === "" ? "empty" : "not set"}`;
  return { ok: false, message: reference.why === undefined ? state : `${state}: ${reference.why}` };
}

interface Scanned {
  readonly parts: (string | SecretReference)[];
  readonly found: FoundReference[];
  readonly problem?: Problem;
}

function scan(source: string): Scanned {
  const parts: (string | SecretReference)[] = [];
  const found: FoundReference[] = [];
  let problem: Problem | undefined;
  let literal = "";
  let at = 0;
  const flush = () => {
    if (literal !== "") parts.push(literal);
    literal = "";
  };
  while (at < source.length) {
    const start = source.indexOf("${", at);
    if (start === -1) break;
    if (source[start - 1] === "$" && start > at) {
      literal += `${source.slice(at, start - 1)}\${`;
      at = start + 2;
      continue;
    }
    literal += source.slice(at, start);
    const end = source.indexOf("}", start);
    const length = (end === -1 ? source.length : end + 1) - start;
    const read = end === -1 ? "a } is missing" : readReference(source.slice(start + 2, end));
    if (typeof read === "string") {
      problem ??= {
        code: "bad-secret-reference",
        offset: start,
        length,
        message:
          end === -1
            ? "this ${ is never closed"
            : `"${clip(source.slice(start, start + length))}" is not a reference to a secret`,
        hint: end === -1 ? "end it with }: ${NAME}" : read,
      };
      literal += source.slice(start, start + length);
    } else {
      flush();
      const reference = Object.freeze(read);
      parts.push(reference);
      found.push({ reference, offset: start, length });
    }
    at = start + length;
  }
  literal += source.slice(at);
  flush();
  if (found.length === 0 && problem === undefined && /^\$[A-Za-z_]\w*$/.test(source)) {
    const message = `"${clip(source)}" needs braces around the name`;
    problem = {
      code: "bad-secret-reference",
      offset: 0,
      length: source.length,
      message,
      hint: `write \${${source.slice(1)}}`,
    };
  }
  const name = /^(?:\{\{ *)?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?: *\}\})?$/.exec(source)?.[1];
  if (found.length === 0 && problem === undefined && name !== undefined) {
    const message = `"${clip(source)}" is the name of a secret, and not the secret itself`;
    const hint = `write "\${${name}}", and the secret into .env behind ${name}=`;
    problem = { code: "bad-secret-reference", offset: 0, length: source.length, message, hint };
  }
  return problem === undefined ? { parts, found } : { parts, found, problem };
}

/** What stands between the braces, or what to write instead. */
function readReference(inside: string): SecretReference | string {
  if (inside.startsWith("file:")) {
    const path = inside.slice(5).trim();
    return path === "" ? "name the file: ${file:/run/secrets/token}" : { kind: "file", path };
  }
  const match = /^([A-Za-z_][A-Za-z0-9_]*)(?:(:-|:\?)([\s\S]*))?$/.exec(inside);
  if (match !== null) {
    const [, name, operator, rest] = match;
    if (operator === ":-") return { kind: "env", name: name!, default: rest! };
    if (operator === ":?" && rest !== "") return { kind: "env", name: name!, why: rest! };
    return { kind: "env", name: name! };
  }
  const name = /^\s*([A-Za-z_][A-Za-z0-9_]*)/.exec(inside)?.[1];
  if (name === undefined) return "write the name of an environment variable: ${DISCORD_TOKEN}";
  const rest = inside.trim().slice(name.length);
  if (rest === "") return `write \${${name}}, without spaces`;
  if (/^[-=]/.test(rest)) return `a default is written \${${name}:-${rest.slice(1)}}`;
  return "a name has letters, digits and _ only: ${DISCORD_TOKEN}, ${NAME:-default}, ${NAME:?why}, ${file:/path}";
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
