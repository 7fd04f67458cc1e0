import { readFileSync, writeFileSync } from "node:fs";
import { entryOf } from "../audit/rows.ts";
import { sentenceOf } from "../audit/sentences.ts";
import type { Json } from "../contracts/event.ts";
import type { DataKey, KnownPerson, PersonalCounts, StoredDatum, Warning } from "../contracts/store.ts";
import type { BotPlan } from "../plan/program.ts";
import type { Records } from "../records.ts";
import { createEarlierNames } from "../runtime/earlier-names.ts";
import { counted } from "./counted.ts";
import { exitCodes } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { type Backup, readBackup, writtenDatum } from "./memory/backup.ts";
import { findNamed, type Named } from "./memory/person.ts";
import { underWay } from "./memory/under-way.ts";
import { Trouble } from "./trouble.ts";
import { type RecordsOptions, withRecords } from "./with-records.ts";

/** Rows that are read or written together. */
const together = 500;

/** Writes what the bot remembers, of one person or of everybody, as JSON. */
export function exportData(options: RecordsOptions & { readonly user?: string; readonly out?: string }, io: Io) {
  return withRecords(options, io, async (records) => {
    const person = options.user === undefined ? undefined : await findNamed(records, options.user);
    const backup = person === undefined ? await everything(records) : await allOf(records, person);
    const text = `${JSON.stringify(backup, null, 2)}\n`;
    const whose = person === undefined ? "of everybody" : `of ${person.name}`;
    await records.audit.write({
      kind: "config",
      action: person === undefined ? "all data was exported" : "the data of a person was exported",
      outcome: "done",
      ...(person === undefined ? {} : { platform: person.platform, target: { id: person.id, name: person.name } }),
    });
    if (options.out === undefined) io.out(text);
    else {
      // It is somebody's own: nobody else on this machine may read it.
      writeFileSync(options.out, text, { mode: 0o600 });
      io.err(`The data ${whose} is in ${options.out}: ${contentOf(backup)}.\n`);
    }
    if (person === undefined) io.err(`${notInBackup} ${wholeCopy(records.plan)}\n`);
    return exitCodes.valid;
  });
}

/** Puts an export back: values replace those that are there, warnings that are there stay. */
export function importData(backupFile: string, options: RecordsOptions, io: Io) {
  return withRecords(options, io, async ({ plan, store, audit }) => {
    const backup = readBackup(readFileSync(backupFile, "utf8"), backupFile, plan.data);
    for (let from = 0; from < backup.data.length; from += together) {
      const some = backup.data.slice(from, from + together);
      const keys = some.map(
        ({ name, scope, platform, server, subject }): DataKey => ({
          name,
          owner: { scope, platform, server, subject },
        }),
      );
      await store.data.change(keys, () => some.map(({ value }) => value));
    }
    for (const one of backup.people) await store.people.seen(one.platform, one, one.seenAt);
    const warnings = await store.warnings.restore(backup.warnings);
    const details = { values: backup.data.length, warnings };
    await audit.write({ kind: "config", action: "data was imported", outcome: "done", details });
    io.err(
      `Read from ${backupFile}: ${contentOf(backup)}.${newOf(warnings, backup.warnings.length)}\n${notInBackup}\n`,
    );
    return exitCodes.valid;
  });
}

/** Deletes everything that is kept of one person. */
export function deleteData(options: RecordsOptions & { readonly user: string; readonly yes: boolean }, io: Io) {
  return withRecords(options, io, async (records) => {
    const { store, audit } = records;
    const person = await findNamed(records, options.user);
    const { platform, id } = person;
    const rows = (await store.audit.about(platform, id)).filter(({ content }) => content !== "").length;
    const lines = deletedLines(await store.personal.count(platform, id), rows);
    if (lines.length === 0) {
      io.err(`Nothing is kept of ${person.name} (${platform}:${id}).\n`);
      return exitCodes.valid;
    }
    io.err(`Of ${person.name} (${platform}:${id}) is kept:\n${lines.map((line) => `  ${line}\n`).join("")}`);
    if (!options.yes && !(await isSure(person))) {
      io.err("Nothing was deleted.\n");
      return exitCodes.failed;
    }
    const counts = await store.personal.erase(platform, id);
    const erased = await store.audit.erase(platform, id);
    // Whose it was is what has just been deleted, so it is not written down again.
    const details: Record<string, Json> = { ...counts, audit: erased };
    await audit.write({
      kind: "config",
      platform,
      action: "the data of a person was deleted",
      outcome: "done",
      details,
    });
    io.err(
      counts.jobs + counts.asked + counts.shared > 0 ? "It is deleted, but for what stays.\n" : "It is deleted.\n",
    );
    return exitCodes.valid;
  });
}

