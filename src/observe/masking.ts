import type { SecretReader } from "../language/secret-reference.ts";

/** What stands where a secret stood. */
const masked = "***";

/** Shorter values are parts of ordinary words; masking them would make every output unreadable. */
const shortest = 4;

export interface Masker {
  /** From now on this value is masked in every form. @returns false when it is too short to be masked. */
  add(secret: string): boolean;
  /** The text with every known secret replaced, in whatever form it stands there. */
  mask(text: string): string;
}

/**
 * Masks secrets by their value, whatever they are called where they turn up. All forms of all secrets are one regular
 * expression, so a text is gone through once; it is compiled anew when a secret is added.
 */
export function createMasker(): Masker {
  const forms = new Set<string>();
  let pattern: RegExp | undefined;

  function add(secret: string): boolean {
    if (secret.length < shortest) return false;
    if (forms.has(secret)) return true;
    for (const form of [secret, ...partsOf(secret)].flatMap(formsOf)) if (form.length >= shortest) forms.add(form);
    // The longest first, because the first alternative that fits is taken.
    const alternatives = [...forms].sort((a, b) => b.length - a.length).map(escapeRegExp);
    pattern = new RegExp(alternatives.join("|"), "g");
    return true;
  }

  return { add, mask: (text) => (pattern === undefined ? text : text.replace(pattern, masked)) };
}

/** A reader whose values are masked from the moment they are read. `tooShort` is told names that cannot be. */
export function maskingReader(reader: SecretReader, masker: Masker, tooShort: (name: string) => void): SecretReader {
  const told = new Set<string>();
  function learn(name: string, value: string): string {
    if (value !== "" && !masker.add(value) && !told.has(name)) {
      told.add(name);
      tooShort(name);
    }
    return value;
  }
  return {
    env(name) {
      const value = reader.env(name);
      return value === undefined ? undefined : learn(name, value);
    },
    file: (path) => learn(path, reader.file(path)),
  };
}

/** Pieces that turn up alone: the password of an address, the lines of a key when a text is printed indented. */
function partsOf(secret: string): string[] {
  const parts = secret.includes("\n") ? secret.split(/\r?\n/).filter((line) => line.length >= 8) : [];
  if (parts.length > 0 || secret !== secret.trim()) parts.push(secret.trim());
  const password = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*?:([^/?#]+)@/i.exec(secret)?.[1];
  if (password !== undefined) parts.push(password, decoded(password));
  return parts.filter((part) => part.length >= shortest);
}

function formsOf(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  return [
    text,
    json,
    // JSON inside a JSON string, as in an error that quotes the body it sent.
    JSON.stringify(json).slice(1, -1),
    // A half character cannot be encoded; it travels as the replacement character.
    ...urlForms(Buffer.from(text).toString()),
    ...base64Forms(text),
  ];
}

/** Which signs are escaped in an address differs between the places of an address and between programs. */
function urlForms(text: string): string[] {
  const component = encodeURIComponent(text);
  const strict = component.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const query = component.replaceAll("'", "%27");
  const form = String(new URLSearchParams({ x: text })).slice(2);
  return [component, strict, query, form, encodeURI(text)].flatMap((one) => [
    one,
    one.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
  ]);
}

/** How the text looks inside base64, at each of the three places where it can begin within a group of three bytes. */
function base64Forms(text: string): string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64url");
    // Letters at the edges also hold bits of what stands beside it.
    const form = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return [form, form.replaceAll("-", "+").replaceAll("_", "/")];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
