import type { CommandCall, Person, TextEntity } from "../../../contracts/event.ts";

/** A text as Slack sends it, made readable. */
export interface DecodedText {
  readonly text: string;
  readonly entities: readonly TextEntity[];
  /** Addresses that it leads to, whatever the text shows. */
  readonly links?: readonly string[];
}

/** Who and what is mentioned in a text, by id. */
export interface Mentions {
  readonly people: ReadonlyMap<string, Person>;
  readonly channels: ReadonlyMap<string, string>;
}

const token = /<([^<>]+)>/g;

/** The ids of people and channels in a text, each once; channels only where Slack sent no name along. */
export function mentionedIds(source: string): { readonly people: string[]; readonly channels: string[] } {
  const people = new Set<string>();
  const channels = new Set<string>();
  for (const [, inner = ""] of source.matchAll(token)) {
    const { target, label } = split(inner);
    if (/^@[UW]/.test(target)) people.add(target.slice(1));
    else if (/^#[CG]/.test(target) && label === "") channels.add(target.slice(1));
  }
  return { people: [...people], channels: [...channels] };
}

/**
 * Undoes Slack's way of writing texts (docs.slack.dev: "Formatting message text", Retrieving messages): mentions appear
 * as names and are told by entities, links as what they show and lead to.
 */
export function decodeText(source: string, mentions: Mentions): DecodedText {
  const entities: TextEntity[] = [];
  const links: string[] = [];
  let text = "";
  let from = 0;
  for (const match of source.matchAll(token)) {
    text += literal(source.slice(from, match.index));
    from = match.index + match[0].length;
    const { shown, entity, link } = readToken(match[1]!, mentions);
    if (link !== undefined) links.push(link);
    if (entity !== undefined) entities.push({ offset: text.length, length: shown.length, ...entity });
    text += shown;
  }
  text += literal(source.slice(from));
  return { text, entities, ...(links.length === 0 ? {} : { links }) };
}

type Entity = Omit<TextEntity, "offset" | "length">;

function readToken(inner: string, { people, channels }: Mentions): { shown: string; entity?: Entity; link?: string } {
  const { target, label } = split(inner);
  const id = target.slice(1);
  if (/^@[UW]/.test(target)) {
    const person = people.get(id);
    const name = person?.name ?? (label || id);
    const who = person === undefined ? {} : { person };
    return { shown: `@${name}`, entity: { kind: "user", id, name, ...who } };
  }
  if (/^#[CG]/.test(target)) {
    const name = label || (channels.get(id) ?? id);
    return { shown: `#${name}`, entity: { kind: "channel", id, name } };
  }
  const group = /^!subteam\^([A-Z0-9]+)/.exec(target)?.[1];
  if (group !== undefined) {
    const name = label.replace(/^@/, "") || group;
    return { shown: `@${name}`, entity: { kind: "role", id: group, name } };
  }
  if (/^!(here|channel|everyone)$/.test(target)) return { shown: `@${id}` };
  if (target.startsWith("!")) return { shown: label || id };
  const address = target.replace(/^(?:mailto|tel):/, "");
  const link = address === target ? { link: literal(address) } : {};
  if (label === "" || label === address) return { shown: literal(address), ...link };
  // What somebody typed as example.org comes as a link to http://example.org.
  return { shown: address.includes(label) ? label : `${label} (${literal(address)})`, ...link };
}

function split(inner: string): { target: string; label: string } {
  const bar = inner.indexOf("|");
  return bar === -1
    ? { target: inner, label: "" }
    : { target: inner.slice(0, bar), label: literal(inner.slice(bar + 1)) };
}

function literal(text: string): string {
  return text.replace(/&(lt|gt|amp);/g, (_whole, name) => ({ lt: "<", gt: ">", amp: "&" })[name as "lt"]);
}

/** Reads `give @bob 20` from `start` on as a call; nothing at all asks for help. */
export function callIn({ text, entities }: DecodedText, start: number, addressed: boolean): CommandCall {
  const [whole, name = ""] = /^\s*\/?(\S*)\s*/.exec(text.slice(start)) ?? ["", ""];
  const input = rest({ text, entities }, start + whole.length);
  return { name: name === "" ? "help" : name.toLowerCase(), addressed, input };
}

/** What follows in the text, as input of a command. */
export function rest({ text, entities }: DecodedText, start: number): CommandCall["input"] {
  return {
    kind: "text",
    text: text.slice(start),
    entities: entities
      .filter(({ offset }) => offset >= start)
      .map((entity) => ({ ...entity, offset: entity.offset - start })),
  };
}
