import type { BotEvent, Person, Role, Standing } from "../../contracts/event.ts";
import { type Actor, holdsRight } from "../../contracts/permission.ts";
import { PlatformError, type PlatformPort } from "../../contracts/platform.ts";
import type { CompiledStep } from "../../plan/program.ts";
import { type Sentence, say } from "../../sentences/sentence.ts";

/** On whose behalf an action is done: a person asked for it, or a rule of the file acts by itself. */
export type Acting = "person" | "bot";

/**
 * The hierarchy rule and the bot's own right, checked before the call: nobody acts on someone at or above their own rank,
 * nor on the owner, the bot or themselves. What cannot be checked is refused.
 * @returns a sentence for the person when the action must not be done; nothing to wait for where nothing is to be checked.
 */
export function refusal(
  step: CompiledStep,
  args: Readonly<Record<string, unknown>>,
  event: BotEvent,
  actor: Actor,
  port: PlatformPort,
  acting: Acting,
): Promise<Sentence | undefined> | Sentence | undefined {
  const { word } = step;
  if (word.moderation !== true && word.botRight === undefined) return undefined;
  if (event.server === undefined) return needsServer(step) ? say("only_on_server") : undefined;
  return check(step, args, event, event.server.id, actor, port, acting).catch((error: unknown) => {
    if (error instanceof PlatformError) return say("cannot_check_me");
    throw error;
  });
}

/** The event's channel, where it is one of the server's; a private chat is none. */
export function channelOn({ channel }: BotEvent): string | undefined {
  return channel === undefined || channel.direct ? undefined : channel.id;
}

function needsServer({ word }: CompiledStep): boolean {
  return word.target !== undefined || word.role !== undefined;
}

async function check(
  step: CompiledStep,
  args: Readonly<Record<string, unknown>>,
  event: BotEvent,
  serverId: string,
  actor: Actor,
  port: PlatformPort,
  acting: Acting,
): Promise<Sentence | undefined> {
  const { word } = step;
  const target = targetOf(step, args, event);
  const role = word.role === undefined ? undefined : (args[word.role] as Role | undefined);
  const onSelf = acting === "person" && target?.id === actor.person.id;
  if (target !== undefined) {
    if (target.id === port.self()?.id) return say("not_me");
    if (onSelf && word.role === undefined && word.onSelf !== true) return say("not_yourself");
  }
  const own = await port.botStanding(serverId, channelOn(event));
  if (word.botRight !== undefined) {
    const holds = holdsRight(own, word.botRight);
    if (holds === undefined) return say("cannot_check_me");
    if (!holds) return say("bot_lacks_right", { right: say(`right_${word.botRight}`) });
  }
  // Taking a role for oneself is what role buttons are for; the role's own rank is checked below.
  if (target !== undefined && !onSelf) {
    const theirs = await port.standing(serverId, target.id);
    const refused = await compareRanks(
      target.name,
      theirs,
      own,
      actor,
      acting,
      word.botRight !== undefined && word.role === undefined,
    );
    if (refused !== undefined) return refused;
  }
  if (role === undefined) return undefined;
  const rank = await port.roleRank(serverId, role.id);
  if (rank === undefined || own?.rank === undefined) return say("cannot_check_me");
  if (!own.owner && own.rank <= rank) return say("role_above_me", { role: role.name });
  // A role that the file names was chosen by whoever wrote the file; one that a person names must be below theirs.
  const chosenByPerson = acting === "person" && (!step.roleFromFile || !onSelf);
  if (!chosenByPerson) return undefined;
  const standing = await actor.standing();
  if (standing?.owner === true) return undefined;
  if (standing?.rank === undefined) return say("cannot_check_you");
  return standing.rank <= rank ? say("role_above_you", { role: role.name }) : undefined;
}

/** Whom an action is about: the person it names, or whoever caused the event where it may leave that out. */
export function targetOf(
  { word }: CompiledStep,
  args: Readonly<Record<string, unknown>>,
  event: BotEvent,
): Person | undefined {
  if (word.target === undefined) return undefined;
  return (args[word.target] as Person | undefined) ?? event.user;
}

/** Somebody who is not on the server (any more) has no rank: a ban by id is possible. */
async function compareRanks(
  name: string,
  theirs: Standing | undefined,
  own: Standing | undefined,
  actor: Actor,
  acting: Acting,
  botActs: boolean,
): Promise<Sentence | undefined> {
  if (theirs === undefined) return undefined;
  if (theirs.owner) return say("not_owner");
  if (theirs.rank === undefined) return say("cannot_check_me");
  if (acting === "person") {
    const standing = await actor.standing();
    if (standing?.owner !== true) {
      if (standing?.rank === undefined) return say("cannot_check_you");
      if (standing.rank <= theirs.rank) return say("above_you", { name });
    }
  }
  if (!botActs && acting === "person") return undefined;
  if (own?.owner === true) return undefined;
  if (own?.rank === undefined) return say("cannot_check_me");
  return own.rank <= theirs.rank ? say("above_me", { name }) : undefined;
}
