import { defineTrigger } from "../contracts/word.ts";

export const member_left = defineTrigger({
  name: "member_left",
  aka: ["leave", "leaves", "left", "member_leave", "user_left", "user_leaves", "someone_leaves", "goodbye"],
  summary: "Somebody leaves the server, or is taken out of it.",
  tells: "somebody leaves {server}",
  fields: {},
  events: ["member_left"],
  feeds: ["members"],
  uses: ["events.member_left"],
  hasMessage: false,
  examples: [{ about: "Everybody who leaves", yaml: "member_left" }],
});
