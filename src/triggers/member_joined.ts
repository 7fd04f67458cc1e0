import { defineTrigger } from "../contracts/word.ts";

export const member_joined = defineTrigger({
  name: "member_joined",
  aka: [
    "join",
    "joins",
    "joined",
    "member_join",
    "user_joined",
    "someone_joins",
    "user_joins",
    "member_joins",
    "new_member",
    "welcome",
  ],
  summary: "Somebody joins the server.",
  tells: "somebody joins {server}",
  fields: {},
  events: ["member_joined"],
  feeds: ["members"],
  uses: ["events.member_joined"],
  hasMessage: false,
  examples: [{ about: "Every newcomer", yaml: "member_joined" }],
});
