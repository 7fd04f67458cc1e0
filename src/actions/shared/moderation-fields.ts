import type { Fields } from "../../contracts/fields.ts";
import { plainText, type RichText } from "../../language/rich-text.ts";

/** Why something is done to a person: kept in the audit log and handed to the platform's own. */
export const reasonField = {
  reason: {
    kind: "text",
    about: "Why. It is written into the audit log.",
    optional: true,
    maxLength: 400,
    examples: ["Invite link"],
  },
} as const satisfies Fields;

/** The reason as plain text; undefined when there is none to give. */
export function reasonText(reason: RichText | undefined): string | undefined {
  const text = reason === undefined ? "" : plainText(reason).trim();
  return text === "" ? undefined : text;
}
