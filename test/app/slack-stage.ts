import {
  type SlackMessage,
  type SlackSimulator,
  type SlackSimulatorOptions,
  startSlackSimulator,
} from "../simulators/slack/index.ts";
import { isJson, objectsIn } from "../simulators/slack/json.ts";
import { eventually } from "../support/app.ts";
import { type Stage, titled, type Who, whos } from "./stage.ts";

export interface SlackStage extends Stage {
  readonly slack: SlackSimulator;
}

export interface SlackStageOptions extends SlackSimulatorOptions {
  /** A free port, for signed HTTP requests; left out: Socket Mode. */
  readonly httpPort?: number;
}

export async function slackStage({ httpPort, ...options }: SlackStageOptions = {}): Promise<SlackStage> {
  const slack = await startSlackSimulator({
    users: whos.map((name) => ({
      name,
      real_name: titled(name),
      display_name: titled(name),
      is_primary_owner: name === "olga",
      is_admin: name === "olga" || name === "maud",
    })),
    usergroups: [{ handle: "moderators", users: ["maud"] }],
    ...options,
  });
  if (httpPort !== undefined) slack.deliverTo(`http://127.0.0.1:${httpPort}/slack/events`);
  const { workspace } = slack;
  const channel = "general";
  const mention = (who: Who) => `<@${workspace.user(who).id}|${who}>`;
  const isWho = (text: string): text is Who => (whos as readonly string[]).includes(text);

  const said = (): SlackMessage[] => workspace.messages.filter((message) => message.user === workspace.bot.id);
  const textOf = ({ text }: SlackMessage) => text;
  const carries = (message: SlackMessage, label: string) =>
    (message.blocks ?? []).some((block) =>
      objectsIn(block.elements).some((element) => isJson(element.text) && element.text.text === label),
    );
  const intake =
    httpPort === undefined
      ? `app_token: "\${SLACK_APP_TOKEN}"`
      : `signing_secret: "\${SLACK_SIGNING_SECRET}", listen: "127.0.0.1:${httpPort}"`;

  return {
    slack,
    platform: "slack",
    entry: `slack: { bot_token: "\${SLACK_BOT_TOKEN}", ${intake}, command: /harbour, api_root: "${slack.apiUrl.replace(/\/$/, "")}", servers: Harbour }`,
    env: {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
    },
    moderators: "role: moderators",
    moderation: { word: "warn" },
    menu: () => undefined,
    named: mention,
    say: (who, text) => void slack.say({ channel, user: who, text }),
    call(who, command, given = {}) {
      const before = new Set(said());
      const values = Object.values(given).map((value) => ` ${isWho(value) ? mention(value) : value}`);
      slack.slash({ channel, user: who, command: "/harbour", text: `${command}${values.join("")}` });
      const me = workspace.user(who).id;
      const mine = ({ ephemeral_to }: SlackMessage) => ephemeral_to === undefined || ephemeral_to === me;
      return {
        answer: () =>
          eventually(() => {
            const found = said().find((message) => !before.has(message) && mine(message));
            if (found === undefined) throw new Error(`no answer to ${command}`);
            return textOf(found);
          }),
      };
    },
    heard: () => said().map(textOf),
    hears: (part) =>
      eventually(() => {
        const found = said().find((message) => textOf(message).includes(part));
        if (found === undefined) throw new Error(`nobody heard "${part}", only: ${said().map(textOf).join(" | ")}`);
        return textOf(found);
      }),
    press(who, label) {
      const message = said().findLast((each) => carries(each, label));
      if (message === undefined) throw new Error(`no message carries a button "${label}"`);
      slack.press({ user: who, message, label });
    },
    requests: () => slack.calls.all.map(({ method }) => method),
    problems: () => slack.problems,
    close: slack.close,
  };
}
