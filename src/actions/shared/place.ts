import type { ResolvedPlace } from "../../contracts/fields.ts";
import { PlatformError, type PlatformPort } from "../../contracts/platform.ts";
import type { ActionContext } from "../../contracts/word.ts";
import { type Sentence, say } from "../../sentences/sentence.ts";

/** A channel of one platform, with the port that reaches it. */
export interface Reached {
  readonly port: PlatformPort;
  readonly channelId: string;
}

export const hereOr = (what: string) => `${what} The one where this happens, if left out.`;

/**
 * The channels that an action names, or the one that it happens in.
 * @returns a sentence when it names none and happens in none.
 * @throws PlatformError when a platform that is named is not connected.
 */
export function reached(
  places: readonly ResolvedPlace[] | undefined,
  context: ActionContext,
): readonly Reached[] | Sentence {
  if (places === undefined) {
    const { channel } = context.event;
    return channel === undefined ? say("no_channel_here") : [{ port: context.platform, channelId: channel.id }];
  }
  return places.map(({ platform, channel }) => {
    const port = context.port(platform);
    if (port === undefined)
      throw new PlatformError("unavailable", `The bot is not connected to ${platform} right now.`);
    return { port, channelId: channel.id };
  });
}
