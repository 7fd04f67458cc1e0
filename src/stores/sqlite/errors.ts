/** Whether another program is using the file just now. */
export function isHeld(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY");
}

/** Says what is wrong with a database file in words for the person who runs the bot. */
export function explainSqliteError(error: unknown, path: string): Error {
  const file = path === ":memory:" ? "the database in memory" : `the database file ${path}`;
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = "code" in cause ? String(cause.code) : "";
  const sentence = Object.entries(sentences).find(([start]) => code.startsWith(start))?.[1];
  return new Error(sentence === undefined ? `${file}: ${cause.message}` : sentence(file), { cause });
}

const sentences: Record<string, (file: string) => string> = {
  SQLITE_FULL: (file) => `${file} cannot grow: the disk is full`,
  SQLITE_BUSY: (file) => `${file} is held by another program: stop it, or name another file under "storage"`,
  SQLITE_READONLY: (file) => `${file} may not be written: check who owns the file and its folder`,
  SQLITE_CANTOPEN: (file) => `${file} cannot be opened: check that its folder exists and may be written`,
  SQLITE_NOTADB: (file) => `${file} is not a database: name another file under "storage"`,
  SQLITE_CORRUPT: (file) => `${file} is damaged: put a backup in its place, or name another file under "storage"`,
  SQLITE_IOERR: (file) => `${file} cannot be read or written: the disk reports an error`,
  EACCES: (file) => `${file} cannot be opened: its folder may not be written`,
  EROFS: (file) => `${file} cannot be made: the disk is read-only`,
  ENOTDIR: (file) => `${file} cannot be made: a part of its path is a file, not a folder`,
  EEXIST: (file) => `${file} cannot be made: a part of its path is a file, not a folder`,
};
