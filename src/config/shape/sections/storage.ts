import type { CanonicalStorage } from "../../../contracts/canonical.ts";
import type { Fields } from "../../../contracts/fields.ts";
import type { SecretText } from "../../../language/secret-reference.ts";
import { readText } from "../kinds/text.ts";
import { readObject } from "../object.ts";
import { isMapWritten, type Reading, tell, type Written } from "../reading.ts";

const urlField = {
  kind: "secret",
  about: "Where the bot keeps what it must remember: sqlite: and a file, or a postgres:// address.",
  examples: ["sqlite:./data/bot.db"],
} as const;

/** The long form of `storage:`. */
export const storageFields = {
  url: urlField,
  min: { kind: "integer", minimum: 0, maximum: 1000, about: "Connections to PostgreSQL kept open.", default: 5 },
  max: { kind: "integer", minimum: 1, maximum: 1000, about: "Most connections to PostgreSQL at once.", default: 20 },
  timeout: {
    kind: "duration",
    minimumMs: 1000,
    about: "How long to wait for a connection or a query.",
    default: "60s",
  },
} as const satisfies Fields;

/** The storage of a file that does not name one. */
export const defaultStorage: CanonicalStorage = { kind: "sqlite", path: "./data/bot.db" };

/** `storage:`, an address or the long form. */
export function readStorage(reading: Reading, written: Written): CanonicalStorage | undefined {
  const long = isMapWritten(written);
  const args = long
    ? readObject(reading, storageFields, written, { where: '"storage"' })
    : { url: readText(reading, urlField, written) };
  if (args?.url === undefined) return undefined;
  const pointer = long ? `${written.pointer}/url` : written.pointer;
  const url = args.url as unknown as SecretText;
  const first = url.parts[0];
  const start = typeof first === "string" ? first : "";
  if (start.startsWith("sqlite:")) {
    if (url.parts.length > 1) {
      const message = "the file of a sqlite storage is written out, without ${ }.";
      return tell(reading, pointer, { code: "bad-storage", message });
    }
    const path = start.slice("sqlite:".length).replace(/^\/\/(?=\/|\.)/, "");
    if (path !== "") return reading.origins.note({ kind: "sqlite" as const, path }, written.pointer);
  } else if (/^postgres(ql)?:\/\//.test(start) || typeof first !== "string") {
    const rest = long ? args : readDefaults(reading, written);
    if (rest === undefined || Object.values(rest).includes(undefined)) return undefined;
    const { min, max, timeout } = rest as Readonly<Record<"min" | "max" | "timeout", number>>;
    return reading.origins.note({ kind: "postgres" as const, url, min, max, timeoutMs: timeout }, written.pointer);
  }
  const message = "a storage begins with sqlite: or postgres://.";
  return tell(reading, pointer, { code: "bad-storage", message, hint: "write for example sqlite:./data/bot.db" });
}

function readDefaults(reading: Reading, written: Written) {
  const { url: _, ...others } = storageFields;
  return readObject(reading, others, { ...written, value: {} }, { where: '"storage"' });
}
