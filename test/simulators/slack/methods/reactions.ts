import { lasting } from "./chat.ts";
import { fail, type Method, type MethodContext } from "./method.ts";

/** An emoji's name: never the character itself, never with colons. */
const emojiName = /^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/;

/** Reactions and pins. */
export const reactionMethods: Record<string, Method> = {
  "reactions.add": {
    scopes: () => ["reactions:write"],
    run(context) {
      const { args, workspace, echo } = context;
      const name = String(args.name);
      const found = lasting(context, args.timestamp);
      if ("error" in found) return fail(found.error);
      if (!emojiName.test(name)) return fail("invalid_name");
      let reaction = found.message.reactions.find((one) => one.name === name);
      if (reaction?.users.includes(workspace.bot.id)) return fail("already_reacted");
      if (reaction === undefined) {
        reaction = { name, users: [] };
        found.message.reactions.push(reaction);
      }
      reaction.users.push(workspace.bot.id);
      echo.reaction("reaction_added", found.message, name, workspace.bot.id);
      return { ok: true };
    },
  },
  "reactions.remove": {
    scopes: () => ["reactions:write"],
    run(context) {
      const { args, workspace, echo } = context;
      const found = lasting(context, args.timestamp);
      if ("error" in found) return fail(found.error);
      const reaction = found.message.reactions.find((one) => one.name === args.name);
      if (!reaction?.users.includes(workspace.bot.id)) return fail("no_reaction");
      reaction.users = reaction.users.filter((user) => user !== workspace.bot.id);
      found.message.reactions = found.message.reactions.filter((one) => one.users.length > 0);
      echo.reaction("reaction_removed", found.message, reaction.name, workspace.bot.id);
      return { ok: true };
    },
  },
  "pins.add": { scopes: () => ["pins:write"], run: (context) => pin(context, true) },
  "pins.remove": { scopes: () => ["pins:write"], run: (context) => pin(context, false) },
};

function pin(context: MethodContext, pinned: boolean) {
  const found = lasting(context, context.args.timestamp);
  if ("error" in found) return fail(found.error);
  if (Boolean(found.message.pinned) === pinned) return fail(pinned ? "already_pinned" : "no_pin");
  found.message.pinned = pinned;
  return { ok: true };
}
