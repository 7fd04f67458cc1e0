import type { APIMessage } from "discord.js";
import type { Invocation } from "../simulators/discord/interactions/people.ts";
import { type DiscordOptions, type DiscordSimulator, startDiscordSimulator } from "../simulators/discord/simulator.ts";
import { eventually } from "../support/app.ts";
import { type Stage, titled, type Who, whos } from "./stage.ts";

export interface DiscordStage extends Stage {
  readonly discord: DiscordSimulator;
}

export async function discordStage(options: Partial<DiscordOptions> = {}): Promise<DiscordStage> {
  const discord = await startDiscordSimulator({
    guilds: [
      {
        name: "Harbour",
        owner: "Olga",
        roles: [{ name: "Moderator", permissions: ["ModerateMembers"] }],
        channels: ["general", "lookout"],
        members: [{ name: "Olga" }, { name: "Maud", roles: ["Moderator"] }, { name: "Ada" }, { name: "Bob" }],
      },
    ],
    ...options,
  });
  const invocations: Invocation[] = [];
  const isWho = (text: string): text is Who => (whos as readonly string[]).includes(text);

  const messages = (): APIMessage[] => {
    const answers = invocations.flatMap(({ interaction }) =>
      interaction.steps.all.flatMap((step) => ("message" in step && step.message !== undefined ? [step.message] : [])),
    );
    const all = [...discord.posts.all.map(({ message }) => message), ...answers];
    return [...new Map(all.map((message) => [message.id, message])).values()];
  };
  const heard = () => messages().map((message) => message.content);
  const buttonOf = (message: APIMessage, label: string): string | undefined => {
    for (const row of message.components ?? [])
      for (const each of "components" in row ? row.components : [])
        if ("label" in each && each.label === label && "custom_id" in each) return each.custom_id;
    return undefined;
  };

  return {
    discord,
    platform: "discord",
    entry: `discord: { token: "\${DISCORD_TOKEN}", prefix: "!", api_root: "${discord.apiRoot}", servers: Harbour }`,
    env: { DISCORD_TOKEN: discord.token },
    moderators: "role: Moderator",
    moderation: {
      word: "mute",
      done: (who) => discord.find.member(titled(who)).timedOutUntil !== null,
    },
    menu: () =>
      [...discord.world.globalCommands.values(), ...(guildCommands(discord) ?? [])].map((command) => command.name),
    named: titled,
    say: (who, content) => void discord.say({ author: titled(who), content }),
    call(who, command, given = {}) {
      const values = Object.entries(given).map(([name, value]) => [name, isWho(value) ? titled(value) : value]);
      const invocation = discord.slash({ user: titled(who), command, options: Object.fromEntries(values) });
      invocations.push(invocation);
      return { answer: async () => (await invocation.response()).content };
    },
    heard,
    hears: (part) =>
      eventually(() => {
        const found = heard().find((text) => text.includes(part));
        if (found === undefined) throw new Error(`nobody heard "${part}", only: ${heard().join(" | ")}`);
        return found;
      }),
    press(who, label) {
      const message = messages().findLast((each) => buttonOf(each, label) !== undefined);
      if (message === undefined) throw new Error(`no message carries a button "${label}"`);
      invocations.push(discord.press({ user: titled(who), message, custom_id: buttonOf(message, label)! }));
    },
    requests: () => discord.calls.all.map(({ method, path }) => `${method} ${path}`),
    problems: () => discord.problems,
    close: discord.close,
  };
}

function guildCommands(discord: DiscordSimulator) {
  return discord.world.guildCommands.get(discord.find.guild().id)?.values();
}
