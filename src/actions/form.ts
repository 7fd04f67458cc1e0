import type { Json } from "../contracts/event.ts";
import type { Arguments, Fields } from "../contracts/fields.ts";
import type { OutForm } from "../contracts/message.ts";
import {
  type ActionContext,
  type AnswerContext,
  type Answered,
  type AwaitedMessage,
  defineAction,
  notDone,
} from "../contracts/word.ts";
import { type RichText, richText } from "../language/rich-text.ts";
import { t, type ValueType } from "../language/types.ts";
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
  isOneOf,
  isOutcome,
  kept,
  label,
  mayAnswer,
  type OpenQuestion,
  pressedIndex,
  savedAnswer,
  timeoutField,
  triesFields,
  withAnswers,
  withLine,
  yesAndNo,
} from "./shared/asking.ts";

const formField = {
  label: { kind: "plain", about: "What stands above the field.", maxLength: 100, limit: "formLabelLength" },
  long: { kind: "boolean", about: "Whether there is room for several lines.", default: false },
  required: { kind: "boolean", about: "Whether it must be filled in.", default: true },
  placeholder: { kind: "plain", about: "What stands in the field while it is empty.", optional: true, maxLength: 100 },
  ...answerFields,
  min_length: { ...answerFields.min_length, limit: "formInputLength" },
} as const satisfies Fields;

const fields = {
  title: { kind: "plain", about: "What stands above the form.", maxLength: 45 },
  text: { kind: "text", about: "What is said with it, where the form is not opened at once.", optional: true },
  fields: {
    kind: "map",
    about: "What is filled in, each under a name by which the result is read.",
    keys: "^[A-Za-z_][A-Za-z0-9_]*$",
    minItems: 1,
    maxItems: 25,
    of: { kind: "object", about: "One field.", short: "label", fields: formField },
  },
  button: {
    kind: "plain",
    about: "What the button says that opens the form. Fill in, if left out.",
    optional: true,
    maxLength: 75,
  },
  ...askedFields,
  ...timeoutField,
  ...triesFields,
} as const satisfies Fields;

type FormArguments = Arguments<typeof fields>;
type FieldArguments = FormArguments["fields"][string];

/** What an open form remembers; the question is what stands there now, or "" where the form was opened at once. */
interface State extends OpenQuestion {
  readonly wait: string;
  /** What was answered so far, where it is asked field by field. */
  readonly values: Readonly<Record<string, Value>>;
  /** The field that is asked for; without it, the platform has a form for it. */
  readonly at?: string;
  readonly left: number;
}

const stateOf = (state: Json): State => state as unknown as State;

