import type { Arguments, Fields } from "../../contracts/fields.ts";
import { type ActionContext, done, notDone, type Outcome } from "../../contracts/word.ts";
import { isSentence } from "../../sentences/sentence.ts";
import { reasonField, reasonText } from "./moderation-fields.ts";
import { hereOr, reached } from "./place.ts";

const lockingFields = {
  channel: { kind: "places", about: hereOr("The channel, or several."), optional: true },
  ...reasonField,
} as const satisfies Fields;

/** What it takes to say who may write in a channel, whichever way. */
export const locking = {
  bare: true,
  short: "channel",
  fields: lockingFields,
  right: "manage_channels",
  botRight: "manage_channels",
  uses: ["channels.lock"],
  moderation: true,
  repeatable: true,
} as const;

export async function setLocked(
  locked: boolean,
  { channel, reason }: Arguments<typeof lockingFields>,
  context: ActionContext,
): Promise<Outcome> {
  const places = reached(channel, context);
  if (isSentence(places)) return notDone(places);
  for (const { port, channelId } of places) await port.lock(channelId, locked, reasonText(reason));
  return done;
}
