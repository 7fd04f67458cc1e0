import type { MessageEntity } from "grammy/types";
import { refusal } from "./errors.ts";

const found: [MessageEntity["type"], RegExp][] = [
  ["bot_command", /(?<![\w/<>])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])/g],
  ["url", /(?<![\w@.])(?:https?:\/\/[^\s<>"]+|(?:[a-z0-9-]+\.)+(?:com|org|net|gg|me|io|example)(?:\/[^\s<>"]*)?)/gi],
  ["email", /(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ["mention", /(?<![\w@.])@[A-Za-z0-9_]{3,32}/g],
  ["hashtag", /(?<![\w#])#\w*[A-Za-z_]\w*/g],
];

/** Entities within which nothing else is found; inside bold text and the like, links and mentions are. */
const opaque = new Set<MessageEntity["type"]>([
  "code",
  "pre",
  "text_link",
  "text_mention",
  ...found.map(([type]) => type),
]);

/** The entities that Telegram itself finds in a text: commands, links, mentions, hashtags; offsets in UTF-16 units. */
export function findEntities(text: string, given: readonly MessageEntity[] = []): MessageEntity[] {
  const all = [...given];
  for (const [type, pattern] of found) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length } as MessageEntity;
      if (!all.some((other) => opaque.has(other.type) && overlaps(other, entity))) all.push(entity);
    }
  }
  return all.sort((a, b) => a.offset - b.offset || b.length - a.length);
}

/** Refuses entities that leave the text, cut a character in two, or cross each other. */
export function checkEntities(text: string, entities: readonly MessageEntity[]): void {
  for (const entity of entities) {
    const end = entity.offset + entity.length;
    const outside = entity.offset < 0 || entity.length <= 0 || end > text.length;
    if (outside || splitsCharacter(text, entity.offset) || splitsCharacter(text, end)) throw refusal("entities");
    const crossed = entities.some(
      (other) => other.offset < entity.offset && other.offset + other.length > entity.offset && otherEnd(other) < end,
    );
    if (crossed) throw refusal("entities");
  }
}

/** What the server keeps: no blanks at either end, entities moved along. */
export function trimmed(text: string, entities: readonly MessageEntity[]): { text: string; entities: MessageEntity[] } {
  const lead = text.length - text.trimStart().length;
  const kept = text.trim();
  const moved = entities
    .map((entity) => {
      const start = Math.max(entity.offset - lead, 0);
      return { ...entity, offset: start, length: Math.min(otherEnd(entity) - lead, kept.length) - start };
    })
    .filter((entity) => entity.length > 0);
  return { text: kept, entities: moved };
}

const otherEnd = (entity: MessageEntity) => entity.offset + entity.length;
const overlaps = (a: MessageEntity, b: MessageEntity) => a.offset < otherEnd(b) && b.offset < otherEnd(a);

function splitsCharacter(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}
