import type { CanonicalAction, CanonicalRule } from "../contracts/canonical.ts";
import type { BotEvent } from "../contracts/event.ts";
import type { ActionDefinition, TriggerDefinition } from "../contracts/word.ts";
import { type RuleContext, report } from "./context.ts";

/** The message that a rule's actions are about: somebody's, none at all, or what shows only when it happens. */
export type MessageAtHand = "theirs" | "none" | "unknown";

/** What somebody has written; the bot does not hear itself. */
const written: ReadonlySet<BotEvent["kind"]> = new Set(["message", "message_edited", "message_deleted"]);
/** What happens to a message that may be the bot's own. */
const underOne: ReadonlySet<BotEvent["kind"]> = new Set(["reaction_added", "reaction_removed", "pressed", "picked"]);

/** What all triggers of a rule have in common. A command may be a message, or be run by a button under one. */
export function messageAtHand({ command }: CanonicalRule, triggers: readonly TriggerDefinition[]): MessageAtHand {
  const kinds = triggers.flatMap(({ events }) => events);
  if (command !== undefined || kinds.length === 0) return "unknown";
  if (kinds.every((kind) => written.has(kind))) return "theirs";
  return kinds.some((kind) => written.has(kind) || underOne.has(kind)) ? "unknown" : "none";
}

/** Tells where an action is about the message that caused this, and there is none, or none that the bot may change. */
export function checkMessage(context: RuleContext, word: ActionDefinition, action: CanonicalAction): void {
  const field = word.fields.message;
  if (field?.kind !== "value" || field.causing === undefined || action.args.message !== undefined) return;
  const named = 'as save_as kept it: message: "{{ steps.sent }}"';
  if (context.message === "none") {
    const message = `"${word.name}" does not say which message it is about, and no message causes this.`;
    report(context, action, undefined, "no-message", message, `name it, ${named}`);
  } else if (context.message === "theirs" && field.causing === "own") {
    const message = `"${word.name}" changes only what the bot has written, and the message that causes this is somebody else's.`;
    report(
      context,
      action,
      undefined,
      "no-message",
      message,
      `to answer, use reply; to change what the bot has said, name it, ${named}`,
    );
  }
}
