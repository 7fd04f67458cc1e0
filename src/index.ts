/** What botctl offers to programs: checking a file the way `botctl validate` does. */
export { type Loaded, type LoadInput, loadConfig } from "./config/load.ts";
export { nodeReader } from "./config/node-reader.ts";
export type { FileInfo, FileReader } from "./config/read.ts";
export type { Diagnostic, Position, RelatedPosition, Severity } from "./diagnostics/diagnostic.ts";
export { renderPretty } from "./diagnostics/render/pretty.ts";
