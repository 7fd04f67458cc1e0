import type { Fields } from "../../../contracts/fields.ts";
import type { CanonicalTest, GivenWorld } from "../../../contracts/rehearsal.ts";
import { type Right, rights } from "../../../contracts/right.ts";
import { parseMoment } from "../../../language/moment.ts";
import { readObject } from "../object.ts";
import {
  isListWritten,
  isMapWritten,
  itemsOf,
  memberOf,
  type Reading,
  tellKey,
  tellNoMap,
  tellProblem,
  tellWrongType,
  textOf,
  type Written,
} from "../reading.ts";
import { type DeclaredData, readGivenData, readPersonalData } from "./test-data.ts";
import { readSteps } from "./test-steps.ts";

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

export const givenSchemaFields = { personFields, givenFields };

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
  const meant = new Set<string>();
  const args = readObject(reading, testFields, written, { where, ignore: new Set(["given", "steps"]), meant });
  const steps = memberOf(written, "steps");
  if (args === undefined || (steps === undefined && meant.has("steps"))) return undefined;
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
  if (args === undefined || !isMoment(reading, memberOf(written, "time"))) return undefined;
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

/** Whether the time that a test begins at is one; which moment it is depends on the time zone of the bot. */
function isMoment(reading: Reading, written: Written | undefined): boolean {
  const text = written && textOf(reading, written);
  const read = text === undefined ? undefined : parseMoment(text, "UTC");
  if (written === undefined || read === undefined || read.ok) return true;
  tellProblem(reading, written.pointer, read.problem);
  return false;
}
