import type { Json } from "../contracts/event.ts";
import { type AnswerContext, type Answered, defineAction, doneWith, notDone } from "../contracts/word.ts";
import type { Value } from "../language/values.ts";
import { type Sentence, say } from "../sentences/sentence.ts";
import {
  answerButtons,
  answerFields,
  answerType,
  askedFields,
  askPerson,
  closeQuestion,
  endWords,
  isBlank,
  isOneOf,
  isOutcome,
  kept,
  mayAnswer,
  type OpenQuestion,
  pressedIndex,
  savedAnswer,
  timeoutField,
  triesFields,
  whoField,
  withAnswers,
  yesAndNo,
} from "./shared/asking.ts";

/** What an open question remembers. */
interface State extends OpenQuestion {
  readonly answers: readonly string[];
  readonly hasButtons: boolean;
  /** How often somebody may still try again. */
  readonly left: number;
}

const stateOf = (state: Json): State => state as unknown as State;

export const ask = defineAction({
  name: "ask",
  aka: ["question", "prompt"],
  summary: "Asks somebody a question and goes on with the answer, which save_as keeps.",
  tells: [
    "ask {to} {question}[{where?direct= in private}][, offering {choices},][, to be answered by {who},] and wait {timeout} for the answer",
    "ask {who} {question}[, offering {choices},] and wait {timeout} for the answer",
  ],
  short: "question",
  fields: {
    question: { kind: "text", about: "The question.", limit: "textLength" },
    ...answerFields,
    ...askedFields,
    ...whoField,
    ...timeoutField,
    ...triesFields,
  },
  uses: ["messages.send"],
  usesWhen: { choices: "messages.buttons" },
  feeds: ({ where }) => (where === "direct" ? ["direct_messages"] : ["messages", "message_text"]),
  repeatable: true,
  waits: true,
  saves: (args, types) => savedAnswer(args, types),
  outcomes: {
    done: "Somebody answered, and save_as holds the answer.",
    not_done: "Nobody answered in time, the question was cancelled, or no answer fitted.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "Ask the person who caused this", yaml: "ask: What is your name?\nsave_as: name" },
    {
      about: "A number between two others",
      yaml: "ask: { question: How many?, type: integer, minimum: 1, maximum: 10 }\nsave_as: amount",
    },
    {
      about: "One of several answers, in private",
      yaml: 'ask: { question: Which size?, choices: [Small, Large], where: direct, timeout: 1h }\nsave_as: size\nelse:\n  - reply: "Never mind: {{ reason }}"',
    },
  ],
  async run(args, context) {
    if (isBlank(args.question)) return notDone(say("question_empty"));
    const wait = context.newWait();
    const answers = args.type === "yes_no" ? yesAndNo(context, args.to) : (args.choices ?? []);
    const pressed = answers.length === 0 ? {} : answerButtons(context, wait, answers);
    const hasButtons = "buttons" in pressed || "menu" in pressed;
    const text = hasButtons ? args.question : withAnswers(args.question, answers);
    const asked = await askPerson(args, context, { text, ...pressed });
    if (isOutcome(asked)) return asked;
    const { personId: _asked, ...place } = asked.message;
    const state: State = { ...place, personId: asked.person.id, answers, hasButtons, left: args.retries };
    const message = args.who === undefined ? asked.message : place;
    return { end: "await", wait: { id: wait, until: context.now + args.timeout, message, state: kept(state) } };
  },
  async answered(answer, json, args, context) {
    const state = stateOf(json);
    const isPress = answer.kind === "press";
    if (!(await mayAnswer(args.who, state, context))) {
      if (isPress) await context.tell(say("not_your_question"));
      return { end: "wait" };
    }
    const close = async (came: string): Promise<void> => {
      if (state.hasButtons) await closeQuestion(context, state, args.question, came);
    };
    if (isPress) {
      const index = pressedIndex(answer, state.answers.length);
      if (index === undefined) return { end: "wait" };
      await close(state.answers[index]!);
      return doneWith(args.type === "yes_no" ? index === 0 : state.answers[index]!) as Answered;
    }
    if (answer.kind === "form") return { end: "wait" };
    const words = endWords(args.cancel, context.language);
    if (isOneOf(words, answer.message.text)) {
      await close("");
      return notDone(say("question_cancelled")) as Answered;
    }
    const read = await context.read(answerType(args), answer.message);
    if (!read.ok) return tryAgain(state, read.reason, words[0], context, close);
    await close(answer.message.text);
    return { end: "done", value: read.value satisfies Value };
  },
  async unanswered(json, args, context) {
    const state = stateOf(json);
    if (state.hasButtons) await closeQuestion(context, state, args.question, "");
    return notDone(say("unanswered"));
  },
});

async function tryAgain(
  state: State,
  reason: Sentence,
  word: string | undefined,
  context: AnswerContext,
  close: (came: string) => Promise<void>,
): Promise<Answered> {
  if (state.left === 0) {
    await close("");
    return { end: "not_done", reason };
  }
  await context.tell(say("try_again", { problem: reason, word }));
  return { end: "wait", state: kept({ ...state, left: state.left - 1 }) };
}
