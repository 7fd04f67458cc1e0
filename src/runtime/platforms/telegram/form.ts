import type { OutFile } from "../../../contracts/message.ts";

/** A call's arguments with a file, as multipart/form-data: the file is the part `file`, named `attach://file` by `args`. */
export function formOf(args: object, file: OutFile): { readonly type: string; readonly body: Buffer } {
  const content = Buffer.from(file.content.buffer, file.content.byteOffset, file.content.byteLength);
  const fields = Object.entries(args).map(
    ([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)] as const,
  );
  const boundary = boundaryFor([content, ...fields.map(([, value]) => Buffer.from(value))]);
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${quoted(file.name)}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([Buffer.from(parts.join("") + head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

/** A line that none of the contents holds. */
function boundaryFor(contents: readonly Buffer[]): string {
  for (let number = 0; ; number++) {
    const boundary = `----botctl-${number}`;
    if (!contents.some((content) => content.includes(boundary))) return boundary;
  }
}

/** As browsers write file names into the header of a part. */
function quoted(name: string): string {
  return name.replaceAll("\r", "%0D").replaceAll("\n", "%0A").replaceAll('"', "%22");
}
