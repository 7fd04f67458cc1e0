import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { verifyStoredChain } from "../../src/audit/chain.ts";
import type { DataOwner } from "../../src/contracts/store.ts";
import { open } from "../../src/stores/sqlite/index.ts";
import { cli } from "../support/build.ts";
import { folderWith } from "./files.ts";

const bank = `version: 1
bot: { name: Harbour }
platforms: { console: {} }
storage: sqlite:./bot.db
data:
  coins: { type: integer, default: 0, minimum: 0 }
  captain: { type: user, scope: server }
commands:
  earn: { do: [ { add: { data: coins, amount: 5 } }, { reply: "{{ data.coins }}" } ] }
  lead: { do: [ { set: { data: captain, value: "{{ user }}" } }, { reply: "{{ data.captain.name | default: 'nobody' }}" } ] }
  punish: { options: { member: member }, do: [ { warn: { member: "{{ options.member }}", reason: Shouting } }, { reply: warned } ] }
  later: { options: { about: text }, do: [ { wait: 7d }, { reply: "{{ options.about }}" } ] }
  hush: { options: { member: member }, do: [ { mute: { member: "{{ options.member }}", for: 1h, reason: Shouting } } ] }
  quiz: { options: { member: member }, do: [ { ask: { question: How much?, to: "{{ options.member }}", timeout: 1h } } ] }
  menu: { cooldown: 1d, do: [ { reply: { text: Menu, buttons: [ { label: Go, do: [ { reply: gone } ] } ] } } ] }
`;

/** A folder with a bot that ada and bob have used. */
async function usedBot(): Promise<string> {
  const folder = folderWith({ "bot.yaml": bank });
  const lines = ["/punish @ada", "/quiz @ada", "/as bob", "/earn"];
  lines.push("/as ada", "/earn", "/earn", "/lead", '/later "feed the cat"', "/menu", "/as captain", "/hush @ada");
  const ran = await cli(["run", "--platform", "console", "--as", "captain", "--owner"], {
    cwd: folder,
    input: `${lines.join("\n")}\n`,
  });
  expect(ran.stdout).toContain("10");
  return folder;
}

const opened = (folder: string) => open({ kind: "sqlite", path: join(folder, "bot.db") }, Date.now);
const owner = (subject: string): DataOwner => ({ scope: "member", platform: "console", server: "console", subject });
const coins = async (folder: string) => {
  const store = await opened(folder);
  const values = await store.data.read(["ada", "bob"].map((who) => ({ name: "coins", owner: owner(who) })));
  await store.close();
  return values;
};

it("takes everything out and puts it back", async () => {
  const folder = await usedBot();
  const out = await cli(["data", "export", "--out", "backup.json"], { cwd: folder });
  expect(out).toMatchObject({ code: 0, stdout: "" });
  expect(out.stderr).toContain("The data of everybody is in backup.json: 3 values");
  expect(statSync(join(folder, "backup.json")).mode & 0o777).toBe(0o600);

  const fresh = folderWith({ "bot.yaml": bank });
  writeFileSync(join(fresh, "backup.json"), readFileSync(join(folder, "backup.json")));
  const back = await cli(["data", "import", "backup.json"], { cwd: fresh });
  expect(back).toMatchObject({ code: 0, stdout: "" });
  expect(await coins(fresh)).toEqual([10, 5]);
  const again = await cli(["data", "import", "backup.json"], { cwd: fresh });
  expect(again.stderr).toContain("1 warning of these was there already.");
  for (const { stderr } of [out, back]) expect(stderr).toContain("Not in an export is what waits: reminders");
  expect(out.stderr).toContain("stop the bot and copy ./bot.db");
  const store = await opened(fresh);
  expect((await store.audit.find({ kind: "config", most: 5 })).map(({ action }) => action)).toContain(
    "data was imported",
  );
  await store.close();
});

