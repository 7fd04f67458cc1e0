import type { Role } from "../contracts/event.ts";
import type { OutMessage } from "../contracts/message.ts";
import { type ActionContext, defineAction, done, doneWith, notDone, type Outcome } from "../contracts/word.ts";
import { say } from "../sentences/sentence.ts";
import { isBlank } from "./shared/asking.ts";
import { menuButtons } from "./shared/menu.ts";
import { sentValue } from "./shared/message.ts";
import { isOutcome, serverOf } from "./shared/server.ts";

/** More roles than these are a list to pick from, where the platform has lists. */
const mostButtons = 5;

export const choose_role = defineAction({
  name: "choose_role",
  summary: "Shows roles that people can give to themselves by a press, and take away again.",
  tells: [
    "show[ in {to}] the roles {roles}, of which {allow} may have {only_one?yes=one|no=several}",
    "show[ in {to}] the roles {roles}, of which everybody may have {only_one?yes=one|no=several}",
  ],
  toPeople: "let them give themselves a role",
  short: "roles",
  fields: {
    roles: {
      kind: "list",
      of: { kind: "role", about: "A role, by name." },
      about: "The roles to choose from, by name.",
      minItems: 1,
      maxItems: 25,
      lone: true,
    },
    only_one: {
      kind: "boolean",
      about: "Whether people have one of them at most: whoever chooses another loses the one before.",
      default: false,
    },
    text: { kind: "text", about: "What the message says. Choose your roles:, if left out.", optional: true },
    to: { kind: "places", about: "The channel to show it in. Here, if left out.", optional: true },
    allow: { kind: "who", about: "Who may choose. Everybody, if left out.", optional: true },
  },
  botRight: "manage_roles",
  uses: ["messages.send", "messages.buttons", "members.roles"],
  saves: (_args, types) => types.message,
  outcomes: {
    done: "The message is there. Whoever chooses is told which roles they have.",
    not_done: "This is not on a server, there is no such role or channel, or the bot may not give roles.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "One colour of four", yaml: "choose_role: { roles: [Red, Green, Blue, Gold], only_one: yes }" },
    {
      about: "Any of several, in another channel",
      yaml: "choose_role: { roles: [News, Events], text: What do you want to hear of?, to: roles }",
    },
  ],
  async run({ roles, only_one: onlyOne, text: written, to }, context) {
    const text = written ?? context.say(say("choose_roles"));
    const server = serverOf(context, context.event.user);
    if (isOutcome(server)) return server;
    if (isBlank(text)) return notDone(say("message_empty"));
    const asList = roles.length > mostButtons && context.can("messages.menu");
    const choices = roles.map(({ id, name }) => ({ label: name, value: id }));
    const shown = { choices, multiple: asList && !onlyOne, once: false };
    const menu = await context.menu({ index: 0, shown, forGood: true }, { text });
    const message: OutMessage = asList
      ? { text, menu }
      : { text, buttons: menuButtons(menu, [], (sentence) => context.say(sentence)) };
    if (to === undefined) return doneWith(sentValue(await context.reply(message)));
    const [place] = to;
    if (place === undefined || to.length > 1) return notDone(say("roles_one_channel"));
    if (place.platform !== context.event.platform) return notDone(say("roles_own_platform"));
    return doneWith(sentValue(await context.platform.send(place.channel.id, message)));
  },
  async picked(picked, { roles, only_one: onlyOne }, context) {
    const { user } = context.event;
    const server = serverOf(context, user);
    if (isOutcome(server)) return server;
    const standing = await context.platform.standing(server.id, user.id);
    const held = new Set((standing?.roles ?? []).map(({ id }) => id));
    const mine = roles.filter(({ id }) => held.has(id));
    const chosen = roles.filter(({ id }) => (Array.isArray(picked) ? picked.includes(id) : picked === id));
    // A list says all that somebody wants to have; a button gives what is not there and takes what is.
    const taken = mine.filter((role) => (Array.isArray(picked) || onlyOne ? !chosen.includes(role) : false));
    const pressedAgain = Array.isArray(picked) ? [] : chosen.filter(({ id }) => held.has(id));
    const given = chosen.filter(({ id }) => !held.has(id));
    const refused = await change(context, [
      ...[...taken, ...pressedAgain].map((role) => ["remove_role", role] as const),
      ...given.map((role) => ["add_role", role] as const),
    ]);
    if (refused !== undefined) return refused;
    const now = [...mine.filter((role) => !taken.includes(role) && !pressedAgain.includes(role)), ...given];
    const names = now.map(({ name }) => name).join(", ");
    const text = context.say(say("roles_now", { roles: names }));
    await context.reply({ text, ephemeral: true });
    return done;
  },
});

/** Does what is to be done, up to what is refused. */
async function change(
  context: ActionContext,
  steps: readonly (readonly ["add_role" | "remove_role", Role])[],
): Promise<Outcome | undefined> {
  for (const [word, role] of steps) {
    const outcome = await context.act(word, { role, member: context.event.user });
    if (outcome.end !== "done") return outcome;
  }
  return undefined;
}
