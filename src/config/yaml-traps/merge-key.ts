import type { Finding } from "./trap.ts";

/** `<<: *defaults` */
export function mergeKey(line: number, column: number): Finding {
  return {
    code: "yaml-merge",
    line,
    column,
    length: 2,
    message: 'merging with "<<" is not used in this file.',
    hint: "write the lines out, or use the anchor as the whole value: key: *name",
  };
}
