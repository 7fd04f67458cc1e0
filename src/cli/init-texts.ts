import { findReferences } from "../language/secret-reference.ts";
import type { PlatformName } from "./templates.ts";

/** Where each secret comes from. */
const origins: Readonly<Record<string, string>> = {
  DISCORD_TOKEN: 'https://discord.com/developers/applications: your application, page "Bot", "Reset Token"',
  TELEGRAM_TOKEN: "Telegram: write /newbot to @BotFather",
  SLACK_BOT_TOKEN: 'https://api.slack.com/apps: your app, page "OAuth & Permissions"; begins with xoxb-',
  SLACK_APP_TOKEN:
    'https://api.slack.com/apps: your app, page "Basic Information", "App-Level Tokens" with connections:write; begins with xapp-',
};

/** The secrets that a bot.yaml refers to, each with where it comes from, without values. */
export function envExample(bot: string): string {
  const names = findReferences(bot).flatMap(({ reference }) => (reference.kind === "env" ? [reference.name] : []));
  const blocks = [...new Set(names)].map((name) => {
    const origin = origins[name];
    return `${origin === undefined ? "" : `# ${origin}\n`}${name}=\n`;
  });
  const head = "# Secrets of the bot. Copy this file to .env and fill it in; .env itself is shown to nobody.\n";
  return blocks.length === 0 ? `${head}# This bot needs none yet.\n` : `${head}\n${blocks.join("\n")}`;
}

const starts: Readonly<Record<PlatformName, string>> = {
  discord: `## Discord

1. Make an application at https://discord.com/developers/applications and open its page "Bot".
2. Press "Reset Token" and put the token into \`.env\` as \`DISCORD_TOKEN=…\`.
3. On the same page switch on "Message Content Intent" and, where the bot greets people, "Server Members Intent".
4. On the page "OAuth2" make an address with the scopes \`bot\` and \`applications.commands\` and the rights that the bot needs,
   and open it to invite the bot. In the server's settings drag its role above those of the people whom it is to mute or ban.
5. Write the server's name into \`bot.yaml\`: \`servers: [Name of your server]\` below the token. From then on misspelt channels
   and roles are found before the bot starts.
`,
  telegram: `## Telegram

1. Write \`/newbot\` to @BotFather and put the token into \`.env\` as \`TELEGRAM_TOKEN=…\`.
2. Where the bot is to hear every message of a group, send \`/setprivacy\` to @BotFather and choose "Disable", or make the
   bot an administrator of the group. To mute, ban or delete it must be one.
`,
  slack: `## Slack

1. Type \`botctl manifest slack\` and make an app from what it prints at https://api.slack.com/apps ("From a manifest").
2. Install it, and put the bot token into \`.env\` as \`SLACK_BOT_TOKEN=…\`.
3. On the page "Basic Information" make an app-level token with \`connections:write\` and put it into \`.env\` as
   \`SLACK_APP_TOKEN=…\`.
`,
  console: `## Console

\`botctl run --platform console\` runs the bot in your terminal, without an account anywhere. \`/as bob\` changes who types.
`,
};

/** What somebody who finds the folder must know. */
export function readmeOf(platforms: readonly PlatformName[]): string {
  const order: readonly PlatformName[] = ["discord", "telegram", "slack", "console"];
  const sections = order.filter((name) => name === "console" || platforms.includes(name)).map((name) => starts[name]);
  return `# A bot

The whole bot is \`bot.yaml\`. Secrets stand in \`.env\`: copy \`.env.example\` and fill it in.

- \`botctl run --platform console\` lets you talk to the bot in your terminal, without an account anywhere.
- \`botctl validate\` checks the file and says in plain words what to change; with \`--explain\` it reads the file back to you.
- \`botctl test\` tries out what stands under \`tests\`, without connecting to anything.
- \`botctl run\` runs the bot. It follows every change of the file while it runs.
- \`botctl explain\` and a word, such as \`botctl explain poll\`, tells about that word.

${sections.join("\n")}`;
}
