import type { Fields } from "../../../contracts/fields.ts";
import type { CanonicalTest, GivenWorld, PersonDoes, TestStep } from "../../../contracts/rehearsal.ts";
import { type Right, rights } from "../../../contracts/right.ts";
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
import { type DeclaredData, readExpectedData, readGivenData, readPersonalData } from "./test-data.ts";

const personFields = {
  id: { kind: "plain", about: "Their id on the platform.", optional: true },
  roles: {
    kind: "list",
    of: { kind: "plain", about: "A role." },
    lone: true,
    about: "Roles that they have.",
    default: [],
  },
  rights: {
    kind: "list",
    of: { kind: "choice", values: Object.keys(rights) as Right[], about: "A right." },
    lone: true,
    about: "Rights that the platform gives them.",
    default: [],
  },
  groups: {
    kind: "list",
    of: { kind: "plain", about: "A group under permissions." },
    lone: true,
    about: "Groups of permissions that they are in.",
    default: [],
  },
  owner: { kind: "boolean", about: "Whether the server is theirs.", default: false },
  rank: { kind: "integer", about: "How high they stand; the bot stands at 3.", optional: true },
  bot: { kind: "boolean", about: "Whether they are another bot.", default: false },
  language: { kind: "plain", about: "Their language, such as de.", optional: true },
  member_for: { kind: "duration", about: "How long they have been on the server.", optional: true },
  account_for: { kind: "duration", about: "How long they have been on the platform.", optional: true },
} as const satisfies Fields;

const givenFields = {
  time: { kind: "plain", about: "When the test begins.", examples: ["2026-01-05 12:00"], optional: true },
  chance: {
    kind: "list",
    of: { kind: "number", minimum: 0, maximum: 0.999999, about: "From 0 up to, not including, 1." },
    lone: true,
    about: "What every chance comes out as; several are taken in turn.",
    default: [],
  },
  web: {
    kind: "map",
    of: {
      kind: "object",
      short: "text",
      fields: {
        text: { kind: "plain", about: "What stands on it." },
        status: { kind: "integer", minimum: 100, maximum: 599, about: "How the server answers.", default: 200 },
      },
      about: "One page.",
    },
    about: "What other servers on the web answer, by the address without what stands behind the ?.",
    optional: true,
  },
} as const satisfies Fields;

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

/** One item under `tests:`, but for what is given and its steps. */
export const testFields = {
  name: { kind: "plain", about: "What it shows, in a few words.", maxLength: 200 },
  platforms: {
    kind: "list",
    of: { kind: "plain", about: "A platform." },
    lone: true,
    about: "The platforms that it is run on. All, if left out.",
    default: [],
  },
} as const satisfies Fields;

export const testSchemaFields = { personFields, givenFields, personStepFields, didFields, expectFields };

/** `tests:` in file order. `declared` says what the values of data mean. */
export function readTests(reading: Reading, written: Written, declared: DeclaredData): CanonicalTest[] {
  if (!isListWritten(written)) {
    if (written.value !== null) tellWrongType(reading, written, 'a list of tests, each beginning with "- name:"');
    return [];
  }
  return itemsOf(written).flatMap((item) => readTest(reading, item, declared) ?? []);
}

function readTest(reading: Reading, written: Written, declared: DeclaredData): CanonicalTest | undefined {
  const called = memberOf(written, "name");
  const where = typeof called?.value === "string" ? `the test "${called.value}"` : "this test";
  const args = readObject(reading, testFields, written, { where, ignore: new Set(["given", "steps"]) });
  const steps = memberOf(written, "steps");
  if (args === undefined) return undefined;
  if (steps === undefined) {
    const hint = "write steps: and under it what happens, such as - ada: /help";
    return tellKey(reading, written.pointer, { code: "missing-key", message: `${where} needs "steps".`, hint });
  }
  const { name, platforms } = args as unknown as Partial<CanonicalTest>;
  const given = readGiven(reading, memberOf(written, "given"), declared);
  const read = readSteps(reading, steps, declared);
  if (name === undefined || platforms === undefined || given === undefined || read === undefined) return undefined;
  return reading.origins.note({ name, platforms, given, steps: read }, written.pointer);
}

function readGiven(reading: Reading, written: Written | undefined, declared: DeclaredData): GivenWorld | undefined {
  if (written === undefined) return { chance: [], people: {}, data: {}, web: {} };
  const args = readObject(reading, givenFields, written, {
    where: '"given"',
    ignore: new Set(["people", "data"]),
  });
  if (args === undefined) return undefined;
  const members = memberOf(written, "people");
  if (members !== undefined && !isMapWritten(members)) return tellNoMap(reading, members, "lines such as ada: {}");
  const everybody: Record<string, GivenWorld["people"][string]> = {};
  if (members !== undefined) reading.origins.note(everybody, members.pointer);
  let failed = false;
  for (const name of Object.keys(members?.value ?? {})) {
    const member = memberOf(members!, name)!;
    const ignore = new Set(["data"]);
    const read = readObject(reading, personFields, member, { where: `"${name}"`, ignore });
    const data = readPersonalData(reading, declared, memberOf(member, "data"));
    if (read === undefined || data === undefined) failed = true;
    else everybody[name] = { ...read, data } as unknown as GivenWorld["people"][string];
  }
  const data = readGivenData(reading, declared, memberOf(written, "data"));
  if (failed || data === undefined) return undefined;
  return { web: {}, ...args, people: everybody, data } as unknown as GivenWorld;
}

function readSteps(reading: Reading, written: Written, declared: DeclaredData): TestStep[] | undefined {
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
  const [key] = keys;
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
  if (plain === "bot" || /^(the_)?bot_/.test(plain)) return "bot";
  return ["expect", "after", "restart"].find((word) => plain === word || plain === `${word}s` || plain === `${word}ed`);
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

/** A step that is only ever switched on. */
function readSet(reading: Reading, written: Written): true | undefined {
  const value = readYesNo(reading, written);
  if (value === true) return true;
  if (value !== undefined)
    tell(reading, written.pointer, { code: "bad-test", message: `write ${written.name}: yes, or delete the line.` });
  return undefined;
}
