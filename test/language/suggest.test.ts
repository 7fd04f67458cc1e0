import { expect, it } from "vitest";
import { suggest } from "../../src/diagnostics/suggest.ts";

const actions = ["reply", "send", "ban", "kick", "mute", "add_role", "remove_role", "delete_message", "set", "stop"];

it.each<[string, string | undefined]>([
  ["repy", "reply"],
  ["rpely", "reply"],
  ["Reply", "reply"],
  ["addrole", "add_role"],
  ["add-role", "add_role"],
  ["ad_role", "add_role"],
  ["remove_rol", "remove_role"],
  ["delete", "delete_message"],
  ["sned", "send"],
  ["bna", "ban"],
  ["kik", "kick"],
  ["replying", "reply"],
  ["xyz", undefined],
  ["x", undefined],
  ["", undefined],
  ["telephone", undefined],
])("%j is %s", (word, expected) => {
  expect(suggest(word, actions)).toBe(expected);
});

it("takes the first of equally near words, and swapped letters before wrong ones", () => {
  expect(suggest("cat", ["car", "bat"])).toBe("car");
  expect(suggest("form", ["farm", "from"])).toBe("from");
});
