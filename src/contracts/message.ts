import type { RichText } from "../language/rich-text.ts";
import type { Person } from "./event.ts";

export interface OutButton {
  /** Opaque key, at most 40 ASCII characters, that comes back in `ButtonEvent.button`; absent on a link button. */
  readonly key?: string;
  readonly label: string;
  readonly style: "primary" | "secondary" | "success" | "danger";
  readonly emoji?: string;
  readonly url?: string;
}

/** One or several of a list to choose from. */
export interface OutMenu {
  /** Opaque key, at most 40 ASCII characters, that comes back in `MenuEvent.menu`. */
  readonly key: string;
  /** What stands in it while nothing is chosen. */
  readonly placeholder?: string;
  readonly choices: readonly OutChoice[];
  /** How many may be chosen at once: 1, or up to all. */
  readonly multiple: boolean;
}

export interface OutChoice {
  /** Comes back in `MenuEvent.picked`. */
  readonly value: string;
  readonly label: string;
  readonly description?: string;
  readonly emoji?: string;
}

/** A file that is sent along. */
export interface OutFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** A form of the platform's own: a modal, a view. */
export interface OutForm {
  /** Opaque key, at most 40 ASCII characters, that comes back in `FormEvent.form`. */
  readonly key: string;
  readonly title: string;
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly long: boolean;
    readonly required: boolean;
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly placeholder?: string;
    /** Chosen from a list where the platform's forms have lists; else typed and checked afterwards. */
    readonly choices?: readonly string[];
  }[];
}

export interface OutEmbed {
  readonly title?: RichText;
  readonly text?: RichText;
  /** A colour name of the reference (green, red, …) or `#rrggbb`. */
  readonly color?: string;
  readonly url?: string;
  readonly image?: string;
  readonly footer?: RichText;
  readonly fields?: readonly { readonly name: RichText; readonly value: RichText; readonly inline: boolean }[];
}

/** A message to send. Adapters escape plain nodes, so that only mention nodes can ping. */
export interface OutMessage {
  readonly text?: RichText;
  readonly embed?: OutEmbed;
  readonly buttons?: readonly OutButton[];
  readonly menu?: OutMenu;
  readonly files?: readonly OutFile[];
  /** Answers in a thread under the message that is answered, where the platform has threads; else an ordinary reply. */
  readonly inThread?: boolean;
  /** Only the person who caused the event sees it, where the platform can; elsewhere an ordinary reply. */
  readonly ephemeral?: boolean;
  /** Lets mention nodes of the kind `everyone` ping; off unless the file says so. The same words in a text never do. */
  readonly mentionEveryone?: boolean;
  /** Idempotency key (at most 25 ASCII characters) for platforms that can drop a repeated send. */
  readonly nonce?: string;
}

/** A message of the past, as a transcript tells it. */
export interface PastMessage {
  readonly id: string;
  readonly author: Person;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Names of the files that it carries. */
  readonly files: readonly string[];
}

export interface SentMessage {
  readonly id: string;
  readonly channelId: string;
}
