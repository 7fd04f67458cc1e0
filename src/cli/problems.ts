import { readFileSync } from "node:fs";
import { decode } from "../config/read.ts";
import { renderPretty } from "../diagnostics/render/pretty.ts";
import type { Problem } from "../runtime/loaded.ts";
import type { Io } from "./io.ts";

/** What keeps the bot, a part of it or a changed file from running, as `validate` would show it. */
export function showProblems(problems: readonly Problem[], io: Io): void {
  for (const problem of problems) if (typeof problem === "string") io.err(`${io.errColors.red("error")}  ${problem}\n`);
  // Together: what one of them says of a secret keeps the others from showing it.
  const placed = problems.filter((problem) => typeof problem !== "string");
  if (placed.length > 0) io.err(`${renderPretty(placed, { sourceOf, colors: io.errColors })}\n`);
}

function sourceOf(file: string): string | undefined {
  try {
    const read = decode(file, readFileSync(file));
    return read.ok ? read.value.text : undefined;
  } catch {
    return undefined;
  }
}
