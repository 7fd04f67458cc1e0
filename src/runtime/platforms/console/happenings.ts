import type { BotEvent, Channel, Json, Person } from "../../../contracts/event.ts";
import type { Origin } from "./port.ts";
import { readLine } from "./reading.ts";
import type { Recent } from "./recent.ts";
import { botId, directPrefix, type World } from "./world.ts";

/** What a happening is made from. */
export interface Stage {
  readonly typist: Person;
  readonly world: World;
  readonly recent: Recent;
  /** Paths that other programs may call. */
  readonly webhooks: readonly string[];
  readonly now: () => number;
  readonly newId: () => string;
  /** What every event of a person on the console's server says. */
  base(user: Person, channel?: Channel): EventBase;
}

interface EventBase {
  readonly platform: "console";
  readonly at: number;
  readonly server: World["server"];
  readonly channel: Channel;
  readonly user: Person;
  readonly origin: { readonly channel: string; readonly person: string };
}

/** What comes of a line: events for the bot, after a sentence that says what was done, or only a sentence that says why not. */
export interface Happened {
  readonly events: readonly BotEvent[];
  readonly said?: string;
}

type Happening = (rest: string, stage: Stage) => Happened;

const sorry = (said: string): Happened => ({ events: [], said });

/** What people do on the real platforms besides writing, by the word that is typed for it after a slash. */
export const happenings: ReadonlyMap<string, Happening> = new Map<string, Happening>([
  ["edit", edit],
  ["delete", deleteLast],
  ["react", (rest, stage) => react(rest, stage, "reaction_added")],
  ["unreact", (rest, stage) => react(rest, stage, "reaction_removed")],
  ["leave", leave],
  ["role", role],
  ["thread", thread],
  ["voice", voice],
  ["dm", direct],
  ["webhook", webhook],
]);

function edit(rest: string, { typist, world, recent, now, newId, base }: Stage): Happened {
  const last = recent.latest((message) => message.author.id === typist.id);
  if (last === undefined) return sorry(`${typist.name} has not written anything yet`);
  if (rest === "") return sorry("write what the last message shall say: /edit Hello");
  const { text, entities } = readLine(rest, world);
  recent.addMessage(last.id, { ...last, text, at: now() });
  return {
    events: [
      { ...base(typist), kind: "message_edited", key: `edited:${newId()}`, message: { id: last.id, text, entities } },
    ],
  };
}

function deleteLast(_rest: string, { typist, recent, base, newId }: Stage): Happened {
  const last = recent.latest((message) => message.author.id === typist.id);
  if (last === undefined) return sorry(`${typist.name} has not written anything yet`);
  const { id, text } = last;
  recent.removeMessage(id);
  return {
    events: [
      { ...base(typist), kind: "message_deleted", key: `deleted:${newId()}`, message: { id, text, entities: [] } },
    ],
  };
}

function react(
  emoji: string,
  { typist, recent, base, newId }: Stage,
  kind: "reaction_added" | "reaction_removed",
): Happened {
  const last = recent.latest(() => true);
  if (emoji === "") return sorry("write the reaction: /react 👍");
  if (last === undefined) return sorry("there is no message to react to yet");
  const { id: messageId, author } = last;
  return { events: [{ ...base(typist), kind, key: `reaction:${newId()}`, emoji, messageId, author }] };
}

function leave(rest: string, { typist, world, base, newId }: Stage): Happened {
  const person = rest === "" ? typist : named(rest, world);
  if (person === undefined) return sorry("write who leaves: /leave bob");
  world.restrictions.kicked.add(person.id);
  return {
    events: [{ ...base(person), kind: "member_left", key: `left:${newId()}` }],
    said: `${person.name} leaves`,
  };
}

