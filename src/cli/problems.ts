import { readFileSync } from "node:fs";
import { renderPretty } from "../diagnostics/render/pretty.ts";
import type { Problem } from "../runtime/loaded.ts";
import type { Io } from "./io.ts";

/** What keeps the bot, a part of it or a changed file from running, as `validate` would show it. */
export function showProblems(problems: readonly Problem[], io: Io): void {
  for (const problem of problems) {
    if (typeof problem === "string") io.err(`${io.errColors.red("error")}  ${problem}\n`);
    else io.err(`${renderPretty([problem], { sourceOf, colors: io.errColors })}\n`);
  }
}

function sourceOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
