import type { OutButton, OutMenu, OutMessage } from "../../contracts/message.ts";
import type { ActionContext } from "../../contracts/word.ts";
import { plainText, type RichText } from "../../language/rich-text.ts";
import { type Sentence, say } from "../../sentences/sentence.ts";

/** The message as a platform can take it: a menu becomes buttons where there are no menus. */
export function fitted(
  message: OutMessage,
  context: Pick<ActionContext, "can" | "say">,
  platform?: string,
): OutMessage {
  if (message.menu === undefined || context.can("messages.menu", platform)) return message;
  const { menu, ...rest } = message;
  return {
    ...rest,
    buttons: [...(message.buttons ?? []), ...menuButtons(menu, [], (sentence) => context.say(sentence))],
  };
}

/** The choices of a menu as buttons, those picked so far with a tick; where several can be picked, a last one ends it. */
export function menuButtons(
  { key, choices, multiple }: OutMenu,
  picked: readonly number[],
  tell: (sentence: Sentence) => RichText,
): readonly OutButton[] {
  const buttons = choices.map(
    ({ label, emoji }, index): OutButton => ({
      key: `${key}~${index}`,
      label: picked.includes(index) ? `✓ ${label}` : label,
      style: "secondary",
      ...(emoji === undefined ? {} : { emoji }),
    }),
  );
  return multiple
    ? [...buttons, { key: `${key}~done`, label: plainText(tell(say("label_done"))), style: "primary" }]
    : buttons;
}

/** The menu that a button stands for, and which of its buttons it is. */
export function menuOfButton(key: string): { readonly menu: string; readonly choice: string } | undefined {
  const at = key.indexOf("~");
  return at === -1 ? undefined : { menu: key.slice(0, at), choice: key.slice(at + 1) };
}