export const form = defineAction({
  name: "form",
  summary: "Lets somebody fill in a form; where a platform has none, its fields are asked for one after the other.",
  tells: "let {to} fill in the form {title}[{where?direct= in private}] and wait {timeout} for it",
  fields,
  uses: ["messages.send"],
  feeds: ({ where }, can) => {
    if (can.has("forms")) return ["buttons"];
    return where === "direct" ? ["direct_messages"] : ["messages", "message_text"];
  },
  repeatable: true,
  waits: true,
  saves: (args, types) => {
    const record: Record<string, ValueType> = {};
    for (const [name, field] of Object.entries((args.fields ?? {}) as Record<string, Record<string, unknown>>)) {
      const type = savedAnswer(field, types);
      record[name] = field.required === false ? t.optional(type) : type;
    }
    return t.object("form", record);
  },
  outcomes: {
    done: "The form was filled in, and save_as holds what each field says.",
    not_done: "Nobody filled it in in time, it was cancelled, or what was filled in did not fit.",
    failed: "The platform could not be reached.",
  },
  examples: [
    {
      about: "An application",
      yaml: "form:\n  title: Join the crew\n  fields:\n    name: Your name\n    age: { label: Your age, type: integer, minimum: 16 }\n    why: { label: Why you?, long: yes, required: no }\nsave_as: application",
    },
  ],
  async run(args, context) {
    const person = args.to ?? context.event.user;
    const wait = context.newWait();
    const base = { wait, platform: context.event.platform, personId: person.id, values: {}, left: args.retries };
    const until = context.now + args.timeout;
    if (!context.can("forms")) {
      const [first] = Object.keys(args.fields);
      const asked = await askField(args, context, { ...base, channelId: "", questionId: "" }, first!);
      return "end" in asked ? asked : { end: "await", wait: { id: wait, until, ...asked } };
    }
    const isHere = person.id === context.event.user.id && args.where === "here";
    if (isHere && (await context.openForm(outForm(args, wait, context)))) {
      const state: State = { ...base, channelId: "", questionId: "" };
      return { end: "await", wait: { id: wait, until, state: kept(state) } };
    }
    const buttons = [
      {
        key: `${wait}.open`,
        label: args.button ?? label(context, "label_fill_in", args.to),
        style: "primary" as const,
      },
    ];
    const asked = await askPerson(args, context, { text: args.text ?? richText(args.title), buttons });
    if (isOutcome(asked)) return asked;
    const { channelId, questionId } = asked.message;
    return { end: "await", wait: { id: wait, until, state: kept({ ...base, channelId, questionId }) } };
  },
  async answered(answer, json, args, context) {
    const state = stateOf(json);
    if (!(await mayAnswer(undefined, state, context))) {
      if (answer.kind !== "message") await context.tell(say("not_your_question"));
      return { end: "wait" };
    }
    if (answer.kind === "form") return filledIn(args, context, state, answer.values);
    if (answer.kind === "press" && answer.choice === "open") {
      if (!(await context.openForm(outForm(args, state.wait, context)))) await context.tell(say("form_not_opened"));
      return { end: "wait" };
    }
    if (state.at === undefined) return { end: "wait" };
    const field = args.fields[state.at];
    if (field === undefined) return { end: "wait" };
    if (answer.kind === "press") {
      const answers = answersOf(field, context);
      const index = pressedIndex(answer, answers.length);
      if (index === undefined) return { end: "wait" };
      await closeQuestion(context, state, labelOf(field), answers[index]!);
      return next(args, context, state, field.type === "yes_no" ? index === 0 : answers[index]!);
    }
    const words = endWords(args.cancel, context.language);
    if (isOneOf(words, answer.message.text)) return { end: "not_done", reason: say("form_cancelled") };
    if (!field.required && isOneOf([label(context, "word_skip"), "skip"], answer.message.text))
      return next(args, context, state, null);
    const read = await context.read(answerType(field), answer.message);
    if (read.ok) return next(args, context, state, read.value);
    if (state.left === 0) return { end: "not_done", reason: read.reason };
    await context.tell(say("try_again", { problem: read.reason, word: words[0] }));
    return { end: "wait", state: kept({ ...state, left: state.left - 1 }) };
  },
  async unanswered(json, args, context) {
    const state = stateOf(json);
    if (state.questionId !== "" && state.at === undefined)
      await closeQuestion(context, state, args.text ?? richText(args.title), "");
    return notDone(say("unanswered"));
  },
});

function outForm(args: FormArguments, wait: string, context: Pick<ActionContext, "say">): OutForm {
  return {
    key: `${wait}.form`,
    title: args.title,
    fields: Object.entries(args.fields).map(([name, field]) => ({
      name,
      label: field.label,
      long: field.long,
      required: field.required,
      ...(field.min_length === undefined ? {} : { minLength: field.min_length }),
      ...(field.max_length === undefined ? {} : { maxLength: field.max_length }),
      ...(field.placeholder === undefined ? {} : { placeholder: field.placeholder }),
      ...(answersOf(field, context).length === 0 ? {} : { choices: answersOf(field, context) }),
    })),
  };
}

const answersOf = (field: FieldArguments, context: Pick<ActionContext, "say">): readonly string[] =>
  field.type === "yes_no" ? yesAndNo(context) : (field.choices ?? []);

