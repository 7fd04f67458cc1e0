import { t } from "../../language/types.ts";

/** How many times a block is done at most, one after the other. */
export const mostRounds = 1000;
/** How many branches are done side by side at most. */
export const mostBranches = 100;

/** What `forloop` tells inside a loop: the same as inside `{% for %}`. */
export const forloopType = t.object("loop", { index: t.integer, size: t.integer, first: t.boolean, last: t.boolean });
