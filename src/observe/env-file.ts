import { execFile } from "node:child_process";
import { access, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parse } from "dotenv";

export type Environment =
  | {
      readonly ok: true;
      /** Watched, whether it exists or not. */
      readonly path: string;
      /** The real environment first, then the file. */
      lookup(name: string): string | undefined;
    }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads `.env`, or `.env.<name>` where one is named, beside the bot file. The process's own environment is left alone.
 * A file that git tracks is refused, because everybody who sees the project sees what is in it.
 */
export async function readEnvironment({
  folder,
  name,
  environment,
}: {
  readonly folder: string;
  readonly name?: string;
  /** The real one, such as `process.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}): Promise<Environment> {
  const file = name === undefined ? ".env" : `.env.${name}`;
  const path = join(resolve(folder), file);
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!missing) return { ok: false, problem: `${path} cannot be read: check who may read it` };
    if (name !== undefined) return { ok: false, problem: `there is no file ${file} in ${resolve(folder)}` };
    return { ok: true, path, lookup: (wanted) => environment[wanted] };
  }
  if (bytes.includes(0)) return { ok: false, problem: `${path} is not plain text: save it as UTF-8` };
  if (await isTracked(dirname(path), file)) {
    const problem = `${path} holds secrets, but git keeps it: run "git rm --cached ${file}", add ${file} to .gitignore, and replace the secrets that were in it`;
    return { ok: false, problem };
  }
  const values = new Map(Object.entries(parse(bytes.toString().replace(/^\uFEFF/, ""))));
  return { ok: true, path, lookup: (wanted) => environment[wanted] ?? values.get(wanted) };
}

async function isTracked(folder: string, file: string): Promise<boolean> {
  if (!(await isInRepository(folder))) return false;
  return new Promise((answer) => {
    // Looking must not run what a repository's settings name.
    const options = ["-c", "core.fsmonitor=false", "ls-files", "--error-unmatch", "--", file];
    execFile("git", options, { cwd: folder, timeout: 5_000 }, (error) => answer(error === null));
  });
}

async function isInRepository(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await access(join(at, ".git")).then(
      () => true,
      () => false,
    );
    if (found) return true;
    if (at === dirname(at)) return false;
  }
}