async function everything({ plan, store }: Records): Promise<Backup> {
  const data = await pages<StoredDatum>((after) => store.data.page(after, together));
  const warnings = await pages<Warning>((after) => store.warnings.page(after?.id ?? 0, together));
  const people = await pages<KnownPerson>((after) => store.people.page(after, together));
  return { ...head(plan.config.bot.name), people, data: data.map(writtenDatum), warnings };
}

async function allOf({ plan, store }: Records, { platform, id, name }: Named): Promise<Backup> {
  const [data, warnings, people, work, rows] = await Promise.all([
    store.personal.data(platform, id),
    store.personal.warnings(platform, id),
    store.people.named(platform, [id]),
    store.personal.work(platform, id),
    store.audit.about(platform, id),
  ]);
  const names = createEarlierNames(store.facts);
  await names.load();
  const audit = rows.map((row): Json => {
    const entry = entryOf(row);
    return {
      at: new Date(row.at).toISOString(),
      sentence: sentenceOf(entry),
      ...(JSON.parse(JSON.stringify(entry)) as object),
    };
  });
  return {
    ...head(plan.config.bot.name),
    person: { platform, id, name },
    people,
    data: data.map(writtenDatum),
    warnings,
    under_way: underWay(work, (ruleId) => names.currentRule(plan, ruleId)),
    audit,
  };
}

function head(bot: string): Pick<Backup, "botctl" | "version" | "bot" | "exported_at"> {
  return { botctl: "data", version: 1, bot, exported_at: new Date().toISOString() };
}

async function pages<Item>(page: (after: Item | undefined) => Promise<readonly Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for (;;) {
    const some = await page(all.at(-1));
    all.push(...some);
    if (some.length < together) return all;
  }
}

const notInBackup =
  "Not in an export is what waits: reminders, open questions and polls, buttons, cooldowns, and the ends of mutes and bans.";

/** How to take along what waits, too. */
function wholeCopy({ config: { storage } }: BotPlan): string {
  return storage.kind === "sqlite"
    ? `To keep all of it, stop the bot and copy ${storage.path}, with the files beside it whose names begin the same.`
    : "To keep all of it, let pg_dump copy the database.";
}

function newOf(added: number, all: number): string {
  if (all === 0) return "";
  return added === all
    ? ""
    : ` ${counted(all - added, "warning")} of these ${all - added === 1 ? "was" : "were"} there already.`;
}

function contentOf({ data, warnings, people, under_way }: Backup): string {
  const kept = `${counted(data.length, "value")}, ${counted(warnings.length, "warning")}, ${counted(people.length, "name")}`;
  if (under_way === undefined) return kept;
  const unfinished = Object.values(under_way).flat().length;
  return `${kept}, ${counted(unfinished, "thing")} under way`;
}

/** What is about to go, a line each. */
function deletedLines(counts: PersonalCounts, auditRows: number): string[] {
  const lines: [number, string][] = [
    [counts.data, `${counted(counts.data, "value")} under data`],
    [counts.warnings, counted(counts.warnings, "warning")],
    [counts.people, "the name"],
    [counts.cooldowns, counted(counts.cooldowns, "cooldown")],
    [
      counts.runs,
      `${counted(counts.runs, "thing")} under way, such as a question or a reminder: nothing more will come of this`,
    ],
    [counts.buttons, `${counted(counts.buttons, "button")} in private`],
    [auditRows, `${counted(auditRows, "row")} of the audit log, which will be emptied`],
    [
      counts.jobs,
      `${counted(counts.jobs, "thing")} still to end, such as a mute: this stays, with the id alone, until it has ended`,
    ],
    [
      counts.asked,
      `${counted(counts.asked, "question")} to them that others began: this stays until it is answered or its time is over`,
    ],
    [
      counts.shared,
      `${counted(counts.shared, "button")} that others may press too: this stays for them, without the name and the message`,
    ],
  ];
  return lines.filter(([count]) => count > 0).map(([, line]) => line);
}

/** Asks at the terminal. @throws Trouble where nobody can be asked. */
async function isSure({ name }: Named): Promise<boolean> {
  if (process.stdin.isTTY !== true || process.stdout.isTTY !== true)
    throw new Trouble("Nobody can be asked whether to delete this: add --yes.");
  const { confirm, isCancel } = await import("@clack/prompts");
  const answer = await confirm({
    message: `Delete all of it for good? ${name} cannot get it back.`,
    initialValue: false,
  });
  return !isCancel(answer) && answer;
}
