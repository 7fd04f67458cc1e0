import { buttonFields, menuFields } from "../../contracts/buttons.ts";
import type { Fields } from "../../contracts/fields.ts";
import type { Tells } from "../../contracts/tells.ts";
import { colorPattern } from "./colors.ts";

const embedFields = {
  title: { kind: "text", about: "The headline.", optional: true, maxLength: 256 },
  text: { kind: "text", about: "What the box says.", optional: true, maxLength: 4096 },
  color: {
    kind: "plain",
    about: "The colour of its edge, where the platform has one: a name such as green, or a code such as #2ecc71.",
    pattern: colorPattern,
    examples: ["green", "#2ecc71"],
    optional: true,
  },
  url: { kind: "plain", format: "url", about: "The page that the headline leads to.", optional: true },
  image: { kind: "plain", format: "url", about: "The address of a picture to show.", optional: true },
  footer: { kind: "text", about: "Small print at the bottom.", optional: true, maxLength: 2048 },
  fields: {
    kind: "list",
    about: "Pairs of a name and a value.",
    optional: true,
    maxItems: 25,
    of: {
      kind: "object",
      about: "One pair.",
      tells: "{name} {value}",
      fields: {
        name: { kind: "text", about: "What it is called.", maxLength: 256 },
        value: { kind: "text", about: "What it is.", maxLength: 1024 },
        inline: { kind: "boolean", about: "Whether it may stand beside the one before.", default: false },
      },
    },
  },
} as const satisfies Fields;

/** What every word that sends a message may say. */
export const messageFields = {
  text: { kind: "text", about: "What the message says.", optional: true },
  embed: {
    kind: "object",
    about: "A box with a headline, a text, a picture or a table.",
    optional: true,
    short: "text",
    fields: embedFields,
    tells: [
      "a box: {title}[, {text}][, {fields}]",
      "a box: {text}[, {fields}]",
      "a box: {fields}",
      "the picture {image}",
      "a box: {footer}",
    ],
  },
  buttons: {
    kind: "list",
    about: "Buttons under the message.",
    optional: true,
    lone: true,
    maxItems: 25,
    of: { kind: "object", about: "One button.", fields: buttonFields },
  },
  menu: {
    kind: "object",
    about: "A list under the message to pick from; buttons, where the platform has no such lists.",
    optional: true,
    fields: menuFields,
  },
} as const satisfies Fields;

export const fileField = {
  file: {
    kind: "file",
    about: "A file to send along: its path beside bot.yaml, or one that transcript has made.",
    examples: ["files/rules.pdf"],
    optional: true,
  },
} as const satisfies Fields;

/** Beside the message itself: mass mentions are off unless the file says so. */
export const mentionFields = {
  mentions: {
    kind: "list",
    about:
      "Write everyone here to let @everyone in the text reach everybody; otherwise, and in what people typed, it is only text.",
    optional: true,
    lone: true,
    of: { kind: "choice", values: ["everyone"], about: "Whom the text may call together." },
  },
} as const satisfies Fields;

/** How a word that sends a message is read back, whatever the message is made of. */
export const tellsMessage = (begin: string, end = "", besides = begin): Tells => [
  `${begin} {text}[ with {embed}][ and the file {file}]${end}`,
  `${besides} {embed}[ and the file {file}]${end}`,
  `${besides} the file {file}${end}`,
  `${besides} what stands under it${end}`,
];
