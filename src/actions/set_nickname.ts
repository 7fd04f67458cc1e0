import { defineAction, done } from "../contracts/word.ts";
import { plainText } from "../language/rich-text.ts";
import { reasonField, reasonText } from "./shared/moderation-fields.ts";
import { isOutcome, serverOf } from "./shared/server.ts";

export const set_nickname = defineAction({
  name: "set_nickname",
  aka: ["rename", "nick"],
  summary: "Changes what somebody is called on the server, or gives them their own name back.",
  tells: ["call {member} {name}[ because of {reason}]", "give {member} their own name back[ because of {reason}]"],
  toPeople: "change what they are called",
  fields: {
    member: {
      kind: "person",
      about: "Whose name. The person who caused this, if left out.",
      optional: true,
      causer: true,
    },
    name: {
      kind: "text",
      about: "What they are called from now on. Left out, they have their own name again.",
      optional: true,
      maxLength: 32,
      examples: ["Captain"],
    },
    ...reasonField,
  },
  right: "manage_nicknames",
  botRight: "manage_nicknames",
  uses: ["members.nickname"],
  moderation: true,
  target: "member",
  onSelf: true,
  repeatable: true,
  outcomes: {
    done: "The person is called so on this server.",
    not_done: "The person stands too high, the bot lacks the right, or the platform does not take the name.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "A name for a newcomer", yaml: 'set_nickname: { member: "{{ user }}", name: "New: {{ user.name }}" }' },
  ],
  async run({ member, name, reason }, context) {
    const person = member ?? context.event.user;
    const server = serverOf(context, person);
    if (isOutcome(server)) return server;
    const nickname = name === undefined ? undefined : plainText(name).trim();
    await context.platform.setNickname(
      server.id,
      person.id,
      nickname === "" ? undefined : nickname,
      reasonText(reason),
    );
    return done;
  },
});
