import type { MessageContent } from "../../contracts/event.ts";

/** The part of an address that names the host, up to its path; addresses in brackets and sentences end earlier. */
const authority = /[^\s/\\?#<>"`|]+/y;

/**
 * Calls `found` with the host of every address that a message leads to, until it answers yes; undefined for an address
 * whose host cannot be told for sure. Time grows with the message and never faster.
 * @returns whether it answered yes.
 */
export function someLink(message: MessageContent, found: (host: string | undefined) => boolean): boolean {
  const { text, forwarded, links } = message;
  if (links?.some((address) => isPage(address) && found(hostIn(address.replace(/^[a-z]+:[\\/]*/i, ""))))) return true;
  return someIn(text, found) || (forwarded !== undefined && someIn(forwarded, found));
}

/** Mail addresses, telephone numbers and people lead to nothing that is read. */
const isPage = (address: string): boolean => !/^(?:mailto|tel):|^tg:\/\/user\b/i.test(address);

function someIn(text: string, found: (host: string | undefined) => boolean): boolean {
  for (let at = text.indexOf("://"); at !== -1; at = text.indexOf("://", at + 3)) {
    if (!/https?$/i.test(text.slice(Math.max(0, at - 5), at))) continue;
    // Browsers do not mind how many slashes there are.
    let from = at + 3;
    while (text[from] === "/" || text[from] === "\\") from++;
    const host = hostAt(text, from);
    if (host !== undefined && found(hostIn(host))) return true;
  }
  if (!/www\./i.test(text)) return false;
  for (const match of text.matchAll(/(?<![\p{L}\p{N}./@-])www\.(?=[\p{L}\p{N}])/giu))
    if (found(hostIn(hostAt(text, match.index) ?? ""))) return true;
  return false;
}

function hostAt(text: string, at: number): string | undefined {
  authority.lastIndex = at;
  return authority.exec(text)?.[0];
}

/** `user@example.org:8080),` as `example.org`; undefined where a browser might read another name out of it. */
function hostIn(written: string): string | undefined {
  const [before = ""] = /^[^/\\?#]*/.exec(written) ?? [];
  const host = before.slice(before.lastIndexOf("@") + 1);
  const [name = ""] = /^[\p{L}\p{N}.-]+/u.exec(host) ?? [];
  const rest = host.slice(name.length).replace(/^:\d*/, "");
  return /^[!-~]*$/.test(rest) && !/%|\.[^.]/.test(rest) ? hostName(name) : undefined;
}

/** A host's name as browsers compare it; undefined where it is none. */
export function hostName(written: string): string | undefined {
  try {
    return new URL(`https://${written.replace(/\.+$/, "")}`).hostname;
  } catch {
    return undefined;
  }
}
