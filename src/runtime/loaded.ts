import type { CanonicalConfig } from "../contracts/canonical.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { BotPlan } from "../plan/program.ts";

/** A file read, checked and planned, or what is wrong with it. */
export type Loaded =
  | Readable
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      /** Files whose change may mend it, as far as they are known. */
      readonly files: readonly string[];
    };

/** A file that a bot can run by. */
export interface Readable {
  readonly ok: true;
  readonly plan: BotPlan;
  readonly warnings: readonly Diagnostic[];
  /** Every file whose change must be noticed: the file, what it includes, its own packs, `.env`, secret files. */
  readonly files: readonly string[];
  /** Where a setting of a platform was written, for messages that show its line. */
  readonly settingPosition: (platform: string, setting: string | undefined) => Position | undefined;
  /** Where a name under `data` was written. */
  readonly dataPosition: (name: string) => Position | undefined;
}

/** A mistake at its place, or a sentence where there is none. */
export type Problem = Diagnostic | string;

export type Position = Pick<Diagnostic, "file" | "line" | "column" | "length">;

/** What cannot change while the bot runs; a sentence for each that was changed. */
export function needsRestart(before: CanonicalConfig, after: CanonicalConfig): readonly string[] {
  const out: string[] = [];
  if (JSON.stringify(before.storage) !== JSON.stringify(after.storage))
    out.push("storage was changed: stop the bot and start it again, because what it remembers lives there");
  if (JSON.stringify(before.redis) !== JSON.stringify(after.redis))
    out.push("redis was changed: stop the bot and start it again to use the other server");
  return out;
}
