import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Makes one file of a script and its part of the sources, for tests that start it as a process of its own: loading source
 * by source takes several times as long as what the script does. To be called before the tests.
 * @returns the path of the file, which is there until the tests are over.
 */
export async function bundleScript(script: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "botctl-script-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const outfile = join(folder, "script.mjs");
  await build({
    entryPoints: [script],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    jsx: "automatic",
    packages: "external",
    logLevel: "warning",
  });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  return outfile;
}
