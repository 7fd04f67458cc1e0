import { ActivityType, type GatewayPresenceUpdateData, PresenceUpdateStatus } from "discord.js";
import type { ConnectionPlan } from "../../../contracts/platform.ts";

const types: Readonly<Record<string, ActivityType>> = {
  playing: ActivityType.Playing,
  watching: ActivityType.Watching,
  listening: ActivityType.Listening,
  competing: ActivityType.Competing,
  custom: ActivityType.Custom,
};

export function presenceOf({ activity }: ConnectionPlan): GatewayPresenceUpdateData {
  const type = types[activity?.type ?? ""] ?? ActivityType.Playing;
  const text = activity?.text ?? "";
  return {
    since: null,
    afk: false,
    status: PresenceUpdateStatus.Online,
    activities:
      activity === undefined
        ? []
        : [type === ActivityType.Custom ? { type, name: "Custom Status", state: text } : { type, name: text }],
  };
}
