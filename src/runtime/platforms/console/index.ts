import type { Connect } from "../../../contracts/platform.ts";
import type { ConsolePerson, ConsoleTerminal } from "../../../contracts/terminal.ts";
import { createConnection } from "./connection.ts";

/** The console as a platform: whoever sits at the terminal is the chat. `person` is who types first. */
export function consoleConnect(terminal: ConsoleTerminal, person?: ConsolePerson): Connect {
  return (plan, dependencies) => createConnection(plan, dependencies, terminal, person);
}
