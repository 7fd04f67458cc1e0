import type { MessageContent } from "../../contracts/event.ts";

/** One slash or several signs that browsers take for it, and then something. */
const path = "[\\\\/][#.?\\\\/]*";
const slash = "[\\\\/]";

/** How invitations look, in small letters. Every piece begins with fixed letters, so that time grows with the text only. */
const invitation = new RegExp(
  [
    `(?:discord|dsc)\\.gg${path}[\\w%-]`,
    `discord(?:app)?\\.com${slash}invite${path}[\\w%-]`,
    `(?:t|telegram)\\.(?:me|dog)${slash}(?:\\+|%2b|joinchat${slash})[\\w%-]`,
    "tg:\\/\\/join\\?invite=[\\w%-]",
    `slack\\.com${slash}t${slash}[^\\s\\\\/]{1,80}${slash}shared_invite\\b`,
    `slack\\.com${slash}join${slash}shared_invite\\b`,
    `chat\\.whatsapp\\.com${path}[\\w%-]`,
  ]
    .map((piece) => `(?<![\\p{L}\\p{N}-])${piece}`)
    .join("|"),
  "u",
);

/** Signs that are not seen and that hide an address from whoever looks for it. */
const unseen = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;

/** Whether a message invites to another server, group or workspace. `lowerText` is its text in small letters. */
export function hasInvitation({ links, forwarded }: MessageContent, lowerText: string): boolean {
  return (
    isInvitation(lowerText) ||
    (links?.some((address) => isInvitation(address.toLowerCase())) ?? false) ||
    (forwarded !== undefined && isInvitation(forwarded.toLowerCase()))
  );
}

function isInvitation(lowerText: string): boolean {
  // Most messages have no dot before a path, and then there is nothing to look at closely.
  if (!lowerText.includes("/") && !lowerText.includes("\\")) return false;
  return invitation.test(lowerText.replace(unseen, ""));
}
