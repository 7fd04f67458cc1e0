import type { BotEvent } from "../../../../src/contracts/event.ts";
import type { Connection, ConnectionPlan, ConnectionState } from "../../../../src/contracts/platform.ts";
import type { ConsoleMessage, ConsolePerson, ConsoleTerminal } from "../../../../src/contracts/terminal.ts";
import { plainText } from "../../../../src/language/rich-text.ts";
import { consoleConnect } from "../../../../src/runtime/platforms/console/index.ts";

export const minute = 60_000;

const quiet = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };

/** A console whose terminal is the test and whose engine only writes down what it hears. */
export async function openConsole({
  person,
  commands = [],
  botName = "Harbour",
}: {
  readonly person?: ConsolePerson;
  readonly commands?: readonly string[];
  readonly botName?: string;
} = {}) {
  let now = Date.UTC(2026, 2, 31, 18, 5);
  const messages: ConsoleMessage[] = [];
  const typists: ConsolePerson[] = [];
  const events: BotEvent[] = [];
  const states: ConnectionState[] = [];
  let listener: (line: string) => Promise<void> = async () => undefined;
  let end: () => void = () => undefined;
  const terminal: ConsoleTerminal = {
    onLine: (next) => {
      listener = next;
    },
    onEnd: (next) => {
      end = next;
    },
    write: (message) => void messages.push(message),
    typingAs: (who) => void typists.push(who),
  };
  const plan = (names: readonly string[], name: string): ConnectionPlan => ({
    platform: "console",
    botName: name,
    settings: {},
    feeds: [],
    capabilities: [],
    rights: [],
    commands: names.map((command) => ({ name: command, description: "", options: [], rights: [] })),
    webhooks: [],
  });
  const connection: Connection = consoleConnect(terminal, person)(plan(commands, botName), {
    sink: { handle: async (event) => void events.push(event), caughtUp: async () => {} },
    log: quiet,
    now: () => now,
    memory: { get: async () => undefined, set: async () => undefined },
    secret: () => "",
    onState: (state) => void states.push(state),
  });
  await connection.open();
  return {
    connection,
    port: connection.port,
    messages,
    events,
    states,
    typists,
    type: (line: string) => listener(line),
    end: () => end(),
    pass: (ms: number) => {
      now += ms;
    },
    now: () => now,
    renamed: (name: string) => connection.converge(plan(commands, name)),
    /** What stands on the screen: events in brackets, places before the text. */
    screen: () =>
      messages.map(({ kind, place, text }) => {
        const plain = plainText(text);
        return kind === "event" ? `(${plain})` : place === undefined ? plain : `[${place}] ${plain}`;
      }),
  };
}
