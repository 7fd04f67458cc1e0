import type { CanonicalConfig, Origins } from "../../contracts/canonical.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { SecretReader } from "../../language/secret-reference.ts";
import type { Words } from "../words.ts";

/** What every check is handed. */
export interface CheckContext {
  readonly config: CanonicalConfig;
  readonly origins: Origins;
  readonly words: Words;
  /** Reads the secrets of this machine; left out where they are not asked for. */
  readonly secrets?: SecretReader;
}

/** Looks at a whole file in canonical form; each check knows one kind of mistake. */
export type Check = (context: CheckContext) => Iterable<Diagnostic>;
