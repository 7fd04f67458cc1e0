import type { ButtonEvent, CommandEvent, FormEvent, MenuEvent } from "../../../contracts/event.ts";
import { isLinkAction } from "./compose.ts";
import { callIn, rest } from "./decode.ts";
import { decode, type EventContext, eventBase, type Origin, text } from "./event-context.ts";
import { filledIn, openedAt } from "./forms.ts";
import { isPayload, type Payload } from "./intake.ts";
import { pickedIn } from "./menus.ts";

/** docs.slack.dev: "Handling user interaction", Message responses. */
const responseUrlMs = 30 * 60_000;
/** docs.slack.dev: "Handling user interaction", Modal responses. */
const triggerMs = 3000;

export async function commandEvent(body: Payload, context: EventContext): Promise<CommandEvent | undefined> {
  const [channelId, userId, command] = [text(body.channel_id), text(body.user_id), text(body.command)];
  if (channelId === undefined || userId === undefined || command === undefined) return undefined;
  const doors = doorsOf(body, context.now());
  const [user, content] = await Promise.all([
    context.people.person(userId, text(body.user_name)),
    decode(text(body.text) ?? "", context),
  ]);
  const channel = await context.places.place(channelId, text(body.channel_name), user);
  const name = command.replace(/^\//, "");
  const call = context.ownCommands.includes(name)
    ? { name, addressed: true, input: rest(content, content.text.length - content.text.trimStart().length) }
    : callIn(content, 0, true);
  const origin: Origin = { kind: "slash", user: userId, channel: channelId, ...doors };
  const key = `slash:${text(body.trigger_id) ?? `${userId}:${context.now()}`}`;
  return { kind: "command", ...eventBase(context, { key, at: context.now(), user, channel, origin }), call };
}

/** What somebody pressed, chose or filled in. */
export async function interactionEvent(
  body: Payload,
  context: EventContext,
): Promise<ButtonEvent | MenuEvent | FormEvent | undefined> {
  if (body.type === "view_submission") return formEvent(body, context);
  if (body.type !== "block_actions" || !Array.isArray(body.actions)) return undefined;
  const action: unknown = body.actions[0];
  if (!isPayload(action)) return undefined;
  const doors = doorsOf(body, context.now());
  const choice = pickedIn(action, body.state);
  if (choice === "nothing") {
    if (doors.responseUrl !== undefined) context.tell(doors.responseUrl, "Choose something in the menu first.");
    return undefined;
  }
  if (choice !== undefined) {
    const base = await pressOf(body, action, "menu", doors, context);
    return base === undefined ? undefined : { kind: "menu", ...base, menu: choice.menu, picked: choice.picked };
  }
  const key = action.type === "button" ? text(action.action_id) : undefined;
  // A link button has done all it does by opening its link.
  if (key === undefined || isLinkAction(key)) return undefined;
  const base = await pressOf(body, action, "button", doors, context);
  return base === undefined ? undefined : { kind: "button", ...base, button: key };
}

type Doors = Pick<Origin, "responseUrl" | "until" | "trigger" | "triggerUntil">;

async function pressOf(body: Payload, action: Payload, kind: "button" | "menu", doors: Doors, context: EventContext) {
  const userId = isPayload(body.user) ? text(body.user.id) : undefined;
  if (!isPayload(body.user) || userId === undefined) return undefined;
  const container = isPayload(body.container) ? body.container : {};
  const place = isPayload(body.channel) ? body.channel : {};
  const channelId = text(place.id) ?? text(container.channel_id);
  const user = await context.people.person(userId, text(body.user.name) ?? text(body.user.username));
  const channel = channelId === undefined ? undefined : await context.places.place(channelId, text(place.name), user);
  const messageId = text(container.message_ts);
  const inThread = text(container.thread_ts) ?? (isPayload(body.message) ? text(body.message.thread_ts) : undefined);
  // A message that a thread hangs on is not itself in it.
  const thread = inThread === messageId ? undefined : inThread;
  const origin: Origin = {
    kind,
    user: userId,
    ...(channelId === undefined ? {} : { channel: channelId }),
    ...(messageId === undefined ? {} : { ts: messageId }),
    ...(thread === undefined ? {} : { thread }),
    ...doors,
  };
  const key = `press:${text(body.trigger_id) ?? `${messageId}:${userId}:${text(action.action_ts)}`}`;
  const base = eventBase(context, { key, at: context.now(), user, channel, origin });
  return { ...base, ...(messageId === undefined ? {} : { messageId }) };
}

async function formEvent(body: Payload, context: EventContext): Promise<FormEvent | undefined> {
  if (!isPayload(body.user) || !isPayload(body.view)) return undefined;
  const [userId, viewId, form] = [text(body.user.id), text(body.view.id), text(body.view.callback_id)];
  if (userId === undefined || viewId === undefined || form === undefined) return undefined;
  const doors = doorsOf(body, context.now());
  const user = await context.people.person(userId, text(body.user.name) ?? text(body.user.username));
  const opened = openedAt(body.view);
  const channel =
    opened.channel === undefined ? undefined : await context.places.place(opened.channel, undefined, user);
  const origin: Origin = { kind: "form", user: userId, ...opened, ...doors };
  const base = eventBase(context, { key: `form:${viewId}`, at: context.now(), user, channel, origin });
  return { kind: "form", ...base, form, values: filledIn(body.view) };
}

/** What an interaction lets the bot do for a while. */
function doorsOf(body: Payload, at: number): Doors {
  const [responseUrl, trigger] = [text(body.response_url), text(body.trigger_id)];
  return {
    ...(responseUrl === undefined ? {} : { responseUrl, until: at + responseUrlMs }),
    ...(trigger === undefined ? {} : { trigger, triggerUntil: at + triggerMs }),
  };
}
