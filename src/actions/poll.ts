import type { Json } from "../contracts/event.ts";
import type { OutMessage } from "../contracts/message.ts";
import { PlatformError } from "../contracts/platform.ts";
import { type ActionContext, defineAction, doneWith, notDone, type Outcome } from "../contracts/word.ts";
import { plainText, type RichText, richText } from "../language/rich-text.ts";
import { hasTags } from "../language/template/scan.ts";
import { t } from "../language/types.ts";
import { say } from "../sentences/sentence.ts";
import { isBlank, kept, withLine } from "./shared/asking.ts";

/** How often the counts under a poll are written anew at most. Milliseconds. */
const refreshMs = 2000;
/** How many names stand behind a choice. */
const mostNames = 15;
/** How many people one poll remembers: each vote is stored with all before it. */
const mostVoters = 4000;
/** How much of a name is remembered. */
const longestName = 40;

interface Vote {
  /** "" where nobody sees who voted for what. */
  readonly name: string;
  /** Numbers of the choices. */
  readonly picks: readonly number[];
  /** The press that made it so: one that is delivered again changes nothing. */
  readonly by: string;
}

/** What an open poll remembers. */
interface State {
  readonly wait: string;
  readonly endsAt: number;
  readonly choices: readonly string[];
  readonly messages: readonly { readonly platform: string; readonly channelId: string; readonly id: string }[];
  /** By platform and person. */
  readonly votes: Readonly<Record<string, Vote>>;
  readonly shownAt: number;
  /** Whether there are votes that the messages do not show. */
  readonly dirty: boolean;
}

const stateOf = (state: Json): State => state as unknown as State;

export const poll = defineAction({
  name: "poll",
  summary: "Lets people vote by buttons and goes on with the result when the time is over.",
  tells: [
    "let {who} vote[ in {to}] for {for}: {question} – {choices}",
    "let everybody vote[ in {to}] for {for}: {question} – {choices}",
  ],
  fields: {
    question: { kind: "text", about: "What is voted on.", limit: "textLength" },
    choices: {
      kind: "list",
      of: { kind: "plain", about: "One of the choices.", maxLength: 75 },
      about: "What people can vote for. What comes out empty is left out.",
      minItems: 2,
      maxItems: 25,
    },
    to: { kind: "places", about: "The channel or channels to ask in. Here, if left out.", optional: true },
    for: {
      kind: "duration",
      about: "How long people can vote.",
      default: "1h",
      minimumMs: 1000,
      maximumMs: 365 * 86_400_000,
      examples: ["2h"],
    },
    multiple: { kind: "boolean", about: "Whether one person may vote for several choices.", default: false },
    anonymous: {
      kind: "boolean",
      about: "Whether the message shows only how many voted for what, not who.",
      default: false,
    },
    who: { kind: "who", about: "Who may vote. Everybody, if left out.", optional: true },
  },
  uses: ["messages.send", "messages.buttons"],
  repeatable: true,
  waits: true,
  saves: (args) => {
    const choices = Array.isArray(args.choices) ? args.choices.map(String) : [];
    const choice = choices.some(hasTags) ? t.text : t.choice(choices);
    return t.object("result of a poll", {
      winners: t.list(choice),
      winner: t.optional(choice),
      votes: t.list(t.object("count of votes", { choice, count: t.integer }, "choice")),
      total: t.integer,
    });
  },
  outcomes: {
    done: "The time is over. save_as holds winners (several on a tie), winner, votes and total.",
    not_done: "There is no such place, or the bot may not write there.",
    failed: "The platform could not be reached.",
  },
  examples: [
    {
      about: "Which game is played",
      yaml: "poll: { question: Which game tonight?, choices: [Chess, Go], for: 2h }\nsave_as: game",
    },
    {
      about: "Several answers, in another channel, without names",
      yaml: "poll: { to: games, question: Which days?, choices: [Fri, Sat, Sun], multiple: yes, anonymous: yes, for: 1d }",
    },
  ],
  async run(args, context) {
    if (isBlank(args.question)) return notDone(say("question_empty"));
    // An option that nobody gave makes a choice without a word, which is none.
    const choices = [...new Set(args.choices.map((choice) => choice.trim()))].filter((choice) => choice !== "");
    if (choices.length < 2) return notDone(say("poll_too_few"));
    const state: State = {
      wait: context.newWait(),
      endsAt: context.now + args.for,
      choices,
      messages: [],
      votes: {},
      shownAt: context.now,
      dirty: false,
    };
    const message = shown(context, args.question, args, state, false);
    const messages: State["messages"][number][] = [];
    if (args.to === undefined) {
      const sent = await context.reply(message);
      messages.push({ platform: context.event.platform, channelId: sent.channelId, id: sent.id });
    }
    for (const { platform, channel } of args.to ?? []) {
      const port = context.port(platform);
      if (port === undefined)
        throw new PlatformError("unavailable", `The bot is not connected to ${platform} right now.`);
      messages.push({ platform, channelId: channel.id, id: (await port.send(channel.id, message)).id });
    }
    if (messages.length === 0) return notDone(say("poll_nowhere"));
    return waiting({ ...state, messages }, state.endsAt);
  },
  async answered(answer, json, args, context) {
    const state = stateOf(json);
    const { answerer, answerKey, now } = context;
    const pick = answer.kind === "press" ? Number(answer.choice) : Number.NaN;
    if (state.choices[pick] === undefined) return { end: "wait" };
    if (args.who !== undefined && (await args.who.matches(answerer)) !== true) {
      await context.tell(say("not_your_poll"));
      return { end: "wait" };
    }
    const voter = `${answerer.platform}:${answerer.person.id}`;
    const before = Object.hasOwn(state.votes, voter) ? state.votes[voter] : undefined;
    if (before?.by === answerKey) return { end: "wait" };
    if (before === undefined && Object.keys(state.votes).length >= mostVoters) {
      await context.tell(say("poll_full", { most: mostVoters }));
      return { end: "wait" };
    }
    const name = args.anonymous ? "" : answerer.person.name.slice(0, longestName);
    const picks = args.multiple ? toggled(before?.picks ?? [], pick) : [pick];
    const votes = { ...state.votes, [voter]: { name, picks, by: answerKey } };
    const next = { ...state, votes };
    if (now - state.shownAt < refreshMs) {
      const until = Math.min(state.shownAt + refreshMs, state.endsAt);
      return { end: "wait", state: kept({ ...next, dirty: true }), ...(state.dirty ? {} : { until }) };
    }
    await show(context, shown(context, args.question, args, next, false), state.messages);
    return { end: "wait", state: kept({ ...next, shownAt: now, dirty: false }), until: state.endsAt };
  },
  async unanswered(json, args, context) {
    const state = stateOf(json);
    if (context.now < state.endsAt) {
      await show(context, shown(context, args.question, args, state, false), state.messages);
      return waiting({ ...state, shownAt: context.now, dirty: false }, state.endsAt);
    }
    await show(context, shown(context, args.question, args, state, true), state.messages);
    const votes = state.choices.map((choice, index) => ({ choice, count: votersOf(state, index).length }));
    const most = Math.max(...votes.map(({ count }) => count));
    const winners = most === 0 ? [] : votes.filter(({ count }) => count === most).map(({ choice }) => choice);
    const total = Object.values(state.votes).filter(({ picks }) => picks.length > 0).length;
    return doneWith({ winners, winner: winners.length === 1 ? winners[0]! : null, votes, total });
  },
});

