import { describe, expect, it } from "vitest";
import type { BotEvent, ButtonEvent, MessageEvent } from "../../../../src/contracts/event.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { minute, openConsole } from "./harness.ts";

const server = "console";

function message(event: BotEvent | undefined): MessageEvent {
  expect(event?.kind).toBe("message");
  return event as MessageEvent;
}

describe("a typed line", () => {
  it("is a message of the owner where nobody is named", async () => {
    const { type, events, port } = await openConsole();
    await type("hello there");
    const event = message(events[0]);
    expect(event.user).toMatchObject({ id: "you", name: "you", isBot: false });
    expect(event.message.text).toBe("hello there");
    expect(event.call).toBeUndefined();
    expect(await port.standing(server, "you")).toMatchObject({ owner: true });
  });

  it("is a call behind a slash, with the mentions counted from its own text", async () => {
    const { type, events } = await openConsole();
    await type("/warn @bob for spamming");
    const { call } = message(events[0]);
    expect(call).toMatchObject({ name: "warn", addressed: true });
    expect(call?.input).toMatchObject({
      text: "@bob for spamming",
      entities: [{ offset: 0, length: 4, kind: "user", id: "bob", person: { name: "bob" } }],
    });
  });

  it("is a call behind the bot's name", async () => {
    const { type, events } = await openConsole({ botName: "Harbour Bot" });
    await type("@harbour bot ping you");
    expect(message(events[0]).call).toMatchObject({ name: "ping", input: { text: "you", entities: [] } });
  });

  it("knows mentions by their edges", async () => {
    const { type, events } = await openConsole();
    await type("ask @bob, or write to ada@example.org about #news. @everyone @Ünal");
    expect(message(events[0]).message.entities.map(({ kind, id, name }) => [kind, id, name])).toEqual([
      ["user", "bob", "bob"],
      ["channel", "news", "news"],
      ["user", "ünal", "Ünal"],
    ]);
  });

  it("is nothing when it is empty, and has a key of its own otherwise", async () => {
    const { type, events } = await openConsole();
    for (const line of ["", "  ", "one", "one"]) await type(line);
    expect(events).toHaveLength(2);
    expect(events[0]?.key).not.toBe(events[1]?.key);
  });
});

