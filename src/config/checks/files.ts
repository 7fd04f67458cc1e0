import { mostBytes } from "../../actions/shared/file.ts";
import { type Diagnostic, errorAt, type Position, warningAt } from "../../diagnostics/diagnostic.ts";
import { formatSize } from "../../language/size.ts";
import { findInside } from "../include/inside.ts";
import type { FileReader } from "../read.ts";
import type { CheckContext } from "./check.ts";
import { argumentsOfKind, type FoundArgument, platformsOf } from "./walk.ts";

/** Files that actions send must be there, and not too large. Asked of the disk, so it stands apart from the other checks. */
export async function unsendableFiles(
  context: CheckContext,
  folder: string,
  reader: FileReader,
): Promise<Diagnostic[]> {
  const found = new Map<string, Diagnostic>();
  for (const argument of argumentsOfKind(context, "file")) {
    const { value, node, key } = argument;
    if (typeof value !== "string") continue;
    const at = context.origins.position(node, key);
    if (at === undefined) continue;
    const inside = await findInside(value, { from: folder, project: folder }, reader);
    const mistake = inside.ok
      ? tooLarge(context, argument, await reader.stat(inside.path), at)
      : errorAt(at, { code: "bad-file", message: inside.message });
    if (mistake !== undefined) found.set(`${at.file}:${at.line}:${at.column}`, mistake);
  }
  return [...found.values()];
}

function tooLarge(
  context: CheckContext,
  { rule, value }: FoundArgument,
  info: Awaited<ReturnType<FileReader["stat"]>>,
  at: Position,
): Diagnostic | undefined {
  if (info.kind !== "file") return undefined;
  const all = platformsOf(context, rule).flatMap((name) => context.words.platforms.get(name) ?? []);
  const most = (platform: (typeof all)[number]) => Math.min(mostBytes, platform.limits.fileSize ?? mostBytes);
  const without = all.filter((platform) => info.size > most(platform));
  const [first] = without.toSorted((a, b) => most(a) - most(b));
  if (first === undefined) return undefined;
  const message = `"${value}" has ${formatSize(info.size)}, and at most ${formatSize(most(first))} can be sent on ${first.title}.`;
  const text = {
    code: "bad-file",
    message,
    hint: "it is refused there: make it smaller, or send a link to it",
  } as const;
  return without.length === all.length ? errorAt(at, text) : warningAt(at, text);
}
