import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { SecretReader } from "../language/secret-reference.ts";
import { Trouble } from "./trouble.ts";

/** Reads the secrets that a file refers to: the environment, the `.env` beside it, and secret files. */
export async function secretsBeside(
  file: string,
  environmentName: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<SecretReader> {
  const folder = file === "-" ? "." : dirname(file);
  return {
    env: await environment(folder, environmentName, env),
    file: (path) => readFileSync(resolve(folder, path), "utf8"),
  };
}

async function environment(
  folder: string,
  name: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<SecretReader["env"]> {
  const isThere = statSync(join(folder, ".env"), { throwIfNoEntry: false }) !== undefined;
  if (!isThere && name === undefined) return (wanted) => env[wanted];
  const { readEnvironment } = await import("../observe/env-file.ts");
  const read = await readEnvironment({ folder, environment: env, ...(name === undefined ? {} : { name }) });
  if (!read.ok) throw new Trouble(read.problem);
  return read.lookup;
}