describe("people", () => {
  it("switch by /as, keep their roles and may be given others", async () => {
    const { type, events, screen, typists, port } = await openConsole();
    await type("/as bob Moderator, Staff");
    await type("hi");
    await type("/as ada");
    await type("/as bob");
    await type("/as");
    expect(screen()).toEqual([
      "(you type as bob, with the roles Moderator and Staff)",
      "(you type as ada)",
      "(you type as bob, with the roles Moderator and Staff)",
      "(you type as bob, with the roles Moderator and Staff; to be somebody else, write /as max Moderator rights=mute_members language=de joined=2h created=1d)",
    ]);
    expect(message(events[0]).user.id).toBe("bob");
    expect(typists.at(-1)).toEqual({ name: "bob", roles: ["Moderator", "Staff"], owner: false });
    expect((await port.standing(server, "bob"))?.roles).toEqual([
      { id: "moderator", name: "Moderator" },
      { id: "staff", name: "Staff" },
    ]);
  });

  it("named by --as are ordinary members, but for roles and --owner", async () => {
    const member = await openConsole({ person: { name: "ada", roles: [], owner: false } });
    const ordinary = await member.port.standing(server, "ada");
    expect(ordinary).toMatchObject({ owner: false, rank: 0, roles: [] });
    expect(ordinary?.rights?.has("ban_members")).toBe(false);
    const owner = await openConsole({ person: { name: "ada", roles: ["Moderator"], owner: true } });
    expect(await owner.port.standing(server, "ada")).toMatchObject({ owner: true, roles: [{ name: "Moderator" }] });
  });

  it("stand by rank: the owner, the bot, roles given by hand, roles given by the bot, everybody else", async () => {
    const { type, port } = await openConsole();
    await type("/as mod Moderator");
    await port.addRole(server, "member", "newcomer");
    const ranks = await Promise.all(
      ["you", "bot", "mod", "member", "stranger"].map(async (id) => (await port.standing(server, id))?.rank),
    );
    expect(ranks).toEqual([...ranks].sort((a, b) => (b ?? 0) - (a ?? 0)));
    expect(new Set(ranks).size).toBe(5);
    expect(await port.roleRank(server, "moderator")).toBe(ranks[2]);
    expect(await port.roleRank(server, "newcomer")).toBe(ranks[3]);
  });

  it("cannot type in the name of the bot", async () => {
    await expect(openConsole({ person: { name: "harbour", roles: [], owner: false } })).rejects.toThrow(
      'Nobody can type as "harbour"',
    );
    const { type, screen } = await openConsole();
    await type("/as harbour");
    expect(screen()).toEqual(['(nobody can be called "harbour" here: write letters and digits, as in /as bob)']);
  });

  it("have been here for a year, unless it is said otherwise", async () => {
    const { type, events, port, now, pass, screen } = await openConsole();
    const hour = 60 * minute;
    const joined = async (person: string) => now() - ((await port.standing(server, person))?.joinedAt ?? Number.NaN);
    await type("/as bob Moderator joined=2h created=1d");
    await type("hi");
    expect(message(events[0]).user).toMatchObject({ id: "bob", createdAt: now() - 24 * hour });
    expect(await joined("bob")).toBe(2 * hour);
    expect((await port.standing(server, "bob"))?.roles).toMatchObject([{ name: "Moderator" }]);
    expect(await joined("ada")).toBe(365 * 24 * hour);
    await type("/join carol created=10m");
    pass(hour);
    expect(await joined("carol")).toBe(hour);
    expect((await port.person(server, "carol"))?.createdAt).toBe(now() - 70 * minute);
    await type("/as bob joined=often");
    expect(screen().at(-1)).toBe('("often" is not how long ago something was: write for example joined=2h)');
  });

  it("have the rights and the language that /as gives them, until it says otherwise", async () => {
    const { type, events, port, screen } = await openConsole();
    const rights = async () => (await port.standing(server, "max"))?.rights;
    await type("/as max Moderator rights=mute_members,kick_members language=de");
    await type("hi");
    expect(message(events[0]).user).toMatchObject({ id: "max", language: "de" });
    expect([...(await rights())!]).toEqual(expect.arrayContaining(["send_messages", "mute_members", "kick_members"]));
    expect((await rights())?.has("ban_members")).toBe(false);
    await type("/as max");
    await type("/as max rights=");
    expect((await rights())?.has("mute_members")).toBe(false);
    await type("/as max rights=mute");
    await type("/as max language=german!");
    expect(screen()).toEqual([
      "(you type as max, with the role Moderator, the rights mute_members and kick_members and the language de)",
      "(you type as max, with the role Moderator, the rights mute_members and kick_members and the language de)",
      "(you type as max, with the role Moderator and the language de)",
      '(there is no right "mute": write rights=mute_members)',
      '("german!" is no language: write its short name, such as language=de)',
    ]);
  });

  it("stand above others where they have rights", async () => {
    const { type, port } = await openConsole();
    await type("/as max rights=mute_members");
    const rankOf = async (person: string) => (await port.standing(server, person))?.rank ?? Number.NaN;
    expect(await rankOf("max")).toBeGreaterThan(await rankOf("ada"));
  });

  it("send files by /attach", async () => {
    const { type, events, screen } = await openConsole();
    await type("/attach photo.png Look, @bob!");
    await type("/attach photo.png");
    await type("/attach");
    expect(message(events[0]).message).toMatchObject({ text: "Look, @bob!", entities: [{ offset: 6, id: "bob" }] });
    expect(events.map((event) => message(event).message.attachments?.map(({ name }) => name))).toEqual([
      ["photo.png"],
      ["photo.png"],
    ]);
    expect(screen()).toEqual(["(write the name of the file, and then the message: /attach photo.png Look!)"]);
  });

  it("join by /join", async () => {
    const { type, events, screen } = await openConsole();
    await type("/join carol");
    expect(events).toMatchObject([{ kind: "member_joined", user: { name: "carol" }, server: { id: "console" } }]);
    expect(screen()).toEqual(["(carol joins)"]);
  });

  it("leave words to a command of the file that is called the same", async () => {
    const { type, events, screen } = await openConsole({ commands: ["join"] });
    await type("/join chess");
    expect(message(events[0]).call).toMatchObject({ name: "join" });
    expect(screen()).toEqual([]);
  });
});

