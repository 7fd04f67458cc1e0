import type { Message } from "grammy/types";
import type { OutFile, OutMessage, SentMessage } from "../../../contracts/message.ts";
import { PlatformError } from "../../../contracts/platform.ts";
import type { Client } from "./client.ts";
import { type ComposedMessage, compose } from "./compose.ts";
import { unlessSaid } from "./errors.ts";
import type { Places, Target } from "./places.ts";
import type { FormattedText } from "./text.ts";

export interface SendingParts {
  readonly client: Client;
  readonly places: Places;
  /** Chats that take no messages any more, with the reason, until something is heard from them. */
  readonly shut: ReadonlyMap<number, PlatformError>;
  /** Is told of every message that was sent. */
  readonly sent: (message: Message) => void;
}

export interface Sending {
  /** Sends a message, `answers` being the one that it quotes. @throws PlatformError */
  send(target: Target, message: OutMessage, answers?: number): Promise<SentMessage>;
  /** @throws PlatformError */
  edit(chat: number, messageId: number, message: OutMessage): Promise<void>;
}

/** Longest text under a file (sendDocument), in UTF-16 units. */
const mostCaption = 1024;

export function createSending({ client, places, shut, sent }: SendingParts): Sending {
  return {
    async send(target, message, answers) {
      const reason = shut.get(target.chat);
      if (reason !== undefined) throw reason;
      const composed = compose(message);
      const pieces = piecesOf(composed, message.files ?? []);
      const main = mainOf(pieces);
      if (main === undefined) throw new PlatformError("refused", "The message is empty.");
      let id = 0;
      for (const [index, piece] of pieces.entries()) {
        const around = {
          chat_id: target.chat,
          ...(target.thread === undefined ? {} : { message_thread_id: target.thread }),
          ...(index === 0 && answers !== undefined
            ? { reply_parameters: { message_id: answers, allow_sending_without_reply: true } }
            : {}),
          ...(piece === main && composed.keyboard !== undefined ? { reply_markup: composed.keyboard } : {}),
        };
        const made =
          piece.file === undefined
            ? await client.call("sendMessage", {
                ...around,
                ...textOf(piece.text),
                ...(piece === main ? previewOf(composed) : {}),
              })
            : await client.call(
                "sendDocument",
                { ...around, ...captionOf(piece.text), document: "attach://file" },
                piece.file,
              );
        sent(made);
        if (piece === main) id = made.message_id;
      }
      const chat = places.lasting(target.chat);
      return { id: String(id), channelId: target.thread === undefined ? String(chat) : `${chat}/${target.thread}` };
    },

    async edit(chat, messageId, message) {
      if ((message.files?.length ?? 0) > 0)
        throw new PlatformError("refused", "Telegram cannot put a file into a message that is sent already.");
      const composed = compose(message);
      const [text, more] = composed.parts;
      if (text === undefined) throw new PlatformError("refused", "The message is empty.");
      if (more !== undefined)
        throw new PlatformError(
          "refused",
          "The new text is too long: a Telegram message has at most 4,096 characters.",
        );
      const { keyboard } = composed;
      const around = {
        chat_id: chat,
        message_id: messageId,
        ...(keyboard === undefined ? {} : { reply_markup: keyboard }),
      };
      const editCaption = () => {
        if (text.text.length > mostCaption)
          throw new PlatformError("refused", "The new text is too long: under a file it has at most 1,024 characters.");
        return client.call("editMessageCaption", { ...around, ...captionOf(text) });
      };
      await client
        .call("editMessageText", { ...around, ...textOf(text), ...previewOf(composed) })
        // A message with a file has its text beneath it.
        .catch(unlessSaid(/no text in the message/, editCaption))
        .catch(unlessSaid(/message is not modified/, () => true as const));
    },
  };
}

/** One call's worth of a message. */
type Piece =
  | { readonly text: FormattedText; readonly file?: undefined }
  | { readonly text: FormattedText | undefined; readonly file: OutFile };

/** A short text stands under the last file, a long one or one with a picture before them all. */
function piecesOf({ parts, image }: ComposedMessage, files: readonly OutFile[]): Piece[] {
  const [first, more] = parts;
  const short = first !== undefined && more === undefined && image === undefined && first.text.length <= mostCaption;
  if (!short || files.length === 0)
    return [...parts.map((text) => ({ text })), ...files.map((file) => ({ text: undefined, file }))];
  return files.map((file, index) => ({ text: index === files.length - 1 ? first : undefined, file }));
}

/** The piece that carries the buttons and stands for the message: the end of its text, or the last file. */
const mainOf = (pieces: readonly Piece[]): Piece | undefined =>
  pieces.findLast(({ text }) => text !== undefined) ?? pieces.at(-1);

const textOf = ({ text, entities }: FormattedText) => ({
  text,
  ...(entities.length === 0 ? {} : { entities: [...entities] }),
});

const captionOf = (text: FormattedText | undefined) =>
  text === undefined
    ? {}
    : { caption: text.text, ...(text.entities.length === 0 ? {} : { caption_entities: [...text.entities] }) };

const previewOf = ({ image }: ComposedMessage) =>
  image === undefined ? {} : { link_preview_options: { url: image, prefer_large_media: true } };
