import type { RichText } from "../language/rich-text.ts";

export interface OutButton {
  /** Opaque key, at most 40 ASCII characters, that comes back in `ButtonEvent.button`; absent on a link button. */
  readonly key?: string;
  readonly label: string;
  readonly style: "primary" | "secondary" | "success" | "danger";
  readonly emoji?: string;
  readonly url?: string;
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
  /** Only the person who caused the event sees it, where the platform can; elsewhere an ordinary reply. */
  readonly ephemeral?: boolean;
  /** Lets mention nodes of the kind `everyone` ping; off unless the file says so. The same words in a text never do. */
  readonly mentionEveryone?: boolean;
  /** Idempotency key (at most 25 ASCII characters) for platforms that can drop a repeated send. */
  readonly nonce?: string;
}

export interface SentMessage {
  readonly id: string;
  readonly channelId: string;
}
