import type { OutForm } from "../../../contracts/message.ts";
import { slackLimits } from "../../../platforms/slack.ts";
import type { InputBlock, Modal } from "./blocks.ts";
import { type Origin, text } from "./event-context.ts";
import { type Delivery, isPayload, type Payload } from "./intake.ts";
import { mostOptionValue, mostPlaceholder, optionValue } from "./menus.ts";
import { plain } from "./plain-text.ts";

/** docs.slack.dev: "Modal views", "Plain-text input element". */
const mostTitle = 24;
const mostSection = 3000;
const mostLabel = 2000;
const { formInputLength: mostInput } = slackLimits;
const mostOptions = 100;
const mostOptionText = 75;
const fieldAction = "value";

type Field = OutForm["fields"][number];

/** A form as a view that remembers where it was opened. */
export function modalOf(form: OutForm, origin: Origin): Modal {
  const { channel, ts, thread, responseUrl, until } = origin;
  const isShort = form.title.length <= mostTitle;
  return {
    type: "modal",
    callback_id: form.key,
    title: plain(form.title, mostTitle),
    submit: plain("Send", mostTitle),
    close: plain("Cancel", mostTitle),
    private_metadata: JSON.stringify({ channel, ts, thread, responseUrl, until }),
    blocks: [
      ...(isShort ? [] : [{ type: "section" as const, text: plain(form.title, mostSection) }]),
      ...form.fields.map(inputBlock),
    ],
  };
}

function inputBlock(field: Field): InputBlock {
  return {
    type: "input",
    block_id: field.name,
    label: plain(field.label, mostLabel),
    optional: !field.required,
    element: elementOf(field),
  };
}

function elementOf({ choices, long, minLength, maxLength, placeholder }: Field): InputBlock["element"] {
  const hint =
    placeholder === undefined || placeholder === "" ? {} : { placeholder: plain(placeholder, mostPlaceholder) };
  const listed = choices ?? [];
  if (listed.length > 0 && listed.length <= mostOptions && listed.every((one) => one.length <= mostOptionValue)) {
    const options = listed.map((choice) => ({ text: plain(choice, mostOptionText), value: choice }));
    return { type: "static_select", action_id: fieldAction, ...hint, options };
  }
  const most = maxLength === undefined ? undefined : Math.min(Math.max(maxLength, 1), mostInput);
  return {
    type: "plain_text_input",
    action_id: fieldAction,
    multiline: long,
    ...(minLength === undefined || minLength === 0 ? {} : { min_length: Math.min(minLength, most ?? mostInput) }),
    ...(most === undefined ? {} : { max_length: most }),
    ...hint,
  };
}

/** What a view that was sent off says, by the fields' names. */
export function filledIn(view: Payload): Record<string, string> {
  const values = isPayload(view.state) && isPayload(view.state.values) ? view.state.values : {};
  const filled: Record<string, string> = {};
  for (const [name, actions] of Object.entries(values)) {
    const input = isPayload(actions) ? actions[fieldAction] : undefined;
    if (isPayload(input)) filled[name] = text(input.value) ?? optionValue(input.selected_option) ?? "";
  }
  return filled;
}

/** Where the form was opened that a view shows. */
export function openedAt(view: Payload): Pick<Origin, "channel" | "ts" | "thread" | "responseUrl" | "until"> {
  const kept = parsed(text(view.private_metadata) ?? "");
  const [channel, ts, thread, responseUrl] = [kept.channel, kept.ts, kept.thread, kept.responseUrl].map(text);
  return {
    ...(channel === undefined ? {} : { channel }),
    ...(ts === undefined ? {} : { ts }),
    ...(thread === undefined ? {} : { thread }),
    ...(responseUrl === undefined || typeof kept.until !== "number" ? {} : { responseUrl, until: kept.until }),
  };
}

/**
 * What Slack shows at once in place of closing a form in which something is missing. Slack itself lets people send blanks
 * as a text.
 */
export function answerAtOnce({ type, body }: Delivery): object | undefined {
  if (type !== "interactive" || body.type !== "view_submission" || !isPayload(body.view)) return undefined;
  const { view } = body;
  const filled = filledIn(view);
  const missing = (Array.isArray(view.blocks) ? view.blocks : []).filter(
    (block: unknown) =>
      isPayload(block) &&
      block.type === "input" &&
      block.optional !== true &&
      (filled[String(block.block_id)] ?? "").trim() === "",
  );
  if (missing.length === 0) return undefined;
  const errors = missing.map((block: Payload) => [String(block.block_id), "Please fill this in."]);
  return { response_action: "errors", errors: Object.fromEntries(errors) };
}

function parsed(json: string): Payload {
  try {
    const value: unknown = JSON.parse(json);
    return isPayload(value) ? value : {};
  } catch {
    return {};
  }
}
