import { type Reading, tell, type Written } from "../reading.ts";
import { readText } from "./text.ts";

/** The path of a file to send. Nobody who talks to the bot chooses it, and what is hidden (such as .env) is never sent. */
export function readFilePath(reading: Reading, about: string, written: Written): string | undefined {
  const text = readText(reading, { kind: "plain", about }, written);
  if (typeof text !== "string") return undefined;
  const parts = text.replaceAll("\\", "/").split("/");
  const isHidden = parts.some((part) => part.startsWith(".") && part !== ".");
  const isOutside = text.startsWith("/") || /^(~|[A-Za-z]:)/.test(text);
  if (text !== "" && !isHidden && !isOutside) return text;
  const message = `"${text}" cannot be sent: only files in the folder of bot.yaml can, and none whose name begins with a full stop.`;
  const hint = "write its path from there, such as files/rules.pdf";
  return tell(reading, written.pointer, { code: "bad-file", message, hint });
}
