import type { CanonicalAction, CanonicalArguments, CanonicalValue } from "../../contracts/canonical.ts";

type Actions = readonly CanonicalAction[];

/** A list of actions as it is written; none where it is left out. */
export const actionsIn = (written: CanonicalValue | undefined): Actions =>
  Array.isArray(written) ? (written as Actions) : [];

/** Branches as they are written. */
export const branchesIn = (written: CanonicalValue | undefined): readonly CanonicalArguments[] =>
  Array.isArray(written) ? (written as readonly CanonicalArguments[]) : [];

/** The lists of branches of which one is done. */
export const listsOf = (branches: readonly CanonicalArguments[]): readonly Actions[] =>
  branches.map((branch) => actionsIn(branch.do));
