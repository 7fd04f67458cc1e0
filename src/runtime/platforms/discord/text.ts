import { plainMention, plainText, type RichText } from "../../../language/rich-text.ts";

/** Invisible; keeps marks of neighbours apart. */
const apart = "\u200b";

/** Those that mention nodes name: only they may be pinged. Users and roles by id. */
export interface Pings {
  readonly users: Set<string>;
  readonly roles: Set<string>;
  everyone: boolean;
}

export const noPings = (): Pings => ({ users: new Set(), roles: new Set(), everyone: false });

/** What calls everyone in a message that may; broken where a person may have written it. */
const everyone = /@(?=everyone|here)/g;
const broken = `@${apart}`;

const marks = { bold: "**", italic: "*", strike: "~~" } as const;
type Style = keyof typeof marks;

/**
 * Discord's Markdown for a rich text. Plain text comes out as it went in: nothing in it becomes a mark, a mention or a link
 * with a label; an address stays an address, as everybody expects.
 */
export function discordText(rich: RichText, pings: Pings = noPings()): string {
  return render(rich, pings, new Set());
}

function render(rich: RichText, pings: Pings, within: ReadonlySet<Style>): string {
  let out = "";
  const add = (next: string) => {
    const [last, first] = [out.at(-1), next[0]];
    if (last !== undefined && last === first && "*~`".includes(last) && !endsEscaped(out)) out += apart;
    out += next;
  };
  for (const node of rich) {
    switch (node.type) {
      case "text":
        add(escapeText(node.text));
        break;
      case "bold":
      case "italic":
      case "strike":
        if (within.has(node.type)) add(render(node.children, pings, within));
        else add(styled(render(node.children, pings, new Set([...within, node.type])), marks[node.type]));
        break;
      case "code":
        add(inlineCode(node.text));
        break;
      case "code_block":
        add(codeBlock(node.text, node.language));
        break;
      case "link":
        add(link(node.url, node.children, pings, within));
        break;
      case "list_item":
        add(`- ${render(node.children, pings, within)}`);
        break;
      case "mention":
        add(mention(node.target, pings));
    }
  }
  return out;
}

/** An odd number of backslashes at the end of what comes before the last character. */
function endsEscaped(text: string): boolean {
  const slashes = /(\\*).$/su.exec(text)?.[1]?.length ?? 0;
  return slashes % 2 === 1;
}

/** Marks must touch what they mark: space at the ends goes outside. */
function styled(inner: string, mark: string): string {
  const [, before = "", core = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(inner) ?? [];
  if (core === "") return inner;
  const left = core.startsWith(mark[0]!) ? apart : "";
  const right = core.endsWith(mark[0]!) ? apart : "";
  return before + mark + left + core + right + mark + after;
}

const address = /https?:\/\/[^\s<>]+/g;

function escapeText(text: string): string {
  let out = "";
  let at = 0;
  for (const match of text.matchAll(address)) {
    const url = trimAddress(match[0]);
    out += escapePlain(text.slice(at, match.index), at === 0) + safeAddress(url);
    at = match.index + url.length;
  }
  return out + escapePlain(text.slice(at), at === 0);
}

/** Discord ends an address before closing punctuation. */
function trimAddress(url: string): string {
  return url.replace(/[.,:;"'()[\]\\]+$/, "");
}

/** Characters that would be marks stand in their percent form, which leads to the same place. */
function safeAddress(url: string): string {
  return url.replace(/[*~|`\\[\]()]/g, percent).replace(everyone, percent);
}

function escapePlain(text: string, atStart: boolean): string {
  const inline = text.replace(/[\\*_~`|[\]<]/g, "\\$&").replace(everyone, broken);
  // Quotes, headings, small print and lists begin a line.
  const lines = inline.replace(/(\n[ \t]*)([#>+-]|\d+(?=[.)]))/g, escapeLineStart);
  return atStart ? lines.replace(/^([ \t]*)([#>+-]|\d+(?=[.)]))/, escapeLineStart) : lines;
}

function escapeLineStart(_whole: string, before: string, mark: string): string {
  // A backslash before a digit is shown: there the dot takes it, which follows.
  return /\d/.test(mark) ? `${before}${mark}\\` : `${before}\\${mark}`;
}

function inlineCode(text: string): string {
  if (text === "") return "";
  if (!text.includes("`")) return `\`${text.replace(everyone, broken)}\``;
  const inner = text.replace(everyone, broken).replace(/`(?=`)/g, `\`${apart}`);
  return `\`\` ${inner} \`\``;
}

function codeBlock(text: string, language: string | undefined): string {
  const tongue = language !== undefined && /^[a-z0-9+#.-]{1,20}$/i.test(language) ? language : "";
  return `\`\`\`${tongue}\n${text
    .replace(everyone, broken)
    .replace(/`(?=``)/g, `\`${apart}`)
    .replace(/`$/, `\`${apart}`)}\n\`\`\``;
}

/** Discord shows no link whose label is itself an address; then the address stands beside it. */
function link(url: string, children: RichText, pings: Pings, within: ReadonlySet<Style>): string {
  const to = url
    .replace(/[\s()<>\\"*~|`[\]]/g, (character) => encodeURIComponent(character).replace(/^.$/, percent))
    .replace(everyone, percent);
  const label = plainText(children).trim();
  if (label === "" || label === url) return to;
  if (/https?:\/\//i.test(label)) return `${render(children, pings, within)} (${to})`;
  return `[${render(children, pings, within).replace(/\n/g, " ")}](${to})`;
}

const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

function mention(target: Parameters<typeof plainMention>[0], pings: Pings): string {
  if (target.kind === "everyone") {
    pings.everyone ||= target.id !== "channel";
    return `@${target.id}`;
  }
  if (!/^\d{1,20}$/.test(target.id)) return escapeText(plainMention(target));
  switch (target.kind) {
    case "channel":
      return `<#${target.id}>`;
    case "role":
      pings.roles.add(target.id);
      return `<@&${target.id}>`;
    default:
      pings.users.add(target.id);
      return `<@${target.id}>`;
  }
}