it("gives one person what is kept of them, and nobody else's", async () => {
  const folder = await usedBot();
  const { code, stdout } = await cli(["data", "export", "--user", "console:ada"], { cwd: folder });
  expect(code).toBe(0);
  const exported = JSON.parse(stdout) as {
    data: { name: string; value: unknown }[];
    under_way: unknown;
    audit: { sentence: string }[];
  };
  expect(exported).toMatchObject({
    botctl: "data",
    version: 1,
    bot: "Harbour",
    person: { platform: "console", id: "ada" },
  });
  expect(exported.data.map(({ name, value }) => [name, name === "coins" ? value : "somebody"]).sort()).toEqual([
    ["captain", "somebody"],
    ["coins", 10],
  ]);
  expect(exported.audit.map(({ sentence }) => sentence)).toContain("ada used earn");
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
  expect(exported.under_way).toEqual({
    waiting: [
      {
        ...{ rule: "later", begun_at: time, begun_by: "this person", goes_on_at: time },
        ...{ message: '/later "feed the cat"', options: { about: "feed the cat" } },
      },
      { rule: "quiz", begun_at: time, begun_by: "somebody else", asks_since: time, goes_on_at: time },
    ],
    ending: [{ action: "mute", until: time, server: "console", reason: "Shouting" }],
    buttons: [{ rule: "menu", says: "Go", sent_at: time, works_until: time }],
    cooldowns: [{ rule: "menu", until: time }],
  });
  expect(stdout).not.toContain("bob");
});

it("deletes one person, keeps the others, and the chain of the audit log still verifies", async () => {
  const folder = await usedBot();
  const asked = await cli(["data", "delete", "--user", "@ada"], { cwd: folder });
  expect(asked.code).toBe(2);
  expect(asked.stderr).toContain("2 values under data");
  for (const line of [
    "1 warning",
    "1 thing under way, such as a question or a reminder: nothing more will come of this",
    "1 thing still to end, such as a mute: this stays, with the id alone, until it has ended",
    "1 question to them that others began: this stays until it is answered or its time is over",
    "1 button that others may press too: this stays for them, without the name and the message",
  ])
    expect(asked.stderr).toContain(`  ${line}\n`);
  expect(asked.stderr).toContain("add --yes");
  expect(await coins(folder)).toEqual([10, 5]);

  const deleted = await cli(["data", "delete", "--user", "@ada", "--yes"], { cwd: folder });
  expect(deleted).toMatchObject({ code: 0, stdout: "" });
  expect(deleted.stderr).toContain("It is deleted, but for what stays.");
  expect(await coins(folder)).toEqual([undefined, 5]);
  const store = await opened(folder);
  const nothing = { data: 0, warnings: 0, runs: 0, buttons: 0, shared: 0, cooldowns: 0, people: 0 };
  expect(await store.personal.count("console", "ada")).toEqual({ ...nothing, jobs: 1, asked: 1 });
  const { jobs } = await store.personal.work("console", "ada");
  expect(jobs).toMatchObject([{ owner: "word:mute", dueAt: (jobs[0]!.payload as { until: number }).until }]);
  expect(jobs[0]!.payload).toEqual({ server: "console", member: { id: "ada", name: "ada" }, until: jobs[0]!.dueAt });
  expect((await store.audit.about("console", "ada")).every(({ content }) => content === "")).toBe(true);
  expect(await verifyStoredChain(store.audit)).toMatchObject({ ok: true });
  const [row] = await store.audit.find({ kind: "config", most: 1 });
  expect(row).toMatchObject({ action: "the data of a person was deleted", actorId: "", targetId: "" });
  expect(row!.content).not.toContain("ada");
  await store.close();
  const gone = await cli(["data", "export", "--user", "nobody"], { cwd: folder });
  expect(gone.code).toBe(2);
  expect(gone.stderr).toContain('Nothing is stored of "nobody"');
});

const match = `version: 1
bot: { name: Coach }
platforms: { console: {} }
storage: sqlite:./bot.db
data: { players: { type: list, of: member, scope: server } }
blocks:
  list:
    options: { by: member }
    do:
      - edit_message:
          text: "Playing:{% for one in data.players %} {{ one.name }}{% endfor %} (last: {{ options.by.name }})"
          buttons: [ { label: I play, run: play }, { label: Who?, do: [ { reply: "It was {{ options.by.name | default: 'somebody' }}, {{ message.text }}" } ] } ]
commands:
  match: { do: [ { reply: { text: Who plays?, buttons: [ { label: I play, run: play } ] } } ] }
  play: { do: [ { append: { data: players, value: "{{ user }}" } }, { call: { block: list, with: { by: "{{ user }}" } } } ] }
`;

