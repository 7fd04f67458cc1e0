import type { BotEvent, Channel, Person } from "../../../contracts/event.ts";
import {
  type ConnectDependencies,
  type Connection,
  type ConnectionPlan,
  type ConnectionState,
  PlatformError,
} from "../../../contracts/platform.ts";
import type { ConsolePerson, ConsoleTerminal } from "../../../contracts/terminal.ts";
import { formatDuration } from "../../../language/duration.ts";
import { describe, readChatCommand } from "./chat-commands.ts";
import { createForms } from "./forms.ts";
import { createKeeping } from "./keeping.ts";
import { createPort, type Origin, tellEvent } from "./port.ts";
import { readLine } from "./reading.ts";
import { createRecent } from "./recent.ts";
import { createWorld } from "./world.ts";

/** Without `--as` one types as the owner, so that everything can be tried out at once. */
const somebody: ConsolePerson = { name: "you", roles: [], owner: true };

/** Opens the console: each typed line becomes an event and is handled wholly before the next one. */
export function createConnection(
  firstPlan: ConnectionPlan,
  { sink, now, onState, memory, log }: ConnectDependencies,
  terminal: ConsoleTerminal,
  first: ConsolePerson = somebody,
): Connection {
  const world = createWorld(firstPlan.botName, now);
  const recent = createRecent();
  const session = now();
  let count = 0;
  let plan = firstPlan;
  let state: ConnectionState = { state: "opening" };
  let listening = false;
  const newMessageId = () => `${session}-${++count}`;
  const forms = createForms(terminal);
  const keeping = createKeeping({ memory, log }, recent, forms);
  const openForm: typeof forms.open = (form, personId) => {
    forms.open(form, personId);
    keeping.keep();
  };
  const port = createPort({ terminal, world, recent, now, newMessageId, openForm, keep: keeping.keep });

  const named = world.person(first.name);
  let typist = named ?? world.person(somebody.name)!;
  if (first.owner) world.setOwner(typist.id);
  world.setRoles(typist.id, first.roles);

  const setState = (next: ConnectionState) => {
    state = next;
    onState(next);
  };
  const who = (): ConsolePerson => {
    const standing = world.standing(typist.id);
    const roles = (standing?.roles ?? []).map((role) => role.name);
    const { name, language } = typist;
    const rights = world.rightsGiven(typist.id);
    return {
      name,
      roles,
      owner: standing?.owner ?? false,
      ...(rights.length === 0 ? {} : { rights }),
      ...(language === undefined ? {} : { language }),
    };
  };
  const switchTo = (personId: string) => {
    typist = world.person(personId)!;
    terminal.typingAs(who());
    tellEvent(terminal, describe(who()));
  };

  const base = (user: Person, channel: Channel = world.channel) => ({
    platform: "console" as const,
    at: now(),
    server: world.server,
    channel,
    user,
    origin: { channel: channel.id, person: user.id } satisfies Origin,
  });

  /** Why nobody hears a person, in words. */
  const silence = ({ id, name }: Person): string | undefined => {
    const { bannedUntil, kicked, mutedUntil } = world.restrictions;
    if ((bannedUntil.get(id) ?? 0) > now()) return `${name} is banned, so nobody hears this`;
    if (kicked.has(id)) return `${name} has been kicked, so nobody hears this: type /join ${name} to come back`;
    const left = (mutedUntil.get(id) ?? 0) - now();
    if (left <= 0) return undefined;
    const time = Number.isFinite(left) ? ` for ${formatDuration(left, "en")}` : "";
    return `${name} is muted${time}, so nobody hears this`;
  };

  const join = async (user: Person) => {
    if ((world.restrictions.bannedUntil.get(user.id) ?? 0) > now()) {
      tellEvent(terminal, `${user.name} is banned and cannot join`);
      return;
    }
    world.restrictions.kicked.delete(user.id);
    tellEvent(terminal, `${user.name} joins`);
    await sink.handle({ ...base(user), kind: "member_joined", key: `joined:${newMessageId()}` });
  };

  const handleLine = async (line: string): Promise<void> => {
    if (!listening || line.trim() === "") return;
    // They may have got another name.
    typist = world.person(typist.id)!;
    const isTaken = (name: string) => plan.commands.some((command) => command.name === name);
    const command = readChatCommand(line, isTaken, who(), world, recent);
    if (command?.does === "say") return tellEvent(terminal, command.sentence);
    if (command?.does === "switch") return switchTo(command.personId);
    if (command?.does === "join") return join(world.person(command.personId)!);
    const silenced = silence(typist);
    if (silenced !== undefined) return tellEvent(terminal, silenced);
    if (command?.does === "happen") {
      const { events, said } = command.happen({
        typist,
        world,
        recent,
        webhooks: plan.webhooks,
        now,
        newId: newMessageId,
        base,
      });
      if (said !== undefined) tellEvent(terminal, said);
      for (const event of events) await sink.handle(event);
      return;
    }
    const filled = command === undefined ? forms.take(typist.id, line) : undefined;
    if (filled !== undefined) keeping.keep();
    if (filled === "more") return;
    const id = newMessageId();
    if (filled !== undefined) {
      await sink.handle({ ...base(typist), kind: "form", key: `form:${id}`, ...filled });
      return;
    }
    if (command?.does === "pick") {
      const { key, messageId } = command.menu;
      const { picked } = command;
      await sink.handle({ ...base(typist), kind: "menu", key: `pick:${id}`, menu: key, picked, messageId });
      return;
    }
    if (command?.does === "press") {
      const { key, messageId } = command.button;
      await sink.handle({ ...base(typist), kind: "button", key: `press:${id}`, button: key, messageId });
      return;
    }
    const { text, entities, call } = readLine(command?.does === "attach" ? command.text : line, world);
    const attachments = command?.does === "attach" ? [{ id: `${id}-1`, name: command.file }] : [];
    recent.addMessage(id, { author: typist, channelId: world.channel.id, text, at: now() });
    const event: BotEvent = {
      ...base(typist),
      kind: "message",
      key: `message:${id}`,
      message: { id, text, entities, attachments },
      ...(call === undefined ? {} : { call }),
    };
    await sink.handle(event);
  };

  return {
    platform: "console",
    port,
    async open() {
      if (named === undefined || named.isBot) {
        const message = `Nobody can type as "${first.name}": write a name of letters and digits that is not the bot's, such as ada.`;
        throw new PlatformError("start", message);
      }
      await keeping.load();
      listening = true;
      terminal.typingAs(who());
      setState({ state: "open" });
      forms.remind(typist.id);
      terminal.onEnd(() => {
        if (!listening) return;
        listening = false;
        setState({ state: "closed", why: "There is no more input.", clean: true });
      });
      terminal.onLine(async (line) => {
        await handleLine(line);
        await sink.caughtUp();
      });
    },
    async converge(next) {
      plan = next;
      world.rename(next.botName);
    },
    needsReplacing: () => false,
    state: () => state,
    async stopIntake() {
      listening = false;
    },
    async close() {
      listening = false;
      await keeping.written();
      if (state.state !== "closed") setState({ state: "closed", why: "The bot was stopped.", clean: true });
    },
  };
}