const labelOf = (field: FieldArguments): RichText => richText(field.label);

/** Asks for one field; the first question says what it is all about. */
async function askField(
  args: FormArguments,
  context: Parameters<typeof askPerson>[1],
  state: State,
  name: string,
): Promise<{ readonly state: Json; readonly message: AwaitedMessage } | Extract<Answered, { end: "not_done" }>> {
  const field = args.fields[name]!;
  const answers = answersOf(field, context);
  const pressed = answers.length === 0 ? {} : answerButtons(context, state.wait, answers);
  const hasButtons = "buttons" in pressed || "menu" in pressed;
  const asks = field.required
    ? labelOf(field)
    : context.say(say("may_be_skipped", { field: field.label, word: label(context, "word_skip") }));
  const question = hasButtons ? asks : withAnswers(asks, answers);
  const isFirst = state.at === undefined;
  const title: RichText = args.text ?? [{ type: "bold", children: richText(args.title) }];
  const asked = await askPerson(args, context, { text: isFirst ? withLine(title, question) : question, ...pressed });
  if (isOutcome(asked)) return asked.end === "not_done" ? asked : { end: "not_done", reason: say("unanswered") };
  const { channelId, questionId } = asked.message;
  return { state: kept({ ...state, channelId, questionId, at: name }), message: asked.message };
}

/** Keeps a value and asks for the next field; after the last one the form is done. */
async function next(args: FormArguments, context: AnswerContext, state: State, value: Value): Promise<Answered> {
  const values = { ...state.values, [state.at!]: value };
  const names = Object.keys(args.fields);
  const name = names[names.indexOf(state.at!) + 1];
  if (name === undefined) return submitted(args, context, values);
  const asked = await askField(args, context, { ...state, values, left: args.retries }, name);
  if ("end" in asked) return asked;
  return { end: "wait", ...asked, until: context.now + args.timeout };
}

/** Reads what a form of the platform's own says; what does not fit is told, and the form can be opened again. */
async function filledIn(
  args: FormArguments,
  context: AnswerContext,
  state: State,
  given: Readonly<Record<string, string>>,
): Promise<Answered> {
  const values: Record<string, Value> = {};
  for (const [name, field] of Object.entries(args.fields)) {
    const text = (Object.hasOwn(given, name) ? given[name]! : "").trim();
    if (text === "" && !field.required) {
      values[name] = null;
      continue;
    }
    const read =
      text === ""
        ? { ok: false as const, reason: say("must_be_filled_in") }
        : await context.read(answerType(field), { text, entities: [] });
    if (read.ok) values[name] = read.value;
    else return fillInAgain(args, context, state, say("field_problem", { field: field.label, problem: read.reason }));
  }
  if (state.questionId !== "") await closeQuestion(context, state, args.text ?? richText(args.title), "");
  return submitted(args, context, values);
}

/** The form is whole: rules may listen for it. */
function submitted(args: FormArguments, context: AnswerContext, values: Readonly<Record<string, Value>>): Answered {
  const answers = kept(values) as Readonly<Record<string, Json>>;
  context.raise({ kind: "submitted", title: args.title, answers, user: context.answerer.person });
  return { end: "done", value: values };
}

async function fillInAgain(
  args: FormArguments,
  context: AnswerContext,
  state: State,
  problem: Sentence,
): Promise<Answered> {
  if (state.left === 0) return { end: "not_done", reason: problem };
  if (state.questionId !== "") await context.tell(say("fill_in_again", { problem }));
  else {
    const buttons = [
      { key: `${state.wait}.open`, label: args.button ?? label(context, "label_fill_in"), style: "primary" as const },
    ];
    await context.reply({ text: context.say(say("fill_in_again", { problem })), buttons, ephemeral: true });
  }
  return { end: "wait", state: kept({ ...state, left: state.left - 1 }), until: context.now + args.timeout };
}
