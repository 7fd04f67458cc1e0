import { type Diagnostic, errorAt, type Position } from "../diagnostics/diagnostic.ts";
import { renderPretty } from "../diagnostics/render/pretty.ts";
import type { Rehearsed } from "../rehearse.ts";
import type { TestResult } from "../runtime/rehearsal/run-test.ts";
import type { Checked } from "./check-file.ts";
import { counted } from "./counted.ts";
import type { Io } from "./io.ts";

export interface Failed extends Rehearsed {
  readonly result: Extract<TestResult, { ok: false }>;
  /** The step, or the test where it could not begin. */
  readonly at: Position | undefined;
}

/** What became of the tests of one file. */
export interface Ran {
  /** Without a plan: the file has mistakes, and nothing was run. */
  readonly checked: Checked;
  readonly passed: readonly Rehearsed[];
  readonly failed: readonly Failed[];
}

/** The ways to tell what came of it, by the name that `--reporter` takes. */
export const reporters = { pretty, json, junit } as const;

function pretty(ran: readonly Ran[], io: Io): string {
  const { green, red, dim } = io.outColors;
  const lines: string[] = [];
  for (const { checked, passed, failed } of ran) {
    const sourceOf = (file: string) => checked.sources.get(file);
    if (checked.plan === undefined) {
      lines.push(renderPretty(checked.diagnostics, { sourceOf, colors: io.outColors }));
      lines.push(red(`${checked.file} has mistakes, so its tests were not run`), "");
      continue;
    }
    for (const one of failed) {
      lines.push(red(`✗ ${one.test.name} (${one.platform})`));
      const diagnostic = diagnosticOf(one);
      if (diagnostic === undefined) lines.push(`  ${one.result.why.join("\n  ")}`);
      else lines.push(renderPretty([diagnostic], { sourceOf, colors: io.outColors }));
      const { transcript } = one.result;
      lines.push(transcript.length === 0 ? "  Nothing had happened before." : "  What happened:");
      const inLines = transcript.flatMap((entry) => entry.split("\n"));
      lines.push(...inLines.map((line) => dim(`    ${line}`)), "");
    }
    const names = new Set([...passed, ...failed].map(({ test }) => test));
    const ms = [...passed, ...failed].reduce((sum, one) => sum + one.ms, 0);
    const platforms = [...new Set([...passed, ...failed].map(({ platform }) => platform))];
    const where = platforms.length === 0 ? "" : ` on ${platforms.join(", ")}`;
    const time = dim(`(${Math.round(ms)} ms)`);
    if (names.size === 0) lines.push(`${checked.file} has no tests: write some under tests:`);
    else if (failed.length === 0)
      lines.push(`${green(`✓ ${checked.file}: ${counted(names.size, "test")} passed${where}`)} ${time}`);
    else {
      const bad = new Set(failed.map(({ test }) => test)).size;
      lines.push(`${red(`✗ ${checked.file}: ${bad} of ${counted(names.size, "test")} failed${where}`)} ${time}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function diagnosticOf({ at, result }: Failed): Diagnostic | undefined {
  const why = result.why.join("; ");
  // What the bot said may end as a sentence does.
  return at && errorAt(at, { code: "test-failed", message: /[.!?]$/.test(why) ? why : `${why}.` });
}

function json(ran: readonly Ran[]): string {
  const files = ran.map(({ checked, passed, failed }) => ({
    file: checked.file,
    valid: checked.plan !== undefined,
    tests: [
      ...passed.map(({ test, platform, ms }) => ({ name: test.name, platform, ok: true, ms: Math.round(ms) })),
      ...failed.map(({ test, platform, ms, result, at }) => ({
        name: test.name,
        platform,
        ok: false,
        ms: Math.round(ms),
        line: at?.line,
        why: result.why,
        transcript: result.transcript,
      })),
    ],
  }));
  return `${JSON.stringify(files, null, 2)}\n`;
}

/** The format that build servers read, one suite for each file. */
function junit(ran: readonly Ran[]): string {
  const suites = ran.map(({ checked, passed, failed }) => {
    const broken = checked.plan === undefined ? 1 : 0;
    const total = passed.length + failed.length + broken;
    const head = `  <testsuite name="${xml(checked.file)}" tests="${total}" failures="${failed.length}" errors="${broken}">`;
    const cases = [
      ...(broken === 1
        ? [`    <testcase name="the file is valid"><error message="the file has mistakes"/></testcase>`]
        : []),
      ...passed.map((one) => `    ${opening(one)}/>`),
      ...failed.map((one) => {
        const body = xml([...one.result.why, "", ...one.result.transcript].join("\n"));
        return `    ${opening(one)}><failure message="${xml(one.result.why.join("; "))}">${body}</failure></testcase>`;
      }),
    ];
    return [head, ...cases, "  </testsuite>"].join("\n");
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("\n")}\n</testsuites>\n`;
}

const opening = ({ test, platform, ms }: Rehearsed): string =>
  `<testcase name="${xml(test.name)}" classname="${xml(platform)}" time="${(ms / 1000).toFixed(3)}"`;

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Without the control characters that XML cannot hold. */
function xml(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "").replace(/[&<>"]/g, (sign) => entities[sign]!);
}
