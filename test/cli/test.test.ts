import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bin, cli } from "../support/build.ts";
import { folderWith } from "./files.ts";

const bank = `version: 1
bot: { name: Harbour }
platforms: { console: {}, discord: { token: "\${DISCORD_TOKEN}" }, telegram: { token: "\${TELEGRAM_TOKEN}" } }
permissions: { moderators: { allow: [ { can: mute_members } ] } }
data:
  coins: { type: integer, default: 0, minimum: 0 }
commands:
  ping: pong
  give:
    options: { member: member, amount: integer }
    do:
      - subtract: { data: coins, amount: "{{ options.amount }}" }
        else: [ { reply: "You do not have {{ options.amount }} coins." }, stop ]
      - add: { data: coins, of: "{{ options.member }}", amount: "{{ options.amount }}" }
      - reply: { text: Sent, buttons: [ { label: My balance, run: balance } ] }
  balance: "You have {{ data.coins }} coins"
  mute: { allow: moderators, options: { member: member }, do: [ { mute: { member: "{{ options.member }}", for: 10m } }, { reply: done } ] }
rules:
  - name: Welcome
    when: member_joined
    do: [ { send: { to: welcome, text: "Welcome {{ user.mention }}!" } } ]
`;
const holding = `tests:
  - name: giving coins
    given: { people: { ada: { data: { coins: 50 } }, bob: {} } }
    steps:
      - ada: /give @bob 20
      - bot: Sent
      - expect: { data: { coins: { ada: 30, bob: 20 } }, audit: { command: give } }
      - { as: ada, press: My balance }
      - bot: You have 30 coins
      - restart: yes
      - bob: /give @ada 50
      - bot: You do not have 50
  - name: a welcome
    steps:
      - { as: carl, join: yes }
      - bot: { text: "Welcome @carl", in: welcome }
  - name: a mute ends
    given: { time: 2026-03-28 12:00, people: { mo: { groups: moderators } } }
    steps:
      - ada: /mute @mo
      - bot: You may not use /mute
      - mo: /mute @ada
      - bot: [done, mutes ada for 10 minutes]
      - expect: { muted: ada }
      - ada: hello
      - bot_silent: yes
      - after: 11m
      - bot: unmutes ada
`;
const wrong = `tests:
  - name: ping
    steps:
      - ada: /ping
      - bot: pong
      - bot: peng
  - name: balance
    given: { people: { ada: { data: { coins: 3 } } } }
    steps:
      - ada: /balance
      - expect: { data: { coins: { ada: 4 } }, audit: { command: give } }
  - name: press
    platforms: discord
    steps:
      - { as: ada, press: My balance }
  - name: silence
    platforms: discord
    steps:
      - ada: /ping
      - bot_silent: yes
`;

