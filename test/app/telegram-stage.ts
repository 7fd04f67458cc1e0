import type { User } from "grammy/types";
import {
  startTelegramSimulator,
  type TelegramSimulator,
  type TelegramSimulatorOptions,
} from "../simulators/telegram/index.ts";
import { type Stage, titled, type Who } from "./stage.ts";

export const telegramToken = "4242:harbour-token-of-no-real-bot";

export interface TelegramStage extends Stage {
  readonly telegram: TelegramSimulator;
  readonly people: Readonly<Record<Who, User>>;
  readonly group: ReturnType<TelegramSimulator["group"]>;
}

export interface TelegramStageOptions extends Partial<TelegramSimulatorOptions> {
  /** A free port, for a webhook; left out: long polling. */
  readonly webhookPort?: number;
}

export async function telegramStage({ webhookPort, ...options }: TelegramStageOptions = {}): Promise<TelegramStage> {
  const telegram = await startTelegramSimulator({ token: telegramToken, redeliverAfter: 5, ...options });
  const person = (who: Who) => telegram.user({ first_name: titled(who), username: who });
  const people = { olga: person("olga"), maud: person("maud"), ada: person("ada"), bob: person("bob") };
  const group = telegram.group({
    title: "Harbour",
    owner: people.olga,
    members: [people.maud, people.ada, people.bob],
    rights: ["can_delete_messages", "can_restrict_members"],
  });
  telegram.setMember(group, people.maud, "administrator", ["can_restrict_members"]);

  const texts = () =>
    telegram.messages(group).flatMap((message) => (message.from?.id === telegram.bot.id ? [message] : []));
  /** Messages are looked at when the simulator has answered the call that made them. */
  const sent = telegram.calls;
  const bySentence = (part: string) => () => texts().find((message) => message.text?.includes(part));
  const seen = async <T>(look: () => T | undefined, what: string): Promise<T> => {
    await sent.waitFor(() => look() !== undefined, { what });
    return look()!;
  };
  const webhook = `, webhook: { url: "http://127.0.0.1:${webhookPort}", path_token: "\${WEBHOOK_TOKEN}", secret_token: "\${TELEGRAM_SECRET}", listen: "127.0.0.1:${webhookPort}" }`;
  const typed = (options: Readonly<Record<string, string | Who>>) =>
    Object.values(options).map((value) => ` ${value in people ? stage.named(value as Who) : value}`);

  const stage: TelegramStage = {
    telegram,
    people,
    group,
    platform: "telegram",
    entry: `telegram: { token: "\${TELEGRAM_TOKEN}", api_root: "${telegram.url}", servers: "${group.id}"${webhookPort === undefined ? "" : webhook} }`,
    env: {
      TELEGRAM_TOKEN: telegramToken,
      WEBHOOK_TOKEN: "path-token-that-nobody-knows",
      TELEGRAM_SECRET: "secret-token-that-nobody-knows",
    },
    moderators: "can: mute_members",
    moderation: { word: "mute", done: (who) => telegram.member(group, people[who]).status === "restricted" },
    menu: () =>
      sent.all
        .filter(({ method, params }) => method === "setMyCommands" && isDefault(params.scope))
        .map(({ params }) => (params.commands as { command: string }[]).map(({ command }) => command))
        .at(-1) ?? [],
    named: (who) => `@${who}`,
    say: (who, text) => void telegram.say({ chat: group, from: people[who], text }),
    call(who, command, options = {}) {
      const said = telegram.say({ chat: group, from: people[who], text: `/${command}${typed(options).join("")}` });
      const answer = () => texts().find((message) => message.reply_to_message?.message_id === said.message_id);
      return { answer: async () => (await seen(answer, `an answer to /${command}`)).text ?? "" };
    },
    heard: () => texts().map((message) => message.text ?? ""),
    hears: async (part) => (await seen(bySentence(part), `"${part}"`)).text ?? "",
    press(who, label) {
      const message = texts().findLast(({ reply_markup }) =>
        reply_markup?.inline_keyboard.flat().some(({ text }) => text === label),
      );
      if (message === undefined) throw new Error(`no message carries a button "${label}"`);
      telegram.press({ from: people[who], message, button: label });
    },
    requests: () => sent.all.map(({ method }) => method).filter((method) => method !== "getUpdates"),
    problems: () => telegram.problems,
    close: telegram.close,
  };
  return stage;
}

function isDefault(scope: unknown): boolean {
  return scope === undefined || (scope as { type: string }).type === "default";
}
