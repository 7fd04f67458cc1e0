import type { ConsoleMenu, ConsoleMessage } from "../../contracts/terminal.ts";
import { plainText } from "../../language/rich-text.ts";

/** A message as plain lines: answers as they are, other places with a prefix, what happens in brackets. */
export function renderPlain(message: ConsoleMessage): string {
  const text = visible(plainText(message.text));
  if (message.kind === "event") return `(${text})`;
  const prefix = message.place === undefined ? "" : `[${message.place}] `;
  return [`${prefix}${text}`, ...controlLines(message)].filter((line) => line !== "").join("\n");
}

/** `[1] My balance   [2] Shop`, a line for each page, and what a menu holds. */
export function controlLines({ buttons, menu }: Pick<ConsoleMessage, "buttons" | "menu">): string[] {
  const pressed = buttons.flatMap((one) => ("number" in one ? [`[${one.number}] ${visible(one.label)}`] : []));
  const pages = buttons.flatMap((one) => ("url" in one ? [`${visible(one.label)}: ${visible(one.url)}`] : []));
  return [...(pressed.length === 0 ? [] : [pressed.join("   ")]), ...pages, ...menuLines(menu)];
}

function menuLines(menu: ConsoleMenu | undefined): string[] {
  if (menu === undefined) return [];
  const title = menu.placeholder ?? (menu.multiple ? "pick some" : "pick one");
  return [`menu ${menu.number}, ${visible(title)}: ${menu.choices.map(visible).join(", ")}`];
}

/** Characters that would steer the terminal become visible signs: whoever writes through the bot does not steer it. */
export function visible(text: string): string {
  return text.replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, (sign) =>
    sign === "\t" ? "  " : "\ufffd",
  );
}
