import { auditKinds } from "../contracts/audit.ts";
import { defineAction, doneWith, notDone } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import { instant } from "../language/values.ts";
import { say } from "../sentences/sentence.ts";

const day = 86_400_000;

export const audit_search = defineAction({
  name: "audit_search",
  aka: ["audit_log"],
  summary: "Looks into the audit log of this server, changes of the file among it. Keep what is found with save_as.",
  tells: "look into the audit log, as far back as {since}[, for {kind} rows][, about {person}]",
  bare: true,
  fields: {
    person: { kind: "person", about: "Who did it, or whom it was done to. Anybody, if left out.", optional: true },
    kind: {
      kind: "choice",
      values: [...auditKinds, "custom"],
      about: "What sort of rows. All, if left out.",
      optional: true,
    },
    since: { kind: "duration", about: "How far back.", default: "30d", minimumMs: 1000, maximumMs: 3650 * day },
    most: { kind: "integer", about: "How many rows at most, the latest first.", default: 20, minimum: 1, maximum: 100 },
  },
  right: "manage_server",
  repeatable: true,
  saves: t.list(
    t.object(
      "row",
      { time: t.time, kind: t.text, person: t.text, action: t.text, outcome: t.text, sentence: t.text },
      "sentence",
    ),
  ),
  outcomes: {
    done: "The log was read. save_as keeps a list of rows, each with time, kind, person, action, outcome and sentence; an empty one where nothing was found.",
    not_done: "This is not a home server.",
    failed: "The storage could not be read.",
  },
  examples: [
    {
      about: "What was done to somebody, or by them, in the last week",
      yaml: 'audit_search: { person: "{{ options.member }}", kind: moderation, since: 7d }\nsave_as: rows',
    },
  ],
  async run({ person, kind, since, most }, { control }) {
    if (!(await control.isHome())) return notDone(say("not_at_home"));
    const found = await control.search({
      ...(person === undefined ? {} : { personId: person.id }),
      ...(kind === undefined ? {} : { kind }),
      sinceMs: since,
      most,
    });
    return doneWith(
      found.map(({ at, kind, person, action, outcome, sentence }) => ({
        ...{ time: instant(at), kind, person, action, outcome, sentence },
      })),
    );
  },
});
