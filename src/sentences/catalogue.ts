import { access } from "./catalogue/access.ts";
import { actions } from "./catalogue/actions.ts";
import { asking } from "./catalogue/asking.ts";
import { checks } from "./catalogue/checks.ts";
import { rights } from "./catalogue/rights.ts";
import { values } from "./catalogue/values.ts";
import type { SentenceForm } from "./form.ts";

/**
 * Everything that the bot says of its own accord: the keys under `messages`, their English texts and their variables.
 * Schema, reference, checks and the running bot come from here alone. Commands are shown as people type them: `/give`.
 */
export const catalogue = { ...access, ...checks, ...asking, ...values, ...actions, ...rights };

export type SentenceKey = keyof typeof catalogue;

/** The same, for keys that a file writes. A Map, so that no key can hit a built-in one. */
export const sentenceForms: ReadonlyMap<string, SentenceForm> = new Map(Object.entries(catalogue));
