import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { folderOf } from "../config/include/inside.ts";
import { nodeReader } from "../config/node-reader.ts";
import type { Rehearsed } from "../rehearse.ts";
import { type Checked, checkFile } from "./check-file.ts";
import { exitCodes, isWithoutFile } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { type Failed, type Ran, reporters } from "./test-report.ts";
import { Trouble } from "./trouble.ts";

export interface TestOptions {
  /** Only on these; `all`, or left out: every platform that the file declares. */
  readonly platforms: readonly string[] | undefined;
  readonly reporter: keyof typeof reporters;
  /** Goes on and runs again whenever the file changes. */
  readonly watch: boolean;
}

/** Runs the tests of files. @returns the exit code: 1 where a file has mistakes or a test failed. */
export async function test(files: readonly string[], options: TestOptions, io: Io): Promise<number> {
  if (!options.watch) return (await runAll(files, options, io)).code;
  if (files.includes("-")) throw new Trouble("--watch follows files, so it needs a file and not -.");
  return watched(files, options, io);
}

async function watched(files: readonly string[], options: TestOptions, io: Io): Promise<number> {
  const { watchFiles } = await import("../runtime/watch.ts");
  const { productionHost } = await import("./host.ts");
  let running: Promise<void> = Promise.resolve();
  const run = async (): Promise<void> => {
    const { read } = await runAll(files, options, io);
    const beside = files.flatMap((file) => [file, ...testFilesOf(file)]);
    watch.set([...new Set([...beside, ...read])].map((file) => resolve(file)));
  };
  // One run after the other, however often the file is saved.
  const again = (): void => {
    running = running.then(() => {
      io.out("\n");
      return run();
    });
  };
  const watch = await watchFiles(productionHost(io.env).clock, again);
  running = run();
  await new Promise<void>((end) => {
    process.once("SIGINT", () => end());
    process.once("SIGTERM", () => end());
  });
  await watch.close();
  await running;
  return exitCodes.valid;
}

async function runAll(
  files: readonly string[],
  options: TestOptions,
  io: Io,
): Promise<{ readonly code: number; readonly read: readonly string[] }> {
  const ran: Ran[] = [];
  for (const file of files) ran.push(await runFile(file, options, io));
  io.out(reporters[options.reporter](ran, io));
  const read = ran.flatMap(({ checked }) => [...checked.sources.keys()]);
  if (ran.some((one) => isWithoutFile(one.checked.diagnostics))) return { code: exitCodes.failed, read };
  const failed = ran.some(({ checked, failed }) => checked.plan === undefined || failed.length > 0);
  return { code: failed ? exitCodes.invalid : exitCodes.valid, read };
}

async function runFile(file: string, options: TestOptions, io: Io): Promise<Ran> {
  const checked = await checkFile(file, undefined, io, testFilesOf(file));
  const { plan } = checked;
  // Nothing is connected to, so secrets may be missing.
  const told = checked.diagnostics.filter((one) => one.severity !== "notice" && one.code !== "secret-not-set");
  if (plan === undefined)
    return { checked: { ...checked, diagnostics: told, plan: undefined }, passed: [], failed: [] };
  const platforms = chosen(options.platforms, Object.keys(plan.config.platforms), checked);
  const passed: Rehearsed[] = [];
  const failed: Failed[] = [];
  const { tests } = plan.config;
  if (tests.length === 0) return { checked, passed, failed };
  const { rehearse } = await import("../rehearse.ts");
  const { projectFiles } = await import("../runtime/project-files.ts");
  const beside = projectFiles(resolve(folderOf(file)), nodeReader);
  for await (const one of rehearse(plan, tests, platforms, beside, () => performance.now())) {
    const { test: ran, result } = one;
    if (result.ok) passed.push(one);
    else {
      const node = result.step === undefined ? ran : ran.steps[result.step]!;
      failed.push({ ...one, result, at: checked.origins?.position(node) });
    }
  }
  return { checked, passed, failed };
}

/** What ends in `.test.yaml` beside a file, but for the tests of another bot: `other.test.yaml` is that of `other.yaml`. */
function testFilesOf(file: string): readonly string[] {
  if (file === "-") return [];
  const folder = dirname(file);
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  const beside = isFolder ? readdirSync(folder, { withFileTypes: true }).filter((one) => !one.isDirectory()) : [];
  const names = beside.map(({ name }) => name).sort();
  const tests = names.filter((name) => /\.test\.ya?ml$/.test(name));
  if (tests.length === 0) return [];
  const others = names.filter((name) => /\.ya?ml$/.test(name) && !tests.includes(name) && name !== basename(file));
  // A part of a bot, which names no version, has no tests of its own.
  const bots = others.filter((name) => /^version:/m.test(readFileSync(join(folder, name), "utf8")));
  const stems = bots.map((name) => name.replace(/ya?ml$/, ""));
  const own = tests.filter((name) => !stems.some((stem) => name.startsWith(stem)));
  return own.map((name) => join(folder, name));
}

function chosen(
  wanted: readonly string[] | undefined,
  declared: readonly string[],
  { file }: Checked,
): readonly string[] {
  if (wanted === undefined || wanted.includes("all")) return declared;
  const missing = wanted.find((platform) => !declared.includes(platform));
  if (missing !== undefined)
    throw new Trouble(`${file} declares no platform "${missing}"; it has ${declared.join(", ")}.`);
  return wanted;
}
