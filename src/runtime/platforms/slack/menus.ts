import type { OutChoice, OutMenu } from "../../../contracts/message.ts";
import { PlatformError } from "../../../contracts/platform.ts";
import { slackLimits } from "../../../platforms/slack.ts";
import type { Block, SelectOption } from "./blocks.ts";
import { text } from "./event-context.ts";
import { isPayload, type Payload } from "./intake.ts";
import { plain } from "./plain-text.ts";

/** docs.slack.dev: "Select menu element", "Option object". */
const { menuChoices: mostOptions, choiceLength: mostOptionText, menuDescriptionLength } = slackLimits;
export const mostOptionValue = 150;
export const mostPlaceholder = 150;
/** Blocks of a menu with several choices, by its key: the menu itself, and the button that sends what was chosen. */
const choosing = "choosing:";
const chosen = "chosen:";

/**
 * A menu as Slack shows it. Slack tells of every single change in a menu that takes several choices, so that such a one
 * has a button with which people say that they are done.
 */
export function menuBlocks({ key, placeholder, choices, multiple }: OutMenu): Block[] {
  if (choices.some(({ value }) => value.length > mostOptionValue))
    throw new PlatformError("refused", `A choice in a menu on Slack has at most ${mostOptionValue} characters.`);
  const options = choices.slice(0, mostOptions).map(option);
  const hint = placeholder === undefined || placeholder.trim() === "" ? undefined : placeholder;
  const shown = hint === undefined ? {} : { placeholder: plain(hint, mostPlaceholder) };
  if (!multiple) return [{ type: "actions", elements: [{ type: "static_select", action_id: key, ...shown, options }] }];
  return [
    {
      type: "section",
      block_id: `${choosing}${key}`,
      text: plain(hint ?? "Choose one or several:", mostPlaceholder),
      accessory: { type: "multi_static_select", action_id: key, options },
    },
    {
      type: "actions",
      block_id: `${chosen}${key}`,
      elements: [{ type: "button", action_id: key, text: plain("Done", mostOptionText), style: "primary" }],
    },
  ];
}

function option({ value, label, description, emoji }: OutChoice): SelectOption {
  const shown = (emoji === undefined ? label : `${emoji} ${label}`).trim();
  return {
    text: { ...plain(shown === "" ? "…" : shown, mostOptionText), emoji: true },
    value,
    ...(description === undefined || description.trim() === ""
      ? {}
      : { description: plain(description, menuDescriptionLength) }),
  };
}

/** What an action says was chosen in which menu; nothing, if it was sent too early; undefined where it is no choice. */
export function pickedIn(
  action: Payload,
  state: unknown,
): { readonly menu: string; readonly picked: readonly string[] } | "nothing" | undefined {
  const [key, block] = [text(action.action_id), text(action.block_id)];
  if (key === undefined) return undefined;
  if (action.type === "static_select") {
    const value = optionValue(action.selected_option);
    return value === undefined ? undefined : { menu: key, picked: [value] };
  }
  if (action.type !== "button" || block !== `${chosen}${key}`) return undefined;
  const picked = selectedIn(state, `${choosing}${key}`, key);
  return picked.length === 0 ? "nothing" : { menu: key, picked };
}

function selectedIn(state: unknown, block: string, key: string): string[] {
  const values = isPayload(state) && isPayload(state.values) ? state.values[block] : undefined;
  const element = isPayload(values) ? values[key] : undefined;
  const options = isPayload(element) ? element.selected_options : undefined;
  return (Array.isArray(options) ? options : []).flatMap((one: unknown) => optionValue(one) ?? []);
}

/** The value of an option that was chosen. */
export function optionValue(selected: unknown): string | undefined {
  return isPayload(selected) && typeof selected.value === "string" ? selected.value : undefined;
}
