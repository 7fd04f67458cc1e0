import type { Json } from "../contracts/event.ts";
import { defineAction, notDone } from "../contracts/word.ts";
import { say } from "../sentences/sentence.ts";
import {
  askedFields,
  askPerson,
  closeQuestion,
  isBlank,
  isOutcome,
  kept,
  label,
  mayAnswer,
  type OpenQuestion,
  timeoutField,
  whoField,
} from "./shared/asking.ts";

const stateOf = (state: Json): OpenQuestion => state as unknown as OpenQuestion;

export const confirm = defineAction({
  name: "confirm",
  summary: "Asks for a yes before the actions after it are done.",
  tells: [
    "ask {to} {question}[{where?direct= in private}][, to be answered by {who}], wait {timeout} for the answer, and go on only with a yes",
    "ask {who} {question}, wait {timeout} for the answer, and go on only with a yes",
  ],
  short: "question",
  fields: {
    question: { kind: "text", about: "What is to be confirmed.", limit: "textLength" },
    yes: { kind: "plain", about: "What the button for yes says. Yes, if left out.", optional: true, maxLength: 75 },
    no: { kind: "plain", about: "What the button for no says. No, if left out.", optional: true, maxLength: 75 },
    ...askedFields,
    ...whoField,
    ...timeoutField,
  },
  uses: ["messages.send", "messages.buttons"],
  repeatable: true,
  waits: true,
  saves: (_args, types) => types.person,
  outcomes: {
    done: "It was confirmed. save_as keeps who did.",
    not_done:
      "It was declined, or nobody answered in time. A command that is declined does not count for its rate limit.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "Ask before something is done", yaml: 'confirm: "Really post this?"' },
    {
      about: "Somebody else must agree",
      yaml: 'confirm: { question: "{{ user.name }} wants to post. All right?", who: moderators, timeout: 1h }\nsave_as: moderator\nelse:\n  - reply: "{{ reason }}"',
    },
  ],
  async run(args, context) {
    if (isBlank(args.question)) return notDone(say("question_empty"));
    const wait = context.newWait();
    const asked = await askPerson(args, context, {
      text: args.question,
      buttons: [
        { key: `${wait}.yes`, label: args.yes ?? label(context, "label_yes", args.to), style: "success" },
        { key: `${wait}.no`, label: args.no ?? label(context, "label_no", args.to), style: "secondary" },
      ],
    });
    if (isOutcome(asked)) return asked;
    const state: OpenQuestion = { ...asked.message, personId: asked.person.id };
    return { end: "await", wait: { id: wait, until: context.now + args.timeout, state: kept(state) } };
  },
  async answered(answer, json, args, context) {
    if (answer.kind !== "press") return { end: "wait" };
    const state = stateOf(json);
    if (!(await mayAnswer(args.who, state, context))) {
      await context.tell(say("not_your_question"));
      return { end: "wait" };
    }
    const isYes = answer.choice === "yes";
    const came = isYes ? (args.yes ?? label(context, "label_yes")) : (args.no ?? label(context, "label_no"));
    await closeQuestion(context, state, args.question, came);
    if (isYes) return { end: "done", value: context.make.person(context.answerer.person) };
    await context.giveBack();
    return { end: "not_done", reason: say("declined") };
  },
  async unanswered(json, args, context) {
    await closeQuestion(context, stateOf(json), args.question, "");
    await context.giveBack();
    return notDone(say("unconfirmed"));
  },
});
