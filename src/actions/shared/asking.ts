import type { Json, Person } from "../../contracts/event.ts";
import type { Arguments, Fields } from "../../contracts/fields.ts";
import type { OutButton, OutMenu, OutMessage } from "../../contracts/message.ts";
import type { Who } from "../../contracts/permission.ts";
import type { SavedTypes } from "../../contracts/word.ts";
import {
  type ActionContext,
  type AnswerContext,
  type AnswerType,
  type AwaitedMessage,
  notDone,
  type Outcome,
} from "../../contracts/word.ts";
import { plainText, type RichText, richText } from "../../language/rich-text.ts";
import { hasTags } from "../../language/template/scan.ts";
import { t, type ValueType } from "../../language/types.ts";
import { say } from "../../sentences/sentence.ts";

/** What every word that asks somebody may say. */
export const askedFields = {
  to: { kind: "person", about: "Who is asked. The person who caused this, if left out.", optional: true, causer: true },
  where: {
    kind: "choice",
    values: ["here", "direct"],
    about: "Where to ask: here in the channel, or in private (direct).",
    default: "here",
  },
} as const satisfies Fields;

export const timeoutField = {
  timeout: {
    kind: "duration",
    about: "How long the bot waits for an answer.",
    default: "10m",
    minimumMs: 1000,
    maximumMs: 365 * 86_400_000,
  },
} as const satisfies Fields;

export const triesFields = {
  retries: {
    kind: "integer",
    about: "How often somebody may try again after an answer that does not fit.",
    default: 3,
    minimum: 0,
    maximum: 100,
  },
  cancel: {
    kind: "list",
    of: { kind: "plain", about: "A word that ends the question.", maxLength: 50 },
    lone: true,
    about: "Words that end the question without an answer; cancel and stop in the bot's language, if left out.",
    optional: true,
  },
} as const satisfies Fields;

export const whoField = {
  who: {
    kind: "who",
    about: "Who may answer. Only the person who is asked, if left out.",
    optional: true,
  },
} as const satisfies Fields;

/** The kinds of answers, as they are written in a file. */
const answerTypes = [
  "text",
  "integer",
  "number",
  "yes_no",
  "choice",
  "duration",
  "time",
  "member",
  "user",
  "role",
  "channel",
] as const;

/** What an answer must be like. */
export const answerFields = {
  type: {
    kind: "choice",
    values: answerTypes,
    about: "What the answer must be: text, or choice where there are choices, if left out.",
    optional: true,
  },
  choices: {
    kind: "list",
    of: { kind: "plain", about: "One of the answers.", maxLength: 100, limit: "choiceLength" },
    about: "The answers to choose from, as buttons where that is possible.",
    optional: true,
    maxItems: 25,
  },
  minimum: { kind: "number", about: "The smallest number that is allowed.", optional: true },
  maximum: { kind: "number", about: "The largest number that is allowed.", optional: true },
  min_length: { kind: "integer", about: "How many characters it must have.", optional: true, minimum: 0 },
  max_length: { kind: "integer", about: "How many characters it may have.", optional: true, minimum: 1 },
} as const satisfies Fields;

type AnswerArguments = Arguments<typeof answerFields>;

export function answerType(args: AnswerArguments): AnswerType {
  const written = args.type ?? (args.choices === undefined ? "text" : "choice");
  return {
    type: written === "yes_no" ? "boolean" : (written as AnswerType["type"]),
    ...(args.choices === undefined ? {} : { choices: args.choices }),
    ...(args.minimum === undefined ? {} : { minimum: args.minimum }),
    ...(args.maximum === undefined ? {} : { maximum: args.maximum }),
    ...(args.min_length === undefined ? {} : { minLength: args.min_length }),
    ...(args.max_length === undefined ? {} : { maxLength: args.max_length }),
  };
}

/** The static type of an answer, by what is written in the file. */
export function savedAnswer(written: { readonly [key: string]: unknown }, types: SavedTypes): ValueType {
  const choices = Array.isArray(written.choices) ? written.choices.map(String) : undefined;
  const known = choices === undefined || choices.some(hasTags) ? t.text : t.choice(choices);
  if (typeof written.type === "object") return t.unknown;
  if (written.type === undefined && choices === undefined && written.question !== undefined)
    return { kind: "text", answer: true };
  switch (written.type ?? (choices === undefined ? "text" : "choice")) {
    case "integer":
      return t.integer;
    case "number":
      return t.number;
    case "yes_no":
      return t.boolean;
    case "duration":
      return t.duration;
    case "time":
      return t.time;
    case "member":
    case "user":
      return types.person;
    case "role":
      return types.role;
    case "channel":
      return types.channel;
    case "choice":
      return known;
    default:
      return t.text;
  }
}

/** A question that was put to somebody. */
export interface Asked {
  readonly person: Person;
  readonly message: AwaitedMessage & { readonly questionId: string };
}

/** Puts a question to whom the arguments name; an outcome instead where there is nobody to ask. */
export async function askPerson(
  args: Arguments<typeof askedFields>,
  context: ActionContext,
  message: OutMessage,
): Promise<Asked | Outcome> {
  const person = args.to ?? context.event.user;
  if (person.isBot) return notDone(say("nobody_to_ask"));
  const { platform, channel } = context.event;
  if (person.platform !== platform)
    return notDone(say("ask_elsewhere", { name: person.name, platform: person.platform, here: platform }));
  const isDirect = args.where === "direct" || channel === undefined;
  const sent = isDirect ? await context.platform.direct(person.id, message) : await context.reply(message);
  const channelId = isDirect ? sent.channelId : channel.id;
  return { person, message: { platform, channelId, personId: person.id, questionId: sent.id } };
}

