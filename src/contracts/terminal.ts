import type { RichText } from "../language/rich-text.ts";

/** A button under a message: pressed by its number, or a page to open. */
export type ConsoleButton =
  | { readonly label: string; readonly number: number }
  | { readonly label: string; readonly url: string };

/** A list to choose from: picked by its number and the labels, parted by commas. */
export interface ConsoleMenu {
  readonly number: number;
  readonly choices: readonly string[];
  readonly multiple: boolean;
  readonly placeholder?: string;
}

/** Something for the person at the console to read. */
export interface ConsoleMessage {
  /** `bot`: the bot writes. `event`: something happens, such as "bob is muted for 10 minutes". */
  readonly kind: "bot" | "event";
  /** The bot's name; empty for events. */
  readonly author: string;
  /** Where the bot writes, where that is not before the eyes of who types: "#mod-log", "to @bob". */
  readonly place?: string;
  readonly text: RichText;
  readonly buttons: readonly ConsoleButton[];
  readonly menu?: ConsoleMenu;
}

/** Who types. */
export interface ConsolePerson {
  readonly name: string;
  /** Names of roles. */
  readonly roles: readonly string[];
  /** The owner of the console's server may do everything. */
  readonly owner: boolean;
  /** Names of the rights that they have besides what everybody may; none where it is left out. */
  readonly rights?: readonly string[];
  readonly language?: string;
}

/** What the console platform needs of a terminal: a chat view, or a pair of pipes. */
export interface ConsoleTerminal {
  /** Hands over line after line; the next one only when the promise of the last is settled. Reading begins here. */
  onLine(listener: (line: string) => Promise<void>): void;
  /** Called when there is no more input and every line has been handled. */
  onEnd(listener: () => void): void;
  write(message: ConsoleMessage): void;
  /** Says who types from now on. */
  typingAs(person: ConsolePerson): void;
}
