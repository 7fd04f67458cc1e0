import type { BotEvent, Channel } from "../../contracts/event.ts";
import type { PersonDoes } from "../../contracts/rehearsal.ts";
import type { Stage } from "../simulated/connection.ts";
import type { Origin } from "../simulated/port.ts";
import { readTyped } from "../simulated/typed.ts";
import { directPrefix, type SimulatedPerson } from "../simulated/world.ts";

/** What cannot be done in the test: nothing of that label to press, no message to react to. */
export class CannotDo extends Error {
  override readonly name = "CannotDo";
}

/** Does what a step says somebody does. @returns it as a line of the transcript. @throws CannotDo */
export async function act(stage: Stage, does: PersonDoes, now: number, serial: () => number): Promise<string> {
  const { world } = stage;
  const somebody = world.somebody(does.as);
  const { person } = somebody;
  const channel = placeOf(stage, does, somebody);
  const id = `m${serial()}`;
  const origin = (canOpenForm: boolean): Origin => ({ channel: channel.id, person: person.id, canOpenForm });
  const base = {
    key: `${world.definition.name}:${id}`,
    platform: world.definition.name,
    at: now,
    ...(channel.direct ? {} : { server: world.server }),
    channel,
    user: person,
    origin: { ...origin(true) },
  };
  const mine = () => {
    const found = world.messages.findLast((one) => one.authorId === person.id && one.channelId === channel.id);
    if (found === undefined) throw new CannotDo(`${person.name} has not written anything there`);
    return found;
  };

  if (does.say !== undefined) {
    const silent = silence(stage, somebody, channel, now);
    if (silent !== undefined) return `${person.name}: ${does.say}   (${silent}, so nobody hears it)`;
    const { text, entities, call } = readTyped(does.say, world);
    world.messages.push({
      id,
      channelId: channel.id,
      authorId: person.id,
      text,
      at: now,
      buttons: [],
      menu: undefined,
      pinned: false,
    });
    const attachments = does.attach.map((name, index) => ({ id: `${id}-${index}`, name }));
    await stage.cause({
      ...base,
      kind: "message",
      message: { id, text, entities, attachments },
      ...(call === undefined ? {} : { call }),
    });
    return `${person.name}: ${does.say}`;
  }
  if (does.press !== undefined) {
    const wanted = does.press.toLowerCase();
    const message = world.messages.findLast(
      (one) =>
        mayBeSeen(one.channelId, person.id) &&
        one.buttons.some((button) => button.key !== undefined && button.label.toLowerCase() === wanted),
    );
    const key = message?.buttons.find((button) => button.label.toLowerCase() === wanted)?.key;
    if (message === undefined || key === undefined)
      throw new CannotDo(`there is no button "${does.press}"${near(stage)}`);
    await stage.cause({ ...at(message.channelId), kind: "button", button: key, messageId: message.id });
    return `${person.name} presses ${does.press}`;
  }
  if (does.pick !== undefined) return pick(does.pick);
  if (does.fill !== undefined) return fill(does.fill);
  if (does.join) {
    if (somebody.bannedUntil > now) return `${person.name} is banned and cannot join`;
    somebody.here = true;
    somebody.joinedAt = now;
    await stage.cause({ ...base, kind: "member_joined" });
    return `${person.name} joins`;
  }
  if (does.leave) {
    somebody.here = false;
    await stage.cause({ ...base, kind: "member_left" });
    return `${person.name} leaves`;
  }
  if (does.react !== undefined) {
    const message = world.messages.findLast((one) => one.channelId === channel.id);
    if (message === undefined) throw new CannotDo("there is no message to react to");
    const author = message.authorId === world.bot.id ? world.bot : world.known(message.authorId)?.person;
    await stage.cause({
      ...base,
      kind: "reaction_added",
      emoji: does.react,
      messageId: message.id,
      ...(author === undefined ? {} : { author }),
    });
    return `${person.name} reacts with ${does.react}`;
  }
  if (does.edit !== undefined) {
    const message = mine();
    message.text = does.edit;
    const { text, entities } = readTyped(does.edit, world);
    await stage.cause({
      ...base,
      kind: "message_edited",
      message: { id: message.id, text, entities, attachments: [] },
    });
    return `${person.name} changes their message to: ${does.edit}`;
  }
  if (does.delete) {
    const message = mine();
    world.messages.splice(world.messages.indexOf(message), 1);
    const { text, entities } = readTyped(message.text, world);
    await stage.cause({
      ...base,
      kind: "message_deleted",
      message: { id: message.id, text, entities, attachments: [] },
    });
    return `${person.name} deletes their message`;
  }
  const [role, kind] =
    does.get_role === undefined ? [does.lose_role!, "role_removed" as const] : [does.get_role, "role_added" as const];
  const named = world.role(role);
  if (kind === "role_added") somebody.roles.add(named.id);
  else somebody.roles.delete(named.id);
  await stage.cause({ ...base, kind, role: named });
  return `${person.name} ${kind === "role_added" ? "gets" : "loses"} the role ${named.name}`;

  function again(more: Pick<PersonDoes, "press" | "say">): Promise<string> {
    const { as, direct, in: place } = does;
    return act(stage, { as, direct, ...(place === undefined ? {} : { in: place }), attach: [], ...more }, now, serial);
  }

  /** The same, caused in another channel than where the person is. */
  function at(channelId: string): typeof base {
    const there = channelId.startsWith(directPrefix)
      ? { id: channelId, name: person.name, direct: true }
      : world.channels.get(channelId)!.channel;
    return { ...base, channel: there, origin: { ...origin(true), channel: channelId } };
  }

  async function pick(labels: readonly string[]): Promise<string> {
    const message = world.messages.findLast((one) => one.menu !== undefined && mayBeSeen(one.channelId, person.id));
    const said = `${person.name} picks ${labels.join(", ")}`;
    if (message?.menu === undefined) {
      // A platform without menus shows buttons instead.
      for (const label of labels) await again({ press: label });
      const isDone = world.messages.findLast((one) => one.buttons.some((button) => button.label === "Done"));
      if (isDone !== undefined) await again({ press: "Done" });
      return said;
    }
    const { choices, key } = message.menu;
    const picked = labels.map((label) => {
      const choice = choices.find((one) => one.label.toLowerCase() === label.toLowerCase());
      if (choice === undefined)
        throw new CannotDo(`there is no "${label}" to pick; there is ${choices.map((one) => one.label).join(", ")}`);
      return choice.value;
    });
    await stage.cause({ ...at(message.channelId), kind: "menu", menu: key, picked, messageId: message.id });
    return said;
  }

  async function fill(values: Readonly<Record<string, string>>): Promise<string> {
    const said = `${person.name} fills in ${Object.entries(values)
      .map(([name, value]) => `${name}: ${value}`)
      .join(", ")}`;
    const open = world.forms.findLast((one) => one.personId === person.id);
    if (open === undefined) {
      // Without forms of its own, the platform asks for one thing after the other.
      for (const value of Object.values(values)) await again({ say: value });
      return said;
    }
    const unknown = Object.keys(values).find((name) => !open.form.fields.some((field) => field.name === name));
    if (unknown !== undefined)
      throw new CannotDo(
        `the form has no field "${unknown}"; it has ${open.form.fields.map(({ name }) => name).join(", ")}`,
      );
    world.forms.splice(world.forms.indexOf(open), 1);
    const event: BotEvent = { ...base, kind: "form", form: open.form.key, values };
    await stage.cause(event);
    return said;
  }
}

