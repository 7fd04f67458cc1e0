/** Where the database is, in words, without the password. */
export interface Address {
  /** `db.example.org:5432`. */
  readonly host: string;
  readonly database: string;
  readonly timeoutMs: number;
}

/** @throws a plain sentence when this is no address of a PostgreSQL database. */
export function addressOf(url: string, timeoutMs: number): Address {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new Error(
      'the address of the database cannot be read: write it as postgres://user:password@host:5432/name, with special characters of the password as %40 for "@" and so on',
    );
  }
  const host = parsed.hostname === "" ? (parsed.searchParams.get("host") ?? "localhost") : parsed.hostname;
  const database = decodeURIComponent(parsed.pathname.slice(1)) || parsed.username;
  return { host: `${host}:${parsed.port || "5432"}`, database, timeoutMs };
}

/** Says what is wrong with the database in words for the person who runs the bot. */
export function explainPostgresError(error: unknown, address: Address): Error {
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = "code" in cause ? String(cause.code) : "";
  const known = sentences[code] ?? byMessage.find(([message]) => cause.message.includes(message))?.[1];
  const sentence = known?.(address) ?? `the database at ${address.host} refused a request: ${cause.message}`;
  return new Error(sentence, { cause });
}

type Sentence = (address: Address) => string;

const unreachable =
  (why: string): Sentence =>
  ({ host }) =>
    `the database at ${host} cannot be reached: ${why}`;
const lost = unreachable("the connection broke");
const late: Sentence = ({ host, timeoutMs }) =>
  `the database at ${host} did not answer within ${timeoutMs / 1000} seconds`;
const stranger: Sentence = ({ host }) => `the database at ${host} does not accept this user name and password`;
const rights: Sentence = ({ host, database }) =>
  `the database user may not do this in "${database}" at ${host}: it must be allowed to create and change tables`;

/** By SQLSTATE (PostgreSQL manual, appendix "Error Codes") or system error. */
const sentences: Record<string, Sentence> = {
  ECONNREFUSED: unreachable("nothing answers there"),
  ENOTFOUND: unreachable("there is no such host"),
  EAI_AGAIN: unreachable("the host name cannot be looked up now"),
  ETIMEDOUT: unreachable("no answer came"),
  EHOSTUNREACH: unreachable("there is no way to this host"),
  ENETUNREACH: unreachable("there is no network"),
  ENOENT: unreachable("nothing answers there"),
  ECONNRESET: lost,
  EPIPE: lost,
  "57P01": unreachable("it is shutting down"),
  "57P02": unreachable("it stopped"),
  "57P03": unreachable("it is starting up"),
  "53300": ({ host }) => `the database at ${host} has no connection left: make "max" under "storage" smaller`,
  "57014": late,
  "28P01": stranger,
  "28000": stranger,
  "3D000": ({ host, database }) => `there is no database "${database}" at ${host}: create it, or name another one`,
  "3F000": ({ host, database }) =>
    `the schema that the address names does not exist in "${database}" at ${host}: create it, or name another one`,
  "42501": rights,
  "42P07": ({ host, database }) =>
    `"${database}" at ${host} already has tables of another program: give the bot a database of its own, or a schema with ?options=-csearch_path%3Dname at the end of the address`,
};

const byMessage: readonly (readonly [string, Sentence])[] = [
  ["Query read timeout", late],
  ["timeout exceeded when trying to connect", late],
  ["connection timeout", unreachable("no answer came")],
  ["timeout expired", unreachable("no answer came")],
  ["Connection terminated", lost],
  ["not queryable", lost],
  ["password must be a string", stranger],
];
