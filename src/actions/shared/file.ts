import type { FileSource } from "../../contracts/files.ts";
import type { OutMessage } from "../../contracts/message.ts";
import type { ActionContext } from "../../contracts/word.ts";
import { formatSize } from "../../language/size.ts";
import { type Sentence, say } from "../../sentences/sentence.ts";

/** The largest file that is read where a platform says no less. */
export const mostBytes = 25 * 1024 * 1024;

/** The message with its file. @returns a sentence where one of the platforms takes no file of that size. */
export async function attach(
  source: FileSource | undefined,
  message: OutMessage,
  context: ActionContext,
  platforms: readonly string[],
): Promise<OutMessage | Sentence> {
  if (source === undefined) return message;
  const limit = Math.min(mostBytes, ...platforms.map((platform) => context.limits(platform).fileSize ?? mostBytes));
  const isPath = "path" in source;
  const content = isPath ? await context.readFile(source.path, limit) : new TextEncoder().encode(source.text);
  const name = isPath ? source.path.slice(source.path.replaceAll("\\", "/").lastIndexOf("/") + 1) : source.name;
  if (content.length > limit) return say("file_too_large", { file: name, most: formatSize(limit) });
  return { ...message, files: [{ name, content }] };
}