export const isOutcome = (asked: Asked | Outcome): asked is Outcome => "end" in asked;

/** Buttons (or a menu, where there are too many) whose keys are the wait's id and the answer's number. */
export function answerButtons(
  context: Pick<ActionContext, "can" | "limits">,
  wait: string,
  answers: readonly string[],
): { readonly buttons: readonly OutButton[] } | { readonly menu: OutMenu } | Record<string, never> {
  const limits = context.limits();
  const short = answers.every((answer) => answer.length <= limits.buttonLabelLength);
  if (answers.length > 5 && context.can("messages.menu"))
    return {
      menu: {
        key: `${wait}.menu`,
        choices: answers.map((label, index) => ({ value: String(index), label })),
        multiple: false,
      },
    };
  if (!short || answers.length > limits.buttons || !context.can("messages.buttons")) return {};
  return { buttons: answers.map((label, index) => ({ key: `${wait}.${index}`, label, style: "secondary" })) };
}

/** The question with its answers in words, where they are no buttons. */
export function withAnswers(question: RichText, answers: readonly string[]): RichText {
  return answers.reduce((text, answer) => withLine(text, richText(`- ${answer}`)), question);
}

/** Two texts, one under the other; neighbouring plain texts become one, as rich text promises. */
export function withLine(text: RichText, line: RichText): RichText {
  const below: RichText = [{ type: "text", text: "\n" }, ...line];
  const out = [...text];
  for (const node of below) {
    const last = out.at(-1);
    if (node.type === "text" && last?.type === "text")
      out[out.length - 1] = { type: "text", text: last.text + node.text };
    else out.push(node);
  }
  return out;
}

/** Which answer a press or a pick stands for; undefined where it stands for none. */
export function pressedIndex(
  answer: { readonly choice: string; readonly picked?: readonly string[] },
  most: number,
): number | undefined {
  const text = answer.choice === "menu" ? answer.picked?.[0] : answer.choice;
  const index = text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : -1;
  return index >= 0 && index < most ? index : undefined;
}

/** Where a question stands, and who was asked. */
export interface OpenQuestion {
  readonly platform: string;
  readonly personId: string;
  readonly channelId: string;
  readonly questionId: string;
}

/** Whether somebody may answer: those whom `who` lets in, else only the person who was asked. */
export async function mayAnswer(
  who: Who | undefined,
  asked: Pick<OpenQuestion, "platform" | "personId">,
  { answerer }: AnswerContext,
): Promise<boolean> {
  if (who !== undefined) return (await who.matches(answerer)) === true;
  return answerer.platform === asked.platform && answerer.person.id === asked.personId;
}

/** A word on a button, or one that people type, as whoever is asked reads it. */
export function label(
  context: Pick<ActionContext, "say">,
  key: "label_yes" | "label_no" | "label_fill_in" | "word_skip",
  person?: Person,
): string {
  return plainText(context.say(say(key), person));
}

/** The answers to a question that is answered by yes or no. */
export function yesAndNo(context: Pick<ActionContext, "say">, person?: Person): readonly string[] {
  return [label(context, "label_yes", person), label(context, "label_no", person)];
}

/** Words that end a question, by language; English ones work everywhere. */
const cancelWords: Readonly<Record<string, readonly string[]>> = {
  en: ["cancel", "stop"],
  es: ["cancelar", "parar"],
  de: ["abbrechen", "stopp"],
  fr: ["annuler", "arrêter"],
  it: ["annulla", "ferma"],
  pt: ["cancelar", "parar"],
  nl: ["annuleren", "stoppen"],
  pl: ["anuluj", "stop"],
  ru: ["отмена", "стоп"],
  uk: ["скасувати", "стоп"],
  tr: ["iptal", "dur"],
  ja: ["キャンセル", "中止"],
};

/** The words that end this question; the first is the one that people are told. */
export function endWords(written: readonly string[] | undefined, language: string): readonly string[] {
  if (written !== undefined) return written;
  return [...(cancelWords[language.split("-")[0]!] ?? []), ...cancelWords.en!];
}

export function isOneOf(words: readonly string[], text: string): boolean {
  const said = text.trim().toLowerCase();
  return words.some((word) => word.toLowerCase() === said);
}

/** Takes the buttons of a question away and says what came of it. A message that is gone or cannot be changed stays. */
export async function closeQuestion(
  context: ActionContext,
  { platform, channelId, questionId }: Omit<OpenQuestion, "personId">,
  question: RichText,
  came: string,
): Promise<void> {
  if (!context.can("messages.edit", platform)) return;
  const text = came === "" ? question : withLine(question, [{ type: "italic", children: richText(came) }]);
  try {
    await context.port(platform)?.editMessage(channelId, questionId, { text });
  } catch (error) {
    context.log.warn(
      { error: error instanceof Error ? error.message : String(error) },
      "a question could not be closed",
    );
  }
}

/** Plain JSON, as waits keep it. */
export const kept = (state: object): Json => JSON.parse(JSON.stringify(state)) as Json;

export const isBlank = (text: RichText): boolean => plainText(text).trim() === "";