describe("botctl test", () => {
  it("runs the tests of a file on every platform that it declares", async () => {
    const cwd = folderWith({ "bot.yaml": bank + holding });
    const { code, stdout, stderr } = await cli(["test"], { cwd });
    expect({ code, stderr, stdout: withoutTimes(stdout) }).toEqual({
      code: 0,
      stderr: "",
      stdout: "✓ bot.yaml: 3 tests passed on console, discord, telegram (N ms)\n",
    });
  });

  it("shows the step that does not hold, and what was said and done before it", async () => {
    const cwd = folderWith({ "bot.yaml": bank + wrong });
    const { code, stdout, stderr } = await cli(["test", "--platform", "discord"], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    await expect(withoutTimes(stdout)).toMatchFileSnapshot("golden/test.pretty.txt");
  });

  it.each(["json", "junit"])("reports as %s", async (reporter) => {
    const cwd = folderWith({ "bot.yaml": bank + wrong });
    const { code, stdout, stderr } = await cli(["test", "--platform", "discord", "--reporter", reporter], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    await expect(withoutTimes(stdout)).toMatchFileSnapshot(`golden/test.${reporter}.txt`);
  });

  it("takes data in the file's words, and shows it in them", async () => {
    const bot = `version: 1
bot: { name: Harbour, timezone: Europe/Madrid }
platforms: { console: {}, discord: { token: "\${DISCORD_TOKEN}" } }
data:
  coins: { type: integer, minimum: 0 }
  share: number
  rest: duration
  mine: yes_no
  until: time
  mood: { type: choice, choices: [calm, stormy] }
  motd: text
  friends: { type: list, of: user }
  photo: attachment
  rank: role
  captain: { type: user, scope: server }
  open: { type: yes_no, scope: bot }
  topic: { type: text, scope: channel }
commands:
  show: "{{ data.rest }}, {{ data.mine }}, {{ data.until | date }}, {{ data.friends }}, {{ data.captain.mention }}, {{ data.topic }}"
  more:
    do:
      - add: { data: coins, amount: 1 }
      - add: { data: share, amount: 0.1 }
      - add: { data: share, amount: 0.2 }
      - set: { data: rest, value: "{{ data.rest | plus: 30m }}" }
      - set: { data: mine, value: no }
      - set: { data: mood, value: stormy }
      - set: { data: motd, value: Ahoy }
      - set: { data: rank, value: Mate }
      - append: { data: friends, value: "{{ user }}" }
      - set: { data: captain, value: "{{ user }}" }
      - set: { data: open, value: no }
      - set: { data: topic, value: Go }
  keep: { options: { file: attachment }, do: [ { set: { data: photo, value: "{{ options.file }}" } } ] }
tests:
  - name: given
    given:
      people:
        ada: { data: { coins: 3, rest: 3h, mine: yes, until: 2026-12-24, friends: [bob] } }
        bob: { id: "42" }
      data: { captain: bob, open: yes, topic: { games: Chess } }
    steps:
      - { as: ada, say: /show, in: games }
      - bot: 3 hours, yes, Dec 24, 2026, bob, @bob, Chess
      - { as: ada, say: /more, in: games }
      - expect:
          data:
            coins: { ada: 4 }
            share: { ada: 0.3 }
            rest: { ada: 3h30m }
            mine: { ada: no }
            until: { ada: "2026-12-24 00:00" }
            mood: { ada: stormy }
            motd: { ada: Ahoy }
            friends: { ada: [bob, ada] }
            rank: { ada: Mate }
            captain: ada
            open: { bot: no }
            topic: { games: Go }
      - { as: bob, say: hello }
      - expect:
          data:
            coins: { ada: 5 }
            share: { ada: 0.4 }
            rest: { ada: 3h }
            mine: { ada: yes }
            until: { ada: 2026-12-24 18:00 }
            mood: { ada: calm }
            motd: { ada: Hi }
            friends: { ada: [ada, bob] }
            photo: { ada: cat.png }
            captain: bob
            open: yes
            topic: { games: Chess }
`;
    const { code, stdout } = await cli(["test"], { cwd: folderWith({ "bot.yaml": bot }) });
    expect(code).toBe(1);
    await expect(withoutTimes(stdout)).toMatchFileSnapshot("golden/test.data.txt");
  });

  it("calls webhooks as other programs do", async () => {
    const bot = `version: 1
bot: { name: Harbour }
platforms: { console: {}, discord: { token: "\${DISCORD_TOKEN}", servers: [Harbour] } }
data: { calls: { type: integer, scope: bot } }
rules:
  - name: Weather
    when: { webhook: { path: weather, secret: "\${WEATHER_SECRET}" } }
    platforms: [discord]
    do:
      - add: { data: calls, amount: 1 }
      - send: { to: news, text: "It is {{ body.sky | default: body }}, {{ body.air.degrees | default: 'whatever' }}" }
tests:
  - name: weather
    steps:
      - { webhook: weather, body: { sky: sunny, air: { degrees: 21 } } }
      - bot: { text: "It is sunny, 21", in: news }
      - { webhook: weather, body: '{"sky": "grey"}' }
      - bot: It is grey, whatever
      - { webhook: weather, body: wet }
      - bot: It is wet, whatever
      - expect: { data: { calls: 3 } }
  - name: too deep
    platforms: console
    steps:
      - { webhook: weather, body: ${"[".repeat(52)}${"]".repeat(52)} }
`;
    const { code, stdout } = await cli(["test"], { cwd: folderWith({ "bot.yaml": bot }) });
    expect(code).toBe(1);
    expect(stdout).toContain("the JSON is nested more than 50 times.");
    expect(withoutTimes(stdout)).toContain("✗ bot.yaml: 1 of 2 tests failed on console, discord (N ms)");
  });

  it("shows what the log says of actions that were not done", async () => {
    const bot = `version: 1
bot: { name: Harbour }
platforms: { discord: { token: "\${DISCORD_TOKEN}" } }
schedules:
  water: { every: 2h, do: [ { send: { to: general, text: Drink } } ] }
tests:
  - name: water
    steps: [ { after: 2h }, { bot: Drink } ]
`;
    const { code, stdout } = await cli(["test"], { cwd: folderWith({ "bot.yaml": bot }) });
    expect(code).toBe(1);
    expect(stdout).toContain("-- 2h later\n      log: an action was not done (schedule: water, line: 5, action: send");
  });

  it("tells where and by what each thing was said and done", async () => {
    const bot = `version: 1
bot: { name: Harbour }
platforms: { console: {}, discord: { token: "\${DISCORD_TOKEN}" } }
schedules:
  water: { every: 2h, do: [ { send: { to: general, text: "Drink\\nwater" } } ] }
commands:
  note: { do: [ { direct_message: { to: "{{ user }}", text: Psst } }, { reply: { text: Sent, ephemeral: yes } } ] }
  vote: { do: [ { poll: { question: Which?, choices: [Chess, Go], for: 1h } } ] }
tests:
  - name: everything
    platforms: console
    steps:
      - { as: ada, say: /note, direct: yes }
      - { as: ada, say: /note, in: games }
      - ada: |
          Two
          lines
      - ada: /vote
      - { as: ada, press: Go }
      - after: 2h
      - bot: |
          This is
          not said.
`;
    const { code, stdout } = await cli(["test"], { cwd: folderWith({ "bot.yaml": bot }) });
    expect(code).toBe(1);
    await expect(withoutTimes(stdout)).toMatchFileSnapshot("golden/test.transcript.txt");
  });

  it("says once all that a bot said which was to be silent", async () => {
    const bot = `version: 1
bot: { name: Harbour }
platforms: { console: {} }
commands: { hi: { do: [ { reply: Good day. }, { reply: Come in. } ] } }
tests:
  - { name: hi, steps: [ { ada: /hi }, { bot_silent: yes } ] }
`;
    const { code, stdout } = await cli(["test"], { cwd: folderWith({ "bot.yaml": bot }) });
    expect(code).toBe(1);
    expect(stdout).toContain("the bot was to be silent, and said or did: Good day.; Come in.\n");
  });

  it("changes the message with the button for a rule that hears presses, and nobody else's message", async () => {
    const bot = `version: 1
bot: { name: Harbour }
platforms: { console: {}, discord: { token: "\${DISCORD_TOKEN}" }, telegram: { token: "\${TELEGRAM_TOKEN}" } }
commands:
  open: { do: [ { reply: { text: Who?, buttons: [ { label: Me } ] } } ] }
rules:
  - { name: Taken, when: { button: Me }, do: [ { edit_message: "Taken by {{ user.name }}" } ] }
  - { name: Mine, when: message, do: [ { edit_message: { message: "{{ message }}", text: Changed }, else: [ { reply: "No: {{ reason }}" } ] } ] }
tests:
  - name: a press
    steps: [ { ada: /open }, { bot: "Who?" }, { as: bob, press: Me }, { bot: Taken by bob } ]
  - name: a message
    steps: [ { ada: hello }, { bot: "No: The bot can change only messages of its own." } ]
`;
    const { code, stdout } = await cli(["test"], { cwd: folderWith({ "bot.yaml": bot }) });
    expect({ code, stdout: withoutTimes(stdout) }).toEqual({
      code: 0,
      stdout: "✓ bot.yaml: 2 tests passed on console, discord, telegram (N ms)\n",
    });
  });

  it("takes the private chat for the one home server, on each platform", async () => {
    const bot = `version: 1
bot: { name: Harbour }
platforms:
  console: {}
  discord: { token: "\${DISCORD_TOKEN}", servers: [Harbour] }
  telegram: { token: "\${TELEGRAM_TOKEN}", servers: [Harbour] }
permissions: { board: { allow: [ { can: ban_members } ] } }
data:
  songs: { type: integer, scope: member, default: 0 }
  concerts: { type: integer, scope: server, default: 0 }
commands:
  sang: { do: [ { add: { data: songs, amount: 1 } }, { reply: "That makes {{ data.songs }}." } ] }
  concert: { allow: board, do: [ { add: { data: concerts, amount: 1 } }, { reply: "Concert {{ data.concerts }}" } ] }
tests:
  - name: private
    given: { people: { mo: { groups: board } } }
    steps:
      - ada: /sang
      - { as: ada, say: /sang, direct: yes }
      - bot: That makes 2.
      - mo: /concert
      - { as: mo, say: /concert, direct: yes }
      - bot: Concert 2
      - { as: ada, say: /concert, direct: yes }
      - bot: You may not use /concert
`;
    const { code, stdout } = await cli(["test"], { cwd: folderWith({ "bot.yaml": bot }) });
    expect({ code, stdout: withoutTimes(stdout) }).toEqual({
      code: 0,
      stdout: "✓ bot.yaml: 1 test passed on console, discord, telegram (N ms)\n",
    });
  });

  it("refuses what the platform would refuse", async () => {
    const buttons = Array.from({ length: 21 }, (_, at) => `{ label: B${at}, url: "https://example.org/${at}" }`);
    const bot = `version: 1
bot: { name: Harbour }
platforms: { console: {}, discord: { token: "\${DISCORD_TOKEN}" }, telegram: { token: "\${TELEGRAM_TOKEN}" } }
commands:
  wave: { do: [ { react: "{% if user %}🦩{% endif %}" }, { reply: Seen } ] }
  pick:
    do:
      - reply:
          text: Which?
          menu: { choices: [ One ], do: [ { reply: "{{ picked }}" } ] }
          buttons: [ ${buttons.join(", ")} ]
tests:
  - { name: seen, platforms: console, steps: [ { ada: /wave }, { bot: Seen } ] }
  - { name: full, platforms: discord, steps: [ { ada: /pick }, { bot: There is room for 20 buttons } ] }
  - { name: told, platforms: telegram, steps: [ { ada: /wave }, { bot: Telegram has no reaction 🦩. } ] }
  - { name: room, platforms: telegram, steps: [ { ada: /pick }, { bot: "[One]" } ] }
`;
    const { code, stdout } = await cli(["test"], { cwd: folderWith({ "bot.yaml": bot }) });
    expect({ code, stdout: withoutTimes(stdout) }).toEqual({
      code: 0,
      stdout: "✓ bot.yaml: 4 tests passed on console, discord, telegram (N ms)\n",
    });
  });

  it("reads the tests that stand beside the file", async () => {
    const cwd = folderWith({ "bot.yaml": bank, "bot.test.yaml": holding });
    expect((await cli(["test", "--platform", "console"], { cwd })).stdout).toContain("3 tests passed on console");
    writeFileSync(join(cwd, "bot.test.yaml"), wrong);
    const { code, stdout } = await cli(["test", "--platform", "console"], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain("bot.test.yaml:6:9");
  });

  it("leaves the tests of another file beside it alone", async () => {
    const cwd = folderWith({
      "bot.yaml": bank,
      "part.yaml": "commands: {}\n",
      "part.test.yaml": holding,
      "other.yaml": bank,
      "other.test.yaml": wrong,
      "other.more.test.yaml": wrong,
    });
    expect((await cli(["test", "--platform", "console"], { cwd })).stdout).toContain("3 tests passed on console");
    const other = await cli(["test", "other.yaml", "--platform", "console"], { cwd });
    expect(other.stdout).toContain("other.test.yaml:6:9");
    expect(other.stdout).toContain("other.more.test.yaml:6:9");
  });

  it("says that there are no tests, and that a file has mistakes", async () => {
    const cwd = folderWith({ "bot.yaml": bank, "broken.yaml": bank.replace("ping: pong", "ping: [") });
    expect(await cli(["test"], { cwd })).toMatchObject({
      code: 0,
      stdout: "bot.yaml has no tests: write some under tests:\n",
    });
    const broken = await cli(["test", "broken.yaml"], { cwd });
    expect(broken.code).toBe(1);
    expect(broken.stdout).toContain("broken.yaml has mistakes, so its tests were not run");
    expect((await cli(["test", "none.yaml"], { cwd })).code).toBe(2);
    const other = await cli(["test", "--platform", "slack"], { cwd: folderWith({ "bot.yaml": bank + holding }) });
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('declares no platform "slack"; it has console, discord, telegram');
  });

  it("runs them again when the file changes", async () => {
    const cwd = folderWith({ "bot.yaml": bank + holding });
    const child = spawn(process.execPath, [bin, "test", "--platform", "console", "--watch"], { cwd });
    let out = "";
    const says = async (part: string) => {
      while (!out.includes(part)) out += String(((await once(child.stdout, "data")) as [Buffer])[0]);
    };
    await says("3 tests passed");
    out = "";
    writeFileSync(
      join(cwd, "bot.yaml"),
      readFileSync(join(cwd, "bot.yaml"), "utf8").replace("reply: done", "reply: well"),
    );
    await says("1 of 3 tests failed");
    const gone = once(child, "exit");
    child.kill("SIGINT");
    expect(await gone).toEqual([0, null]);
  });
});

function withoutTimes(text: string): string {
  return text
    .replace(/\(\d+ ms\)/g, "(N ms)")
    .replace(/"ms": \d+/g, '"ms": 0')
    .replace(/time="[\d.]+"/g, 'time="0"');
}