describe("what the bot writes", () => {
  it("shows elsewhere and private with the place", async () => {
    const { type, events, port, screen } = await openConsole();
    await type("hi");
    await port.reply(events[0]!.origin, { text: richText("here") });
    await port.send("general", { text: richText("also here") });
    await port.send("mod-log", { text: richText("elsewhere") });
    await port.direct("bob", { text: richText("private") });
    expect(screen()).toEqual(["here", "also here", "[#mod-log] elsewhere", "[to @bob] private"]);
  });

  it("has an embed's parts line under line", async () => {
    const { port, screen } = await openConsole();
    const embed = {
      title: richText("Rules"),
      text: richText("Be kind."),
      fields: [{ name: richText("More"), value: richText("ask"), inline: false }],
      footer: richText("the team"),
    };
    await port.send("general", { text: richText("Look:"), embed });
    expect(screen()).toEqual(["Look:\nRules\nBe kind.\nMore: ask\nthe team"]);
  });

  it("has buttons that are pressed by number or by label, the newest first", async () => {
    const { type, port, events, messages, screen } = await openConsole();
    const button = (key: string, label: string) => ({ key, label, style: "primary" as const });
    const first = await port.send("general", { text: richText("?"), buttons: [button("a", "Yes"), button("b", "No")] });
    await port.send("general", {
      text: richText("again?"),
      buttons: [button("c", "Yes"), { label: "Docs", style: "secondary", url: "https://example.org" }],
    });
    expect(messages.map(({ buttons }) => buttons)).toEqual([
      [
        { label: "Yes", number: 1 },
        { label: "No", number: 2 },
      ],
      [
        { label: "Yes", number: 3 },
        { label: "Docs", url: "https://example.org" },
      ],
    ]);
    for (const line of ["/press 2", "/press yes", "/press 9", "/press"]) await type(line);
    expect((events as ButtonEvent[]).map((event) => event.button)).toEqual(["b", "c"]);
    expect((events[0] as ButtonEvent).messageId).toBe(first.id);
    expect(screen().slice(2)).toEqual(['(there is no button "9" here)', "(write the number of the button: /press 1)"]);
  });

  it("goes to an origin that was stored before a restart", async () => {
    const { port, screen } = await openConsole();
    await port.reply(JSON.parse('{"channel":"news"}'), { text: richText("later") });
    await expect(port.reply(null, { text: richText("where?") })).rejects.toThrow("not known any more");
    expect(screen()).toEqual(["[#news] later"]);
  });
});

describe("moderation", () => {
  it("says what happens", async () => {
    const { type, events, port, screen, now } = await openConsole();
    await type("buy this");
    await port.react("general", message(events[0]).message.id, "👍");
    await port.deleteMessage("general", message(events[0]).message.id, "No advertising");
    await port.mute(server, "bob", now() + 10 * minute, "Flooding");
    await port.unmute(server, "bob");
    await port.kick(server, "bob");
    await port.ban(server, "bob", undefined);
    await port.unban(server, "bob");
    await port.addRole(server, "ada", "newcomer");
    await port.removeRole(server, "ada", "newcomer");
    expect(screen()).toEqual([
      "(Harbour reacts with 👍 to you)",
      "(the message of you is deleted: No advertising)",
      "(bob is muted for 10 minutes: Flooding)",
      "(bob may write again)",
      "(bob is kicked)",
      "(bob is banned)",
      "(bob is no longer banned)",
      "(ada gets the role newcomer)",
      "(ada loses the role newcomer)",
    ]);
  });

  it("is felt: who is muted or gone is not heard", async () => {
    const { type, events, port, screen, now, pass } = await openConsole();
    await type("/as bob");
    await port.mute(server, "bob", now() + 10 * minute);
    await type("can you hear me?");
    expect(events).toHaveLength(0);
    pass(10 * minute);
    await type("now?");
    expect(events).toHaveLength(1);
    await port.kick(server, "bob");
    expect(await port.standing(server, "bob")).toBeUndefined();
    await type("and now?");
    await type("/join bob");
    await port.ban(server, "bob", now() + minute);
    await type("/join bob");
    await type("hello?");
    pass(minute);
    await type("back");
    expect(events.map((event) => event.kind)).toEqual(["message", "member_joined", "message"]);
    expect(screen().filter((line) => line.includes("nobody hears") || line.includes("cannot"))).toEqual([
      "(bob is muted for 10 minutes, so nobody hears this)",
      "(bob has been kicked, so nobody hears this: type /join bob to come back)",
      "(bob is banned and cannot join)",
      "(bob is banned, so nobody hears this)",
    ]);
  });
});

describe("the connection", () => {
  it("finds every name, and the same again by its id", async () => {
    const { port } = await openConsole();
    for (const kind of ["channel", "role", "user"] as const) {
      const found = await port.find(kind, server, "Mod-Log");
      expect(found).toEqual({ found: "one", id: "mod-log", name: "Mod-Log" });
      expect(await port.find(kind, server, "mod-log")).toEqual(found);
      expect(await port.find(kind, server, "@")).toEqual({ found: "none" });
    }
    expect(await port.server("anything")).toEqual({ id: "console", name: "console" });
    expect(await port.channel("dm:bob")).toEqual({ id: "dm:bob", name: "bob", direct: true });
  });

  it("takes the bot's new name over without being replaced", async () => {
    const { connection, port, renamed } = await openConsole();
    await renamed("Lighthouse");
    expect(port.self()).toMatchObject({ id: "bot", name: "Lighthouse", isBot: true });
    expect(connection.state()).toEqual({ state: "open" });
  });

  it("ends cleanly with its input, and hears nothing after it stopped", async () => {
    const ended = await openConsole();
    ended.end();
    expect(ended.states.at(-1)).toEqual({ state: "closed", why: "There is no more input.", clean: true });
    await ended.connection.close();
    expect(ended.states.filter((state) => state.state === "closed")).toHaveLength(1);
    const stopped = await openConsole();
    await stopped.connection.stopIntake();
    await stopped.type("hello?");
    expect(stopped.events).toEqual([]);
  });
});