it("leaves the buttons of a message that all press, without whom it forgets", async () => {
  const folder = folderWith({ "bot.yaml": match });
  const play = async (...lines: readonly string[]) => {
    const ran = await cli(["run", "--platform", "console"], { cwd: folder, input: `${lines.join("\n")}\n` });
    return ran.stdout;
  };
  await play("/as tom", "/match", "/as bob", "/press I play");
  const deleted = await cli(["data", "delete", "--user", "console:bob", "--yes"], { cwd: folder });
  expect(deleted).toMatchObject({ code: 0 });
  const store = await opened(folder);
  const nothing = { data: 0, warnings: 0, runs: 0, asked: 0, buttons: 0, shared: 0, cooldowns: 0, jobs: 0, people: 0 };
  expect(await store.personal.count("console", "bob")).toEqual(nothing);
  await store.close();
  expect(await play("/as ada", "/press Who?")).toContain("It was somebody, \n");
  expect(await play("/as ada", "/press I play")).toContain("Playing: ada (last: ada)");
});

it("says what in a backup cannot be used, and changes nothing", async () => {
  const folder = await usedBot();
  const backup = { botctl: "data", version: 1, bot: "x", exported_at: "", people: [], warnings: [] };
  const value = { scope: "member", platform: "console", server: "console", subject: "ada" };
  const cases: [string, string, string][] = [
    ["text", "hello", "is not JSON"],
    ["other", "{}", "was not written by botctl data export"],
    ["part", JSON.stringify({ ...backup, data: [{ name: "coins" }] }), "is damaged"],
    ["name", JSON.stringify({ ...backup, data: [{ ...value, name: "gold", value: 1 }] }), 'holds "gold", which'],
    [
      "scope",
      JSON.stringify({ ...backup, data: [{ ...value, scope: "user", name: "coins", value: 1 }] }),
      "scope user",
    ],
    ["type", JSON.stringify({ ...backup, data: [{ ...value, name: "coins", value: "many" }] }), "is not integer"],
  ];
  mkdirSync(join(folder, "backups"));
  for (const [name, text, message] of cases) {
    writeFileSync(join(folder, "backups", `${name}.json`), text);
    const result = await cli(["data", "import", `backups/${name}.json`], { cwd: folder });
    expect(result.stderr).toContain(message);
    expect(result.code).toBe(2);
  }
  expect(await coins(folder)).toEqual([10, 5]);
  const wrong = await cli(["data", "export", "missing.yaml"], { cwd: folder });
  expect(wrong.code).toBe(2);
});

it("needs only the secret of the storage", async () => {
  const hooks = `  call: { do: [ { http: { url: "https://example.org/x", headers: { Authorization: "Bearer \${API_TOKEN}" } } } ] }\n`;
  const bot = (storage: string) =>
    `${bank.replace("sqlite:./bot.db", storage).replace("console: {}", 'discord: { token: "${DISCORD_TOKEN}" }')}${hooks}`;
  const kept = await cli(["data", "export"], { cwd: folderWith({ "bot.yaml": bot("sqlite:./bot.db") }) });
  expect(kept).toMatchObject({ code: 0 });
  for (const storage of ['"${DATABASE_URL}"', '{ url: "${DATABASE_URL}", max: 3 }']) {
    const lost = await cli(["data", "export"], { cwd: folderWith({ "bot.yaml": bot(storage) }) });
    expect(lost.code).toBe(1);
    expect(lost.stderr).toContain("DATABASE_URL is not set");
    expect(lost.stderr).not.toContain("TOKEN is not set");
  }
});

it("finds who tried a bot out on the console, though its file does not name it", async () => {
  const folder = await usedBot();
  const elsewhere = bank.replace(
    "{ console: {} }",
    `{ discord: { token: "\${DISCORD_TOKEN}" }, slack: { app_token: "\${APP_TOKEN}", bot_token: "\${BOT_TOKEN}" } }`,
  );
  writeFileSync(join(folder, "bot.yaml"), elsewhere);
  const { code, stdout } = await cli(["data", "export", "--user", "console:ada"], { cwd: folder });
  expect(code).toBe(0);
  expect(JSON.parse(stdout).person).toEqual({ platform: "console", id: "ada", name: "ada" });
  const other = await cli(["data", "export", "--user", "irc:ada"], { cwd: folder });
  expect(other.stderr).toContain("Write the platform too, such as discord:ada.");
});
