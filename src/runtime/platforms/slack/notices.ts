import type { Groups } from "./groups.ts";
import { type Delivery, isPayload } from "./intake.ts";
import type { People } from "./people.ts";
import type { Places } from "./places.ts";

export interface NoticeParts {
  readonly people: People;
  readonly places: Places;
  readonly groups: Groups;
  /** The app was uninstalled, or its tokens were revoked. */
  readonly onRemoved: () => void;
  /** Slack leaves events out, because there were more than 30,000 within an hour. */
  readonly onFlood: () => void;
}

/** Takes note of events that tell about the workspace, and about the connection itself. */
export function takeNotice({ type, body }: Delivery, parts: NoticeParts): void {
  if (type !== "events_api") return;
  const event = isPayload(body.event) ? body.event : body;
  const kind = String(event.type);
  if (kind === "app_rate_limited") parts.onFlood();
  else if (kind === "app_uninstalled" || (kind === "tokens_revoked" && hasBotToken(event.tokens))) parts.onRemoved();
  else if (kind === "user_change" || kind === "team_join") parts.people.changed(event.user);
  else if (kind.startsWith("subteam_")) parts.groups.changed();
  else if (/^(?:channel|group)_/.test(kind)) parts.places.changed(channelId(event.channel));
}

/** `tokens_revoked` tells of people's tokens too. */
function hasBotToken(tokens: unknown): boolean {
  return isPayload(tokens) && Array.isArray(tokens.bot) && tokens.bot.length > 0;
}

function channelId(channel: unknown): string | undefined {
  if (typeof channel === "string") return channel;
  return isPayload(channel) && typeof channel.id === "string" ? channel.id : undefined;
}
