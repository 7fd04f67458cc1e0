import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestApp, type TestApp, type TestAppOptions } from "../support/app.ts";
import { endStage, type Stage } from "./stage.ts";

export interface BotText {
  /** Further commands, as lines without indentation. */
  readonly commands?: readonly string[];
  /** Further sections and rules, as they stand in the file. */
  readonly more?: string;
  readonly entry?: string;
}

/** The file that every behaviour begins with. */
export function botText(stage: Stage, { commands = [], more = "", entry = stage.entry }: BotText = {}): string {
  return `version: 1
bot: { name: Harbour }
platforms:
  ${entry}
storage: sqlite:./bot.db
logging: { level: debug, format: json }
audit: { also: { file: ./audit.jsonl } }
permissions:
  moderators: { allow: { ${stage.moderators} } }
commands:
  ping: pong
  secret: { allow: moderators, do: [ { reply: The chest is buried under the mast. } ] }
  dice: { rate_limit: 1 per 1h per user, do: [ { reply: You threw a four. } ] }
  discipline:
    options: { member: { type: member } }
    allow: moderators
    do:
      - ${stage.moderation.word}: "{{ options.member }}"
      - reply: So be it.
  ask:
    do:
      - reply: { text: Shall we sail?, buttons: [ { label: Sail, do: [ { reply: "{{ user.name }} sails." } ] } ] }
${commands.map((line) => `  ${line}\n`).join("")}${more}`;
}

/** Starts a bot with that file on a stage. */
export function startOn(stage: Stage, text: BotText = {}, more: Partial<TestAppOptions> = {}): Promise<TestApp> {
  return startTestApp({ yaml: botText(stage, text), env: stage.env, ...more });
}

