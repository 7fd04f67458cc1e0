import { defineCondition } from "../contracts/word.ts";

export const channel = defineCondition({
  name: "channel",
  aka: ["in_channel"],
  summary: "It happens in this channel, or in one of these.",
  tells: "it {?happens|does not happen} in {name}",
  short: "name",
  fields: {
    name: { kind: "places", asWritten: true, about: "The name or id of a channel, or several; one of them is enough." },
  },
  examples: [
    { about: "Only in one channel", yaml: "channel: general" },
    { about: "In one of several", yaml: "channel: [games, off-topic]" },
  ],
  steady: true,
  compile({ name: names }) {
    return async ({ event, here }) => {
      if (event.channel === undefined) return undefined;
      let unclear = false;
      for (const { platform, name } of names) {
        if (platform !== undefined && platform !== event.platform) continue;
        if (name === event.channel.id) return true;
        const found = await here.channelId(name);
        if (found === "unclear") unclear = true;
        else if (found !== "missing" && found.id === event.channel.id) return true;
      }
      return unclear ? undefined : false;
    };
  },
});
