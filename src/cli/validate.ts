import type { Severity } from "../diagnostics/diagnostic.ts";
import { renderGithub } from "../diagnostics/render/github.ts";
import { renderJson } from "../diagnostics/render/json.ts";
import { renderPretty } from "../diagnostics/render/pretty.ts";
import { type Checked, checkFile } from "./check-file.ts";
import { counted } from "./counted.ts";
import { exitCodes, isWithoutFile } from "./exit-codes.ts";
import type { Io } from "./io.ts";

export interface ValidateOptions {
  readonly format: "pretty" | "json" | "github";
  /** Warnings count as errors. */
  readonly strict: boolean;
  readonly environmentName?: string;
  /** Reads each valid file back in plain sentences. */
  readonly explain: boolean;
}

/** Checks files and says what is wrong with them. @returns the exit code. */
export async function validate(files: readonly string[], options: ValidateOptions, io: Io): Promise<number> {
  const checked: Checked[] = [];
  for (const file of files) checked.push(await checkFile(file, options.environmentName, io));
  show(checked, options, io);
  if (options.explain) await tellBack(checked, io);
  return Math.max(...checked.map((one) => exitCode(one, options.strict)));
}

async function tellBack(checked: readonly Checked[], io: Io): Promise<void> {
  const { retell } = await import("../plan/retell/index.ts");
  const { registry } = await import("../words/registry.ts");
  for (const { plan } of checked)
    if (plan !== undefined) io.out(`\n${retell(plan, registry, Date.now()).join("\n")}\n`);
}

function exitCode({ diagnostics }: Checked, strict: boolean): number {
  if (isWithoutFile(diagnostics)) return exitCodes.failed;
  const counts = diagnostics.some((one) => one.severity === "error" || (strict && one.severity === "warning"));
  return counts ? exitCodes.invalid : exitCodes.valid;
}

function show(checked: readonly Checked[], { format, strict }: ValidateOptions, io: Io): void {
  const all = checked.flatMap((one) => one.diagnostics);
  if (format === "json") {
    io.out(renderJson(all));
    return;
  }
  if (format === "github") io.out(renderGithub(all));
  else if (all.length > 0) {
    const sources = new Map(checked.flatMap((one) => [...one.sources]));
    io.out(`${renderPretty(all, { sourceOf: (file) => sources.get(file), colors: io.outColors })}\n`);
  }
  for (const one of checked) io.out(`${summary(one, strict, io)}\n`);
}

function summary(one: Checked, strict: boolean, io: Io): string {
  const { red, green, yellow } = io.outColors;
  const count = (severity: Severity) => one.diagnostics.filter((found) => found.severity === severity).length;
  const [errors, warnings] = [count("error"), count("warning")];
  const also = warnings === 0 ? "" : ` and ${counted(warnings, "warning")}`;
  if (errors > 0) return red(`${one.file} has ${counted(errors, "error")}${also}`);
  if (strict && warnings > 0)
    return yellow(`${one.file} has ${counted(warnings, "warning")}, which --strict does not accept`);
  const rules = one.plan?.config.rules ?? [];
  const commands = rules.filter((rule) => rule.command !== undefined).length;
  const schedules = rules.filter((rule) => rule.id.startsWith("schedule:")).length;
  const timed = schedules === 0 ? "" : `, ${counted(schedules, "schedule")}`;
  const parts = [`${counted(commands, "command")}, ${counted(rules.length - commands - schedules, "rule")}${timed}`];
  if (warnings > 0) parts.push(counted(warnings, "warning"));
  return green(`${one.file} is valid (${parts.join("; ")})`);
}