function waiting(state: State, until: number): Outcome {
  return { end: "await", wait: { id: state.wait, until, state: kept(state) } };
}

const toggled = (picks: readonly number[], pick: number): readonly number[] =>
  picks.includes(pick) ? picks.filter((one) => one !== pick) : [...picks, pick];

const votersOf = (state: State, choice: number): readonly Vote[] =>
  Object.values(state.votes).filter(({ picks }) => picks.includes(choice));

/** The poll as it stands: the question, a line for each choice once somebody voted, and its buttons while it is open. */
function shown(
  context: Pick<ActionContext, "say" | "limits">,
  question: RichText,
  { anonymous }: { readonly anonymous: boolean },
  state: State,
  isOver: boolean,
): OutMessage {
  const voted = Object.keys(state.votes).length > 0 || isOver;
  const linesOf = (nameless: boolean) =>
    voted ? state.choices.map((choice, index) => line(choice, votersOf(state, index), nameless)) : [];
  const room = Math.min(...state.messages.map(({ platform }) => context.limits(platform).textLength));
  const isLong = (lines: readonly string[]) => plainText(question).length + lines.join("\n").length > room;
  const named = linesOf(anonymous);
  // Where there is no room for names, how many have voted matters more.
  const lines = isLong(named) ? linesOf(true) : named;
  const counted = lines.reduce((text, one) => withLine(text, richText(one)), question);
  const text = isOver ? withLine(counted, [{ type: "italic", children: context.say(say("poll_over")) }]) : counted;
  if (isOver) return { text };
  const buttons = state.choices.map((label, index) => ({
    key: `${state.wait}.${index}`,
    label,
    style: "secondary" as const,
  }));
  return { text, buttons };
}

function line(choice: string, voters: readonly Vote[], anonymous: boolean): string {
  if (anonymous || voters.length === 0) return `${choice}: ${voters.length}`;
  const names = voters.slice(0, mostNames).map(({ name }) => name);
  const more = voters.length > mostNames ? ", …" : "";
  return `${choice}: ${voters.length} (${names.join(", ")}${more})`;
}

/** Writes the poll anew where it stands. A message that is gone does not end the vote. */
async function show(context: ActionContext, message: OutMessage, messages: State["messages"]): Promise<void> {
  for (const { platform, channelId, id } of messages) {
    if (!context.can("messages.edit", platform)) continue;
    try {
      await context.port(platform)?.editMessage(channelId, id, message);
    } catch (error) {
      context.log.warn({ error: error instanceof Error ? error.message : String(error) }, "a poll could not be shown");
    }
  }
}
