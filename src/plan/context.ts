import type { RuleFlow } from "../config/flow.ts";
import type { Words } from "../config/words.ts";
import type {
  CanonicalAction,
  CanonicalCondition,
  CanonicalDatum,
  CanonicalRule,
  CanonicalWho,
  Origins,
} from "../contracts/canonical.ts";
import type { Truth, Who } from "../contracts/permission.ts";
import type { Feed } from "../contracts/right.ts";
import type { Code } from "../diagnostics/codes.ts";
import { type Diagnostic, errorAt, type Position } from "../diagnostics/diagnostic.ts";
import type { Problem } from "../language/problem.ts";
import type { Path, Scope } from "../language/types.ts";
import type { Guard } from "./guards.ts";
import type { MessageAtHand } from "./message-at-hand.ts";
import type { CompiledButton, DataRead, Evaluate, Sequence } from "./program.ts";
import type { Save } from "./saved.ts";
import type { ScopeTypes } from "./scope.ts";

/** The words and platforms that a plan is compiled with. */
export type Registry = Omit<Words, "packs">;

/** What the compilers of one rule's pieces share. */
export interface RuleContext {
  readonly registry: Registry;
  readonly origins: Origins;
  readonly rule: CanonicalRule;
  readonly scope: Scope;
  readonly types: ScopeTypes;
  readonly message: MessageAtHand;
  readonly platforms: readonly string[];
  readonly data: Readonly<Record<string, CanonicalDatum>>;
  /** Whether a rule listens for presses on buttons of this label. */
  readonly hearsPress: (label: string) => boolean;
  /** Whether `permissions` has a group of this name. */
  readonly isGroup: (name: string) => boolean;
  readonly who: (entries: readonly CanonicalWho[]) => Who;
  readonly problems: Diagnostic[];
  readonly reads: Map<string, DataRead>;
  readonly buttons: Map<string, CompiledButton>;
  /** What actions save inside the blocks of the step that is being compiled, by name. */
  readonly saved: Map<string, Save>;
  /** What is certain behind the actions of the rule. */
  readonly flow: RuleFlow;
  /** What is the case where the actions that are being compiled are done. */
  readonly guards: readonly Guard[];
  /** What may have been saved before them, by name. */
  readonly unsure: ReadonlyMap<string, Save>;
  /** The blocks of the rule, compiled once; undefined for one that calls itself, which the checks tell. */
  readonly block: (name: string) => CompiledBlock | undefined;
  /** Conditions hold arguments, arguments hold actions, actions hold conditions: the knot is tied in `rule.ts`. */
  readonly compile: Compilers;
  /** What is seen on the way, shared by all scopes of the rule. */
  readonly notes: RuleNotes;
}

/** A block as the rule that calls it has it. */
export interface CompiledBlock {
  readonly sequence: Sequence;
  /** What its actions save, by name. */
  readonly saved: ReadonlyMap<string, Save>;
}

export interface RuleNotes {
  /** Paths of the people whose roles or time of joining are read. */
  readonly standings: Map<string, readonly string[]>;
  /** Feeds that the rule's conditions need. */
  readonly feeds: Set<Feed>;
  /** Names that are known only inside of an action that goes through a block of its own. */
  readonly kept: Map<string, CanonicalAction>;
  /** Saved values that may not be there, told where they are read first. */
  readonly missed: Set<string>;
}

/** The compilers that call each other in a circle. */
export interface Compilers {
  condition(context: RuleContext, condition: CanonicalCondition): Evaluate<Truth>;
  sequence(context: RuleContext, actions: readonly CanonicalAction[], at: string): Sequence;
}

const noPlace: Position = { file: "bot.yaml", line: 1, column: 1, length: 1 };

/** Reports a mistake of the language kernel at its true place inside a text of the file. */
export function reportProblem(
  context: Pick<RuleContext, "origins" | "problems">,
  problem: Problem,
  node: object,
  key: string | number,
): void {
  const at = context.origins.inText(node, key, problem.offset, problem.length) ?? noPlace;
  context.problems.push(
    errorAt(at, {
      code: problem.code,
      message: `${problem.message}.`,
      ...(problem.hint === undefined ? {} : { hint: problem.hint }),
      ...(problem.related === undefined ? {} : { related: problem.related }),
    }),
  );
}

/** Reports a mistake at the value of a canonical node. */
export function report(
  context: Pick<RuleContext, "origins" | "problems">,
  node: object,
  key: string | number | undefined,
  code: Code,
  message: string,
  hint?: string,
): void {
  const at = context.origins.position(node, key) ?? context.origins.position(node) ?? noPlace;
  context.problems.push(errorAt(at, { code, message, ...(hint === undefined ? {} : { hint }) }));
}

/** Keeps which declared data and whose standing an expression reads, so that a run can ask for all of them at once. */
export function collectReads(context: RuleContext, reads: readonly Path[]): void {
  for (const path of reads) {
    if (path[0] === "steps") continue;
    // An option may well be called "data" or "roles" itself.
    const from = path[0] === "options" ? 2 : 0;
    const at = path.indexOf("data", from);
    const name = path[at + 1];
    if (at !== -1 && name !== undefined)
      context.reads.set(path.slice(0, at + 2).join("."), { name, of: path.slice(0, at) });
    const standing = path.findIndex((key, index) => index >= from && (key === "roles" || key === "joined_at"));
    // A datum may be called "roles" too.
    if (standing > 0 && path[standing - 1] !== "data")
      context.notes.standings.set(path.slice(0, standing).join("."), path.slice(0, standing));
  }
}