/** What a bot does for people on every platform, with the real library on a simulated wire. */
export function describeBehaviours(name: string, openStage: () => Promise<Stage>): void {
  describe(name, () => {
    let stage: Stage;
    let bot: TestApp;

    const start = async (text?: BotText): Promise<void> => {
      bot = await startOn(stage, text);
    };

    beforeEach(async () => {
      stage = await openStage();
    });
    afterEach(() => endStage(stage));

    it("answers a command and offers it in the menu", async () => {
      await start();
      expect(await stage.call("ada", "ping").answer()).toBe("pong");
      const menu = stage.menu();
      if (menu !== undefined)
        expect([...menu].sort()).toEqual(["ask", "dice", "discipline", "help", "ping", "secret"].sort());
    });

    it("denies a command once, however often it is tried, and writes one row", async () => {
      await start();
      expect(await stage.call("maud", "secret").answer()).toContain("buried");
      expect(await stage.call("bob", "secret").answer()).toContain("You may not use");
      stage.call("bob", "secret");
      stage.call("bob", "secret");
      expect(await stage.call("bob", "ping").answer()).toBe("pong");
      const denials = stage.heard().filter((text) => text.includes("You may not use"));
      expect(denials).toHaveLength(1);
      const rows = await bot.audited(1, (row) => row.kind === "denied");
      expect(rows).toMatchObject([{ action: "secret", outcome: "refused", platform: stage.platform }]);
    });

    it("keeps a limit", async () => {
      await start();
      expect(await stage.call("ada", "dice").answer()).toContain("four");
      expect(await stage.call("ada", "dice").answer()).toContain("Try again in");
      expect(await stage.call("bob", "dice").answer()).toContain("four");
      expect(await bot.audited(1, (row) => row.kind === "rate_limited")).toHaveLength(1);
    });

    it("does a moderation action, announced before and told after", async () => {
      const { word, done } = stage.moderation;
      await start();
      stage.say("bob", "good morning");
      expect(await stage.call("maud", "discipline", { member: "bob" }).answer()).toBe("So be it.");
      if (done !== undefined) expect(done("bob")).toBe(true);
      const rows = await bot.audited(2, (row) => row.kind === "moderation");
      expect(rows).toMatchObject([
        { action: word, outcome: "intent", actor: { name: "Maud" }, target: { name: "Bob" } },
        { action: word, outcome: "done", actor: { name: "Maud" }, target: { name: "Bob" } },
      ]);
      expect(rows[1]!.ref).toBe(rows[0]!.ref);
    });

    it("does not let anybody act on who stands higher", async () => {
      await start();
      stage.say("olga", "good morning");
      expect(await stage.call("maud", "discipline", { member: "olga" }).answer()).toContain("owner");
      if (stage.moderation.done !== undefined) expect(stage.moderation.done("olga")).toBe(false);
      const rows = await bot.audited(1, (row) => row.kind === "moderation");
      expect(rows).toMatchObject([{ outcome: "not_done", target: { name: "Olga" } }]);
    });

    it("acts when a button is pressed, after a restart too", async () => {
      await start();
      expect(await stage.call("ada", "ask").answer()).toBe("Shall we sail?");
      stage.press("bob", "Sail");
      await stage.hears("Bob sails.");
      await bot.restart();
      stage.press("ada", "Sail");
      await stage.hears("Ada sails.");
    });

    it("takes a new command over, and asks the platform nothing when nothing changed", async () => {
      await start();
      await stage.call("ada", "ping").answer();
      const before = stage.requests().length;
      expect(await bot.app.reload()).toEqual({ ok: true, sentences: [], problems: [] });
      expect(await bot.reload(`${botText(stage)}# a remark\n`)).toEqual({ ok: true, sentences: [], problems: [] });
      expect(stage.requests().slice(before)).toEqual([]);

      const report = await bot.reload(botText(stage, { commands: ["wind: From the west."] }));
      expect(report).toEqual({ ok: true, sentences: ["1 command added: wind"], problems: [] });
      expect(await stage.call("ada", "wind").answer()).toBe("From the west.");
      if (stage.menu() !== undefined) expect(stage.menu()).toContain("wind");
    });

    it("forgets a command that is gone from the file, and its menu entry", async () => {
      await start({ commands: ["wind: From the west."] });
      expect(await stage.call("ada", "wind").answer()).toBe("From the west.");
      const report = await bot.reload(botText(stage));
      expect(report.sentences).toEqual(["1 command removed: wind"]);
      if (stage.menu() !== undefined) expect(stage.menu()).not.toContain("wind");
      expect(await stage.call("ada", "ping").answer()).toBe("pong");
    });

    it("goes on as before when a save is broken, and says where the mistake is", async () => {
      await start();
      const report = await bot.reload(`${botText(stage)}  wind: { do: [ { repy: West } ] }\n`);
      expect(report).toMatchObject({ ok: false, problems: [{ code: "unknown-action" }] });
      expect(await stage.call("ada", "ping").answer()).toBe("pong");
      const told = await bot.log.waitFor(({ msg }) => msg.includes("not taken over"));
      expect(JSON.stringify(told.problems)).toContain('Did you mean \\"reply\\"?');
    });

    it("hears messages once a rule asks for them", async () => {
      await start();
      const rule = `rules:\n  - name: Greet\n    when: message\n    if: [ { text: { contains: ahoy } } ]\n    do: [ { reply: Ahoy yourself. } ]\n`;
      const report = await bot.reload(botText(stage, { more: rule }));
      expect(report).toMatchObject({ ok: true, sentences: ["1 rule added: Greet"] });
      stage.say("ada", "ahoy there");
      await stage.hears("Ahoy yourself.");
    });

    it("ends cleanly: work in flight is finished, nothing is left open", async () => {
      await start();
      const call = stage.call("ada", "ask");
      await bot.log.waitFor(({ msg }) => msg === "connected");
      expect(await call.answer()).toBe("Shall we sail?");
      await bot.stop();
      expect(await bot.app.finished).toBe(0);
      expect(bot.log.all.filter(({ level }) => level === "error" || level === "warn")).toEqual([]);
    });
  });
}
