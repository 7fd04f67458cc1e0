import { type Diagnostic, type DiagnosticText, errorAt } from "../diagnostics/diagnostic.ts";
import { failed, type Outcome, succeeded } from "./outcome.ts";

/** Bytes of the largest file that is read: many times what a person writes, little enough to check in a moment. */
export const maxFileBytes = 4 * 1024 * 1024;

/** What the reader found at a path, before anything is read. */
export type FileInfo =
  | { readonly kind: "file"; readonly size: number }
  | { readonly kind: "directory" | "other" | "missing" | "forbidden" };

/** The file system, handed in. Paths are as the user wrote them. */
export interface FileReader {
  stat(path: string): Promise<FileInfo>;
  /** Where a path leads in the end, with every link in it followed. */
  realPath(path: string): Promise<string>;
  /**
   * Reads at most `limit` bytes.
   * @throws when the file cannot be read after all
   */
  read(path: string, limit: number): Promise<Uint8Array>;
  /** Reads at most `limit` bytes of standard input. */
  readStdin(limit: number): Promise<Uint8Array>;
}

/** The text of a file, with line breaks as "\n" and without a byte order mark. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** The name that diagnostics use for standard input. */
export const stdinName = "(standard input)";

/** Reads a configuration file as text; `-` is standard input. */
export async function readSource(path: string, reader: FileReader): Promise<Outcome<SourceText>> {
  const file = path === "-" ? stdinName : path;
  if (path !== "-") {
    const refused = refuseByInfo(file, await reader.stat(path));
    if (refused !== undefined) return failed(refused);
  }
  const limit = maxFileBytes + 1;
  const bytes = path === "-" ? await reader.readStdin(limit) : await reader.read(path, limit);
  return decode(file, bytes);
}

/** Makes text of a file's bytes, or says why it is none. */
export function decode(file: string, bytes: Uint8Array): Outcome<SourceText> {
  if (bytes.length > maxFileBytes) return failed(tooLarge(file));
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (utf16) return failed(atLine(file, 1, { code: "file-not-utf8", message: "this file is saved as UTF-16.", hint }));
  if (bytes.includes(0)) {
    return failed(atLine(file, 1, { code: "file-binary", message: `"${file}" is not a text file.` }));
  }
  const text = decodeUtf8(bytes);
  if (text === undefined) return failed(notUtf8(file, bytes));
  return succeeded({ file, text: text.replace(/\r\n?/g, "\n") });
}

const hint = "save it as UTF-8: in most editors “Save with encoding…”, “UTF-8”";

function refuseByInfo(file: string, info: FileInfo): Diagnostic | undefined {
  switch (info.kind) {
    case "file":
      return info.size > maxFileBytes ? tooLarge(file) : undefined;
    case "missing":
      return atLine(file, 1, {
        code: "file-not-found",
        message: `there is no file "${file}" here.`,
        hint: "go to the folder of your bot, or begin a new one with: botctl init",
      });
    case "forbidden":
      return atLine(file, 1, { code: "file-unreadable", message: `the system does not allow reading "${file}".` });
    case "directory": {
      const inside = `${file.replace(/\/+$/, "")}/bot.yaml`;
      const message = `"${file}" is a folder. Give the file in it, such as "${inside}".`;
      return atLine(file, 1, { code: "file-is-directory", message });
    }
    case "other": {
      const message = `"${file}" is not an ordinary file. Give a file, or "-" to read what another program writes.`;
      return atLine(file, 1, { code: "file-not-regular", message });
    }
  }
}

function tooLarge(file: string): Diagnostic {
  return atLine(file, 1, {
    code: "file-too-large",
    message: `"${file}" is larger than 4 MB, which no bot.yaml is. Is it the right file?`,
  });
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function notUtf8(file: string, bytes: Uint8Array): Diagnostic {
  let line = 1;
  let start = 0;
  let control = 0;
  for (const byte of bytes) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) control++;
  if (control > bytes.length / 50) {
    return atLine(file, 1, { code: "file-binary", message: `"${file}" is not a text file.` });
  }
  while (start < bytes.length) {
    const newline = bytes.indexOf(10, start);
    const end = newline === -1 ? bytes.length : newline;
    if (decodeUtf8(bytes.subarray(start, end)) === undefined) break;
    start = end + 1;
    line++;
  }
  const message = "this line has a character that is not saved as UTF-8.";
  return atLine(file, line, { code: "file-not-utf8", message, hint });
}

function atLine(file: string, line: number, text: DiagnosticText): Diagnostic {
  return errorAt({ file, line, column: 1, length: 0 }, text);
}
