/**
 * The bin: starts the command line from code that an earlier start has compiled, which is most of the work of a short
 * command. What was compiled lies beside the program, so that whoever may write it may change the program as well; where
 * nothing can be written, each start compiles anew. (Node's own compile cache keeps but the outermost functions of a
 * program that ends soon.)
 */
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";

/** Tells one build of the program from another; the build fills it in. */
declare const buildId: string;

// Node 20's V8 optimizes a function after few calls, which takes a command that soon ends longer than it saves: a sixth of
// the time to check a long file. It is made to wait for about as many calls as later Nodes do by themselves.
const waits = process.version.startsWith("v20.");
if (waits) setFlagsFromString("--interrupt-budget=600000");

const program = join(import.meta.dirname, "cli/main.cjs");
const source = readFileSync(program, "utf8");
const keptAt = join(import.meta.dirname, "compiled", `${buildId}-${process.version}-${process.arch}`);
const kept = readKept();
const script = new Script(`(function (require, importModule, __filename, __dirname) {${source}\n})`, {
  filename: program,
  ...(kept !== undefined && { cachedData: kept }),
});
// A bot runs for long, and wants what is hot optimized: the budget is V8's own again. Code that is kept is turned down where
// flags differ, so this comes after it was read.
if (waits && process.argv[2] === "run") setFlagsFromString("--interrupt-budget=67584");
// A valid file has been through nearly all the code that the commands share.
if ((kept === undefined || script.cachedDataRejected === true) && process.argv[2] === "validate")
  process.once("exit", (code) => {
    if (code === 0) keep();
  });
const start = script.runInThisContext() as (...given: unknown[]) => void;
start(createRequire(program), (name: string) => import(name), program, dirname(program));

/** What an earlier start compiled of exactly this program, where all of it is there. V8 itself turns down what another version or other flags made. */
function readKept(): Buffer | undefined {
  try {
    const file = readFileSync(keptAt);
    const compiled = file.subarray(4);
    if (file.readUInt32LE() === crc32(compiled)) return compiled;
  } catch {
    // There is none yet.
  }
  return undefined;
}

function keep(): void {
  const unfinished = `${keptAt}.${process.pid}`;
  try {
    mkdirSync(dirname(keptAt), { recursive: true });
    const file = openSync(unfinished, "w");
    const compiled = script.createCachedData();
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32(compiled));
    writeFileSync(file, Buffer.concat([sum, compiled]));
    closeSync(file);
    renameSync(unfinished, keptAt);
  } catch {
    // The folder is read-only, or the disk is full: the next start compiles again.
    discard(unfinished);
  }
}

function discard(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // It was never begun.
  }
}
