import { closeSync, fstatSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname, parse } from "node:path";
import { makeFolder } from "../contracts/make-folder.ts";

export interface RotatingFile {
  /** @throws when the file cannot be written. */
  write(text: string): void;
  /** What was written survives a power cut after this. */
  flush(): void;
  close(): void;
}

/**
 * A log file under the name that its owner chose: at `maxBytes` `bot.log` becomes `bot.1.log`, that `bot.2.log`, and
 * the oldest beyond `keep` goes. (pino-roll would write to `bot.1.log`, and nobody would find `bot.log`.) Writes are
 * synchronous, so that the last line before a crash is there.
 *
 * @throws when the file cannot be opened.
 */
export function openRotatingFile({
  path,
  maxBytes = 10 * 1024 * 1024,
  keep = 5,
}: {
  readonly path: string;
  readonly maxBytes?: number;
  readonly keep?: number;
}): RotatingFile {
  const { dir, name, ext } = parse(path);
  const older = (number: number) => `${dir === "" ? "." : dir}/${name}.${number}${ext}`;
  makeFolder(dirname(path));
  let file = openSync(path, "a");
  let size = fstatSync(file).size;

  function rotate(): void {
    closeSync(file);
    rmSync(older(keep), { force: true });
    for (let number = keep - 1; number >= 1; number--) move(older(number), older(number + 1));
    move(path, older(1));
    file = openSync(path, "a");
    size = fstatSync(file).size;
  }

  return {
    write(text) {
      const bytes = Buffer.byteLength(text);
      if (size > 0 && size + bytes > maxBytes) rotate();
      writeSync(file, text);
      size += bytes;
    },
    flush: () => fsyncSync(file),
    close: () => closeSync(file),
  };
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}
