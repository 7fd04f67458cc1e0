import type { ConversationsHistoryResponse } from "@slack/web-api";
import type { PastMessage } from "../../../contracts/message.ts";
import type { Client } from "./client.ts";
import { decode, momentOf, text } from "./event-context.ts";
import { isPayload, type Payload } from "./intake.ts";
import { attachmentsOf, authorOf, isWritten } from "./messages.ts";
import type { People } from "./people.ts";
import type { Places } from "./places.ts";
import { placeIn } from "./thread-ids.ts";

const pageSize = 200;
/** A thread is only told from its beginning; one with more pages than this is told as far as they go. */
const mostPages = 100;

export interface HistoryParts {
  readonly client: Client;
  readonly people: People;
  readonly places: Places;
}

/** The latest messages of a conversation or thread, oldest first; notices of Slack's are left out. */
export async function readHistory(
  parts: HistoryParts,
  channelId: string,
  most: number,
): Promise<readonly PastMessage[]> {
  const { channel, thread } = placeIn(channelId);
  const found = thread === undefined ? await latest(parts, channel, most) : await replies(parts, channel, thread);
  const past: PastMessage[] = [];
  for (const message of found.slice(-most)) {
    const told = await tell(message, parts);
    if (told !== undefined) past.push(told);
  }
  return past;
}

async function latest({ client }: HistoryParts, channel: string, most: number): Promise<Payload[]> {
  const found: Payload[] = [];
  let cursor: string | undefined;
  do {
    const answer = await client.call("conversations.history", {
      channel,
      limit: Math.min(pageSize, most - found.length),
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...messagesIn(answer));
    cursor = nextOf(answer);
  } while (cursor !== undefined && found.length < most);
  return found.reverse();
}

async function replies({ client }: HistoryParts, channel: string, ts: string): Promise<Payload[]> {
  const found: Payload[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await client.call("conversations.replies", {
      channel,
      ts,
      limit: pageSize,
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...messagesIn(answer));
    cursor = nextOf(answer);
    if (cursor === undefined) break;
  }
  return found;
}

type Page = Pick<ConversationsHistoryResponse, "messages" | "response_metadata">;

function messagesIn({ messages }: { readonly messages?: readonly object[] }): Payload[] {
  return (messages ?? []).filter(isPayload).filter(isWritten);
}

function nextOf({ response_metadata }: Pick<Page, "response_metadata">): string | undefined {
  const cursor = response_metadata?.next_cursor;
  return cursor === undefined || cursor === "" ? undefined : cursor;
}

async function tell(message: Payload, parts: HistoryParts): Promise<PastMessage | undefined> {
  const id = text(message.ts);
  const author = await authorOf(message, parts.people);
  if (id === undefined || author === undefined) return undefined;
  const { text: said } = await decode(text(message.text) ?? cardsIn(message), parts);
  return { id, author, text: said, at: momentOf(id), files: attachmentsOf(message).map(({ name }) => name) };
}

/** What a message says that consists of cards alone. */
function cardsIn({ attachments }: Payload): string {
  return (Array.isArray(attachments) ? attachments : [])
    .flatMap((card: unknown) => (isPayload(card) ? (text(card.fallback) ?? []) : []))
    .join("\n");
}
