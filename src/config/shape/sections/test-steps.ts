import type { Fields } from "../../../contracts/fields.ts";
import type { PersonDoes, TestStep } from "../../../contracts/rehearsal.ts";
import type { YamlMap } from "../../value.ts";
import { readList } from "../kinds/collection.ts";
import { readDuration, readYesNo } from "../kinds/small.ts";
import { readObject } from "../object.ts";
import {
  isListWritten,
  isMapWritten,
  itemsOf,
  memberOf,
  type Reading,
  tell,
  tellKey,
  tellNoMap,
  tellWrongType,
  textOf,
  type Written,
} from "../reading.ts";
import { type DeclaredData, readExpectedData } from "./test-data.ts";

/** What somebody can do in a test, by the key that says it. */
const deeds = {
  say: { kind: "plain", about: "What they write.", optional: true },
  press: { kind: "plain", about: "The label of the button that they press.", optional: true },
  pick: {
    kind: "list",
    of: { kind: "plain", about: "A choice." },
    lone: true,
    about: "What they pick from a menu.",
    optional: true,
  },
  fill: {
    kind: "map",
    of: { kind: "plain", about: "What they write there." },
    about: "What they fill into a form, by the names of its fields.",
    optional: true,
  },
  join: { kind: "boolean", about: "They join the server.", optional: true },
  leave: { kind: "boolean", about: "They leave the server.", optional: true },
  react: { kind: "plain", about: "The emoji that they put under the last message.", optional: true },
  edit: { kind: "plain", about: "What they change their last message to.", optional: true },
  delete: { kind: "boolean", about: "They delete their last message.", optional: true },
  get_role: { kind: "plain", about: "A role that somebody gives them.", optional: true },
  lose_role: { kind: "plain", about: "A role that somebody takes from them.", optional: true },
} as const satisfies Fields;

const personStepFields = {
  as: { kind: "plain", about: "Who does it." },
  ...deeds,
  in: { kind: "plain", about: "The channel where they do it.", optional: true },
  direct: { kind: "boolean", about: "Whether they do it in private with the bot.", default: false },
  attach: {
    kind: "list",
    of: { kind: "plain", about: "The name of a file." },
    lone: true,
    about: "Files that they send along.",
    default: [],
  },
} as const satisfies Fields;

/** Another program calls; its body is read for itself. */
const webhookStepFields = {
  webhook: { kind: "plain", about: "The path of a webhook that another program calls.", examples: ["deploy"] },
} as const satisfies Fields;

const didFields = {
  text: { kind: "plain", about: "What stands somewhere in what the bot says or does." },
  in: { kind: "plain", about: "The channel.", optional: true },
  to: { kind: "plain", about: "The only person who sees it.", optional: true },
} as const satisfies Fields;

const people = (about: string) =>
  ({ kind: "list", of: { kind: "plain", about: "Somebody." }, lone: true, about, optional: true }) as const;

const expectFields = {
  roles: {
    kind: "map",
    of: { kind: "list", of: { kind: "plain", about: "A role." }, lone: true, about: "Their roles." },
    about: "All roles that somebody has then.",
    optional: true,
  },
  warnings: {
    kind: "map",
    of: { kind: "integer", minimum: 0, about: "How many." },
    about: "How many warnings somebody has then.",
    optional: true,
  },
  muted: people("Who cannot write then."),
  banned: people("Who is banned then."),
  gone: people("Who is not on the server any more."),
  audit: {
    kind: "map",
    of: { kind: "plain", about: "The command or action." },
    about: "What the audit log must hold: its kind and the command or action.",
    optional: true,
  },
} as const satisfies Fields;

export const stepSchemaFields = { personStepFields, webhookStepFields, didFields, expectFields };

/** What happens in a test, and what must come of it. `declared` says what the values of data mean. */
export function readSteps(reading: Reading, written: Written, declared: DeclaredData): TestStep[] | undefined {
  if (!isListWritten(written)) return tellWrongType(reading, written, "a list of steps, such as - ada: /help");
  const out: TestStep[] = [];
  let failed = false;
  for (const item of itemsOf(written)) {
    const step = readStep(reading, item, declared);
    if (step === undefined) failed = true;
    else out.push(reading.origins.note(step, item.pointer));
  }
  return failed ? undefined : out;
}

