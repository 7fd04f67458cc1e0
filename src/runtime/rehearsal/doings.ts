import type { Channel } from "../../contracts/event.ts";
import type { PersonDoes } from "../../contracts/rehearsal.ts";
import type { Stage } from "../simulated/connection.ts";
import { readLine } from "../simulated/typed.ts";
import { directPrefix, placeNamed, type SimulatedPerson } from "../simulated/world.ts";
import { fill, pick, press } from "./answers.ts";
import { CannotDo, type Doing, eventParts } from "./doing.ts";
import { actorIn } from "./transcript.ts";

/** Does what a step says somebody does. @returns it as a line of the transcript. @throws CannotDo */
export async function act(stage: Stage, does: PersonDoes, now: number, serial: () => number): Promise<string> {
  const somebody = stage.world.somebody(does.as);
  const channel = placeOf(stage, does, somebody);
  const id = `m${serial()}`;
  const { as, direct, in: place } = does;
  const doing: Doing = {
    ...{ stage, somebody, channel, now, id, called: actorIn(somebody.person.name, does) },
    event: (channelId) => eventParts(doing, channelId === undefined ? channel : channelOf(stage, somebody, channelId)),
    also: (more) =>
      act(stage, { as, direct, ...(place === undefined ? {} : { in: place }), attach: [], ...more }, now, serial),
  };
  if (does.say !== undefined) return say(doing, does.say, does.attach);
  if (does.press !== undefined) return press(doing, does.press);
  if (does.pick !== undefined) return pick(doing, does.pick);
  if (does.fill !== undefined) return fill(doing, does.fill);
  if (does.join) return join(doing);
  if (does.leave) return leave(doing);
  if (does.react !== undefined) return react(doing, does.react);
  if (does.edit !== undefined) return edit(doing, does.edit);
  if (does.delete) return remove(doing);
  if (does.get_role !== undefined) return changeRole(doing, does.get_role, "role_added");
  return changeRole(doing, does.lose_role!, "role_removed");
}

async function say(doing: Doing, said: string, attached: readonly string[]): Promise<string> {
  const { stage, somebody, called, channel, now, id } = doing;
  const { id: authorId } = somebody.person;
  const silent = silence(doing);
  if (silent !== undefined) return `${called}: ${said}   (${silent}, so nobody hears it)`;
  const { text, entities, call } = readLine(said, stage.world);
  if (call !== undefined && text.startsWith("/") && !stage.world.definition.commandsAreMessages) {
    await stage.cause({ ...doing.event(), kind: "command", call });
    return `${called}: ${said}`;
  }
  const standing = { buttons: [], menu: undefined, pinned: false };
  stage.world.messages.push({ id, channelId: channel.id, authorId, text, at: now, ...standing });
  const attachments = attached.map((file, index) => ({ id: `${id}-${index}`, name: file }));
  await stage.cause({
    ...doing.event(),
    kind: "message",
    message: { id, text, entities, attachments },
    ...(call === undefined ? {} : { call }),
  });
  return `${called}: ${said}`;
}

async function join({ stage, somebody, now, event }: Doing): Promise<string> {
  const { name } = somebody.person;
  if (somebody.bannedUntil > now) return `${name} is banned and cannot join`;
  somebody.here = true;
  somebody.joinedAt = now;
  await stage.cause({ ...event(), kind: "member_joined" });
  return `${name} joins`;
}

async function leave({ stage, somebody, event }: Doing): Promise<string> {
  somebody.here = false;
  await stage.cause({ ...event(), kind: "member_left" });
  return `${somebody.person.name} leaves`;
}

async function react({ stage, called, channel, event }: Doing, emoji: string): Promise<string> {
  const { world } = stage;
  const message = world.messages.findLast((one) => one.channelId === channel.id);
  if (message === undefined) throw new CannotDo("there is no message to react to");
  const author = message.authorId === world.bot.id ? world.bot : world.known(message.authorId)?.person;
  await stage.cause({
    ...event(),
    kind: "reaction_added",
    emoji,
    messageId: message.id,
    ...(author === undefined ? {} : { author }),
  });
  return `${called} reacts with ${emoji}`;
}

async function edit(doing: Doing, said: string): Promise<string> {
  const { stage, called, event } = doing;
  const message = lastMessage(doing);
  message.text = said;
  const { text, entities } = readLine(said, stage.world);
  await stage.cause({
    ...event(),
    kind: "message_edited",
    message: { id: message.id, text, entities, attachments: [] },
  });
  return `${called} changes their message to: ${said}`;
}

async function remove(doing: Doing): Promise<string> {
  const { stage, called, event } = doing;
  const { messages } = stage.world;
  const message = lastMessage(doing);
  messages.splice(messages.indexOf(message), 1);
  const { text, entities } = readLine(message.text, stage.world);
  await stage.cause({
    ...event(),
    kind: "message_deleted",
    message: { id: message.id, text, entities, attachments: [] },
  });
  return `${called} deletes their message`;
}

async function changeRole(
  { stage, somebody, event }: Doing,
  name: string,
  kind: "role_added" | "role_removed",
): Promise<string> {
  const role = stage.world.role(name);
  if (kind === "role_added") somebody.roles.add(role.id);
  else somebody.roles.delete(role.id);
  await stage.cause({ ...event(), kind, role });
  return `${somebody.person.name} ${kind === "role_added" ? "gets" : "loses"} the role ${role.name}`;
}

function lastMessage({ stage, somebody, channel }: Doing) {
  const { id, name } = somebody.person;
  const found = stage.world.messages.findLast((one) => one.authorId === id && one.channelId === channel.id);
  if (found === undefined) throw new CannotDo(`${name} has not written anything there`);
  return found;
}

function placeOf({ world }: Stage, does: PersonDoes, { person }: SimulatedPerson): Channel {
  if (does.direct) return { id: `${directPrefix}${person.id}`, name: person.name, direct: true };
  if (does.in === undefined) return world.channel("general").channel;
  return placeNamed(world, does.in).channel;
}

function channelOf({ world }: Stage, { person }: SimulatedPerson, channelId: string): Channel {
  if (channelId.startsWith(directPrefix)) return { id: channelId, name: person.name, direct: true };
  return world.channels.get(channelId)!.channel;
}

/** Why nobody hears somebody, in words. */
function silence({ stage, somebody, channel, now }: Doing): string | undefined {
  const { name } = somebody.person;
  if (!somebody.here) return `${name} is not on the server`;
  if (somebody.mutedUntil > now) return `${name} is muted`;
  const place = stage.world.channels.get(channel.id);
  if (place?.closed) return "the thread is closed";
  return place?.locked && somebody.rights.size === 0 && !somebody.owner ? "the channel is locked" : undefined;
}