function placeOf({ world }: Stage, does: PersonDoes, { person }: SimulatedPerson): Channel {
  if (does.direct) return { id: `${directPrefix}${person.id}`, name: person.name, direct: true };
  if (does.in === undefined) return world.channel("general").channel;
  const thread = [...world.channels.values()].findLast(({ channel }) => channel.name === does.in);
  return (thread ?? world.channel(does.in)).channel;
}

const mayBeSeen = (channelId: string, personId: string): boolean =>
  !channelId.startsWith(directPrefix) || channelId === `${directPrefix}${personId}`;

/** Why nobody hears somebody, in words. */
function silence({ world }: Stage, one: SimulatedPerson, { id }: Channel, now: number): string | undefined {
  const { name } = one.person;
  if (!one.here) return `${name} is not on the server`;
  if (one.mutedUntil > now) return `${name} is muted`;
  const channel = world.channels.get(id);
  if (channel?.closed) return "the thread is closed";
  return channel?.locked && one.rights.size === 0 && !one.owner ? "the channel is locked" : undefined;
}

function near({ world }: Stage): string {
  const labels = [...new Set(world.messages.flatMap((one) => one.buttons.map((button) => button.label)))];
  return labels.length === 0 ? "; no message has buttons" : `; there is ${labels.join(", ")}`;
}