function readStep(reading: Reading, written: Written, declared: DeclaredData): TestStep | undefined {
  if (!isMapWritten(written)) return tellNoMap(reading, written, "a step, such as - ada: /help or - bot: Hello");
  const keys = Object.keys(written.value);
  if (keys.includes("as")) return readPersonStep(reading, written);
  if (keys.includes("webhook")) return readWebhookStep(reading, written);
  const [key] = keys;
  if (key !== undefined && keys.every((one) => Object.hasOwn(personStepFields, one)))
    return tellNobody(reading, written);
  if (key === undefined || keys.length > 1) {
    const message = "a step is one thing: who does something, or what the bot does.";
    const hint = 'begin every step with a "-" of its own; more about what somebody does is { as: ada, say: …, in: … }';
    return tellKey(reading, written.pointer, { code: "bad-test", message, hint });
  }
  const member = memberOf(written, key)!;
  switch (key) {
    case "bot": {
      const field = { kind: "object", fields: didFields, short: "text", about: "What it did." } as const;
      const list = { kind: "list", of: field, lone: true, about: "What the bot did." } as const;
      const did = readList(reading, list, member);
      return did === undefined ? undefined : ({ does: "bot", did } as unknown as TestStep);
    }
    case "bot_silent":
      return readSet(reading, member) && { does: "silent" };
    case "restart":
      return readSet(reading, member) && { does: "restart" };
    case "after": {
      const ms = readDuration(reading, { kind: "duration", about: "How much later." }, member);
      return typeof ms === "number" ? { does: "after", ms } : undefined;
    }
    case "expect": {
      const expected = readObject(reading, expectFields, member, { where: '"expect"', ignore: new Set(["data"]) });
      const remembered = memberOf(member, "data");
      const data = readExpectedData(reading, declared, remembered);
      if (expected === undefined || data === undefined) return undefined;
      return { does: "expect", expected: { ...(remembered && { data }), ...expected } } as unknown as TestStep;
    }
    default: {
      const word = stepWord(key);
      if (word !== undefined) {
        const message = `nobody can be called "${key}" in a test. Did you mean "${word}"?`;
        return tellKey(reading, member.pointer, { code: "bad-test", message });
      }
      const says = textOf(reading, member);
      if (says !== undefined) return { does: "person", person: { as: key, say: says, direct: false, attach: [] } };
      return tellWrongType(reading, member, `what ${key} says, such as - ${key}: /help`);
    }
  }
}

/** The word of the steps that a name is too like to be a person's: a test that asks nothing must not pass. */
function stepWord(name: string): string | undefined {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  if (/^bot_?(is_)?(silent|quiet|nothing)$/.test(plain)) return "bot_silent";
  if (/^bots?$/.test(plain) || /^(the_)?bot_/.test(plain)) return "bot";
  return ["expect", "after", "restart", "webhook"].find(
    (word) => plain === word || plain === `${word}s` || plain === `${word}ed`,
  );
}

/** `- press: Yes`: a person called "press" who says "Yes" is never meant. */
function tellNobody(reading: Reading, written: Written & { readonly value: YamlMap }): undefined {
  const keys = Object.keys(written.value);
  const parts = keys.map((key) => `${key}: ${shownInBraces(textOf(reading, memberOf(written, key)!))}`);
  const deed = keys.some((key) => Object.hasOwn(deeds, key)) ? [] : ["say: …"];
  const hint = `write - { ${["as: ada", ...deed, ...parts].join(", ")} }`;
  return tellKey(reading, written.pointer, { code: "bad-test", message: "this step does not say who does it.", hint });
}

/** A value as it may stand between braces. */
function shownInBraces(text: string | undefined): string {
  if (text === undefined) return "…";
  return /^[\p{L}\p{N}/][\p{L}\p{N}_ .!?/'-]*$/u.test(text) ? text : JSON.stringify(text);
}

function readPersonStep(reading: Reading, written: Written): TestStep | undefined {
  const args = readObject(reading, personStepFields, written, { where: "this step" });
  if (args === undefined) return undefined;
  // What was meant has been asked already.
  if (Object.keys(written.value ?? {}).some((key) => !Object.hasOwn(personStepFields, key))) return undefined;
  const done = Object.keys(deeds).filter((deed) => args[deed] !== undefined && args[deed] !== false);
  if (done.length !== 1) {
    const message =
      done.length === 0 ? "this step does not say what happens." : "a step is one thing that somebody does.";
    const hint = "write one of say, press, pick, fill, join, leave, react, edit, delete, get_role, lose_role";
    return tellKey(reading, written.pointer, { code: "bad-test", message, hint });
  }
  return { does: "person", person: args as unknown as PersonDoes };
}

/** What another program calls, and what it sends: nothing, a text, or what stands as JSON in a real call. */
function readWebhookStep(reading: Reading, written: Written & { readonly value: YamlMap }): TestStep | undefined {
  const called = memberOf(written, "webhook")!;
  if (isMapWritten(called)) {
    const hint = "write webhook: and its path, and body: on a line of its own below it";
    return tellWrongType(reading, called, "the path of a webhook, such as deploy", hint);
  }
  const args = readObject(reading, webhookStepFields, written, { where: "this step", ignore: new Set(["body"]) });
  const path = args?.webhook;
  if (typeof path !== "string" || Object.keys(written.value).some((key) => key !== "webhook" && key !== "body"))
    return undefined;
  const body = memberOf(written, "body");
  const isText = body !== undefined && !isListWritten(body) && !isMapWritten(body);
  const sent = isText ? (textOf(reading, body) ?? "") : (body?.value ?? "");
  return { does: "webhook", webhook: path.replace(/^\//, ""), body: sent };
}

/** A step that is only ever switched on. */
function readSet(reading: Reading, written: Written): true | undefined {
  const value = readYesNo(reading, written);
  if (value === true) return true;
  if (value !== undefined)
    tell(reading, written.pointer, { code: "bad-test", message: `write ${written.name}: yes, or delete the line.` });
  return undefined;
}