function role(rest: string, { world, base, newId }: Stage): Happened {
  const [, name = "", roleName = ""] = /^(\S+)\s+(.+)$/.exec(rest) ?? [];
  const person = named(name, world);
  const wanted = roleName === "" ? undefined : world.role(roleName);
  if (person === undefined || wanted === undefined) return sorry("write who and which role: /role bob Helper");
  const had = world.standing(person.id)?.roles?.some(({ id }) => id === wanted.id) === true;
  if (had) world.removeRole(person.id, wanted.id);
  else world.addRole(person.id, wanted.id);
  const kind = had ? "role_removed" : "role_added";
  return {
    events: [{ ...base(person), kind, key: `role:${newId()}`, role: wanted }],
    said: had
      ? `somebody takes the role ${wanted.name} from ${person.name}`
      : `somebody gives ${person.name} the role ${wanted.name}`,
  };
}

function thread(rest: string, { typist, world, base, newId }: Stage): Happened {
  const channel = rest === "" ? undefined : world.channelNamed(rest.replace(/^#/, ""));
  if (channel === undefined) return sorry("write how the thread is called: /thread Help");
  return {
    events: [{ ...base(typist, channel), kind: "thread_created", key: `thread:${newId()}` }],
    said: `${typist.name} begins the thread #${channel.name}`,
  };
}

function voice(rest: string, { typist, world, base, newId }: Stage): Happened {
  const from = world.voiceChannels.get(typist.id);
  const to = rest === "" ? undefined : world.channelNamed(rest.replace(/^#/, ""));
  if (from === undefined && to === undefined) return sorry("write which voice channel: /voice Lounge");
  if (to === undefined) world.voiceChannels.delete(typist.id);
  else world.voiceChannels.set(typist.id, to);
  const event = (kind: "voice_joined" | "voice_left", channel: Channel): BotEvent => ({
    ...base(typist, channel),
    kind,
    key: `voice:${newId()}`,
  });
  return {
    events: [
      ...(from === undefined ? [] : [event("voice_left", from)]),
      ...(to === undefined ? [] : [event("voice_joined", to)]),
    ],
    said: to === undefined ? `${typist.name} leaves #${from!.name}` : `${typist.name} comes into #${to.name}`,
  };
}

function direct(rest: string, { typist, world, recent, now, newId }: Stage): Happened {
  if (rest === "") return sorry("write what to say to the bot in private: /dm Hello");
  const channel: Channel = { id: `${directPrefix}${typist.id}`, name: typist.name, direct: true };
  const { text, entities, call } = readLine(rest, world);
  const id = newId();
  recent.addMessage(id, { author: typist, channelId: channel.id, text, at: now() });
  const event: BotEvent = {
    platform: "console",
    at: now(),
    channel,
    user: typist,
    origin: { channel: channel.id, person: typist.id } satisfies Origin,
    kind: "message",
    key: `message:${id}`,
    message: { id, text, entities },
    ...(call === undefined ? {} : { call }),
  };
  return { events: [event] };
}

/** As if another program had called: what begins like JSON must be it, as over HTTP, and everything else is one text. */
function webhook(rest: string, { typist, webhooks, base, newId }: Stage): Happened {
  const [, path = "", written = ""] = /^\/?(\S+)\s*(.*)$/.exec(rest) ?? [];
  if (path === "") return sorry('write which webhook, and what it sends: /webhook deploy {"branch": "main"}');
  if (!webhooks.includes(path)) {
    const others = webhooks.length === 0 ? "no rule waits for any" : `there is ${[...new Set(webhooks)].join(", ")}`;
    return sorry(`there is no webhook "${path}": ${others}`);
  }
  const body = jsonIn(written);
  if (body === undefined && /^[{[]/.test(written))
    return sorry("what it sends is no JSON: look for missing quotes, commas and brackets");
  return {
    events: [{ ...base(typist), kind: "webhook", key: `webhook:${newId()}`, webhook: path, body: body ?? written }],
  };
}

function jsonIn(written: string): Json | undefined {
  try {
    return JSON.parse(written) as Json;
  } catch {
    return undefined;
  }
}

function named(name: string, world: World): Person | undefined {
  const person = name === "" ? undefined : world.person(name.replace(/^@/, ""));
  return person?.id === botId ? undefined : person;
}
