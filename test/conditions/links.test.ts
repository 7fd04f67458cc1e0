import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { has_invite } from "../../src/conditions/has_invite.ts";
import { has_link } from "../../src/conditions/has_link.ts";
import type { MessageContent } from "../../src/contracts/event.ts";
import { contextOf, eventOf } from "./support.ts";

function linked(message: Partial<MessageContent> | undefined, except?: readonly string[], is = true) {
  const compiled = has_link.compile({ is, ...(except === undefined ? {} : { except }) });
  if (typeof compiled !== "function") throw new Error(compiled.problem);
  return compiled(contextOf({ event: eventOf(message) }));
}

function invites(message: Partial<MessageContent>) {
  const compiled = has_invite.compile({ is: true });
  if (typeof compiled !== "function") throw new Error(compiled.problem);
  return compiled(contextOf({ event: eventOf(message) }));
}

describe("has_link", () => {
  test.each<[string, boolean]>([
    ["see https://example.org/rules", true],
    ["see HTTP://EXAMPLE.ORG", true],
    ["(https://example.org)", true],
    ["<https://example.org>", true],
    ["[rules](https://example.org)", true],
    ["nospacehttps://example.org", true],
    ["www.example.org", true],
    ["https://", false],
    ["https:// example.org", false],
    ["ftp://example.org", false],
    ["the scheme is http, the site example", false],
    ["ada@www.example.org", false],
    ["a://b://c://", false],
    ["", false],
  ])("%j: %s", (text, expected) => {
    expect(linked({ text })).toBe(expected);
    expect(linked({ text }, undefined, false)).toBe(!expected);
  });

  test.each<[string, boolean]>([
    ["example.org", true],
    ["https://example.org", true],
    ["tg://join?invite=abc", true],
    ["tg://user?id=42", false],
    ["mailto:ada@example.org", false],
    ["tel:+34123", false],
  ])("what the platform marked as %j: %s", (address, expected) => {
    expect(linked({ text: "look here", links: [address] })).toBe(expected);
  });

  test("finds links in what was forwarded", () => {
    expect(linked({ text: "", forwarded: "https://example.org" })).toBe(true);
  });

  test("cannot tell where there is no message", () => {
    expect(linked(undefined)).toBeUndefined();
    expect(linked(undefined, undefined, false)).toBeUndefined();
  });

  test.each<[string, boolean]>([
    ["https://example.org", false],
    ["https://EXAMPLE.org:443/x?y#z", false],
    ["https://docs.example.org/a", false],
    ["https://ada@example.org/", false],
    ["(see https://example.org).", false],
    ["**https://example.org**, and more", false],
    ["[x](https://example.org), fine", false],
    ["https://example.org.", false],
    ["www.example.org!", false],
    ["https://münchen.example/x", false],
    ["https://xn--mnchen-3ya.example/x", false],
    ["https://notexample.org", true],
    ["https://example.org.evil.example", true],
    ["https://example.org@evil.example", true],
    ["https://example.org:x@evil.example/", true],
    ["https://example.org%2eevil.example", true],
    ["https://example.org,.evil.example", true],
    ["https://example.org。evil。example", true],
    ["https://example.org\u00ad.evil.example", true],
    ["https://evil.example\\@example.org", true],
    ["https://evil.example/https://example.org", true],
    ["https://evil.example?https://example.org", true],
    ["https://example.org https://evil.example", true],
    ["http://[::1]/", true],
  ])("%j does not count or does, with sites let through: %s", (text, counts) => {
    expect(linked({ text }, ["example.org", "münchen.example"])).toBe(counts);
  });

  test("lets marked addresses through by their site too", () => {
    expect(linked({ links: ["example.org/rules"] }, ["example.org"])).toBe(false);
    expect(linked({ links: ["http://evil.example"] }, ["example.org"])).toBe(true);
    expect(linked({ links: ["tg://join?invite=abc"] }, ["example.org"])).toBe(true);
  });

  test.each([
    ["https://example.org/x", "is more than the name of a site; write example.org"],
    ["*.example.org", "is more than the name of a site; write example.org"],
    ["example.org:8080", "is more than the name of a site; write example.org"],
    ["", "is not the name of a site"],
    ["our pages", "is not the name of a site"],
  ])("the site %j is explained", (site, why) => {
    expect(has_link.compile({ is: true, except: [site] })).toMatchObject({ problem: expect.stringContaining(why) });
  });

  test("reads the site that a browser would go to, or counts the link", () => {
    const piece = fc.constantFrom(
      "example.org",
      "evil.example",
      "@",
      ":",
      "/",
      "\\",
      "?",
      "#",
      ".",
      "%",
      ",",
      ")",
      "。",
      "a",
      "443",
      "-",
    );
    const address = fc.array(piece, { minLength: 1, maxLength: 8 }).map((parts) => `https://${parts.join("")}`);
    const property = fc.property(address, (text) => {
      if (linked({ text }, ["example.org"]) === true || !URL.canParse(text)) return;
      const { hostname } = new URL(text);
      // What stands behind a bracket or comma may be left out of the address by the platform.
      expect(hostname.replace(/\.+$/, "")).toMatch(/^(?:.*\.)?example\.org(?:\.*[,)][^.]*\.*)?$|^$/);
    });
    fc.assert(property, { seed: 7, numRuns: 5000 });
  });
});

describe("has_invite", () => {
  test.each<[string, boolean]>([
    ["discord.gg/harbour", true],
    ["https://discord.gg/harbour", true],
    ["HTTPS://DISCORD.GG/Harbour", true],
    ["https://discord.com/invite/harbour", true],
    ["https://ptb.discord.com/invite/harbour", true],
    ["discordapp.com/invite/harbour", true],
    ["https://discord.gg\\harbour", true],
    ["https://discord.gg//harbour", true],
    ["dis\u200bcord.gg/har\u00adbour", true],
    ["t.me/+AbCdEf", true],
    ["t.me/joinchat/AbCdEf", true],
    ["telegram.me/+AbCdEf", true],
    ["tg://join?invite=AbCdEf", true],
    ["https://join.slack.com/t/harbour/shared_invite/zt-1", true],
    ["https://harbour.slack.com/join/shared_invite/zt-1", true],
    ["https://chat.whatsapp.com/AbCdEf", true],
    ["(discord.gg/harbour)", true],
    ["https://discord.com/channels/1/2", false],
    ["https://t.me/harbour", false],
    ["discord.gg", false],
    ["discord.gg/ is where", false],
    ["notdiscord.gg/harbour", false],
    ["first.me/+1", false],
    ["https://harbour.slack.com/archives/C1", false],
    ["hello", false],
  ])("%j: %s", (text, expected) => {
    expect(invites({ text })).toBe(expected);
  });

  test("are found behind words and in what was forwarded", () => {
    expect(invites({ text: "click", links: ["https://t.me/+AbC"] })).toBe(true);
    expect(invites({ text: "", forwarded: "discord.gg/abc" })).toBe(true);
  });
});

test.each([
  ["http://", 40_000],
  ["https://a", 40_000],
  ["www.", 60_000],
  ["www.a@", 40_000],
  ["discord.gg/", 30_000],
  ["discord.gg////////", 20_000],
  ["/", 400_000],
  ["slack.com/t/", 30_000],
  ["t.me/joinchat/", 30_000],
  ["\u200b/", 200_000],
])("a message of nothing but %j is answered", (piece, times) => {
  const text = piece.repeat(times);
  expect(typeof linked({ text }, ["example.org"])).toBe("boolean");
  expect(typeof invites({ text })).toBe("boolean");
});
