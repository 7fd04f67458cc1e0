import type { Deliveries } from "./deliveries.ts";
import { actionOf, type Choice, stateOf } from "./elements.ts";
import type { Delivery } from "./envelope.ts";
import { isJson, type Json, objectsIn } from "./json.ts";
import { addView, replaceView } from "./methods/views.ts";
import { fileObject } from "./objects.ts";
import * as payloads from "./payloads.ts";
import { applyAnswer, type ResponseUrls } from "./response-url.ts";
import type { Triggers } from "./triggers.ts";
import type { SlackMessage, SlackView, Workspace } from "./workspace.ts";

/** Who is where; people and channels by name or id, `@name` is the direct conversation with the bot. */
export interface Where {
  channel: string;
  user: string;
}

/** What people do in the workspace; each move changes its state and tells the bot. */
export interface Actors {
  /** With files it is a `file_share`; each needs at least a name. */
  say(what: Where & { text: string; thread_ts?: string; files?: { name: string; mimetype?: string }[] }): Delivery;
  /** Says it with the bot's mention before it. The bot gets `message` and `app_mention`; this is the latter. */
  mention(what: Where & { text: string; thread_ts?: string }): Delivery;
  edit(message: SlackMessage, text: string): Delivery;
  remove(message: SlackMessage): Delivery;
  react(what: { user: string; message: SlackMessage; name: string; remove?: boolean }): Delivery;
  /** The answer in its acknowledgement is shown in the channel, as Slack does. */
  slash(what: Where & { command: string; text?: string }): Delivery;
  /** Presses a button or chooses from a menu of a message. */
  press(what: Choice & { user: string; message: SlackMessage }): Delivery;
  /** Sends a modal off, filled in by `action_id` or `block_id`. */
  submit(what: { user: string; view: SlackView; values?: Record<string, string | string[]> }): Delivery;
  dismiss(what: { user: string; view: SlackView }): Delivery;
  /** Enters a channel; who is not in the workspace yet joins that first (`team_join`). Without a channel only that. */
  memberJoined(what: { user: string; channel?: string }): Delivery;
  memberLeft(what: Where): Delivery;
  /** People come into a user group, or go out. */
  changeGroup(what: { handle: string; added?: string[]; removed?: string[] }): Delivery;
  /** Any other event, for instance `{ type: "tokens_revoked", … }`; `event_ts` is added. */
  event(event: Json): Delivery;
  /** `app_rate_limited`, which comes without `event_id` over HTTP (docs.slack.dev, "app_rate_limited event"). */
  appRateLimited(): Delivery;
}

interface ActorParts {
  workspace: Workspace;
  deliveries: Deliveries;
  responseUrls: ResponseUrls;
  triggers: Triggers;
  now: () => number;
  overHttp: () => boolean;
}

export function createActors(parts: ActorParts): Actors {
  const { workspace, deliveries, responseUrls, triggers, now } = parts;
  const emit = (event: Json) => deliveries.deliver("events_api", payloads.eventCallback(event, workspace, now));
  const placeOf = (message: SlackMessage) => workspace.channel(message.channel);

  function written({ channel: name, user, text, thread_ts, files }: Parameters<Actors["say"]>[0]) {
    const channel = workspace.channel(name);
    if (!channel.members.has(workspace.bot.id)) throw new Error(`the bot is not in ${name}, so it hears nothing there`);
    const author = workspace.user(user);
    const message = workspace.post({
      channel: channel.id,
      user: author.id,
      text,
      ...(thread_ts === undefined ? {} : { thread_ts }),
      ...(files === undefined
        ? {}
        : { subtype: "file_share", files: files.map((file) => fileObject(file, author.id, workspace)) }),
    });
    return { message, channel };
  }

  const actors: Actors = {
    say(what) {
      const { message, channel } = written(what);
      return emit(payloads.messageEvent(message, channel, workspace));
    },
    mention(what) {
      const { message, channel } = written({ ...what, text: `<@${workspace.bot.id}> ${what.text}` });
      emit(payloads.messageEvent(message, channel, workspace));
      return emit(payloads.mentionEvent(message, channel, workspace));
    },
    edit(message, text) {
      const previous = { ...message };
      message.text = text;
      message.edited = { user: message.user, ts: workspace.nextTs() };
      return emit(payloads.messageChanged(message, previous, placeOf(message), workspace));
    },
    remove(message) {
      workspace.remove(message);
      const isRoot = workspace.messages.some(
        ({ channel, thread_ts }) => channel === message.channel && thread_ts === message.ts,
      );
      const event = isRoot ? payloads.messageBuried : payloads.messageDeleted;
      return emit(event(message, placeOf(message), workspace));
    },
    react({ user: name, message, name: emoji, remove = false }) {
      const user = workspace.user(name).id;
      const others = message.reactions.filter((reaction) => reaction.name !== emoji);
      const users =
        message.reactions.find((reaction) => reaction.name === emoji)?.users.filter((id) => id !== user) ?? [];
      const left = remove ? users : [...users, user];
      message.reactions = left.length === 0 ? others : [...others, { name: emoji, users: left }];
      const kind = remove ? "reaction_removed" : "reaction_added";
      return emit(payloads.reactionEvent(kind, message, emoji, user, workspace));
    },
    slash({ channel: place, user: name, command, text = "" }) {
      const [channel, user] = [workspace.channel(place), workspace.user(name)];
      const answerTo = { channel: channel.id, user: user.id };
      const payload = payloads.slashCommand(
        { command, text, user, channel },
        responseUrls.issue(answerTo),
        triggers.issue(user.id),
        workspace,
      );
      return deliveries.deliver("slash_commands", payload, (answer) => applyAnswer(answer, answerTo, workspace));
    },
    press({ user: name, message, ...pick }) {
      const [channel, user] = [placeOf(message), workspace.user(name)];
      const inAttachments = objectsIn(message.attachments).flatMap(({ blocks }) => objectsIn(blocks));
      const element = actionOf([...(message.blocks ?? []), ...inAttachments], pick);
      keepChoice(message, user.id, element);
      const responseUrl = responseUrls.issue({ channel: channel.id, user: user.id, source: message });
      const trigger = triggers.issue(user.id);
      const action = { user, channel, message, element };
      return deliveries.deliver("interactive", payloads.blockActions(action, responseUrl, trigger, workspace));
    },
    submit({ user: name, view, values = {} }) {
      const user = workspace.user(name);
      const state = stateOf(objectsIn(view.body.blocks), values);
      const payload = payloads.viewSubmission(user, view, state, triggers.issue(user.id), workspace);
      return deliveries.deliver("interactive", payload, (answer) => {
        if (!isJson(answer.view)) return;
        if (answer.response_action === "update") replaceView(view, answer.view, workspace);
        else addView(answer.view, user.id, workspace, view);
      });
    },
    dismiss: ({ user, view }) =>
      deliveries.deliver("interactive", payloads.viewClosed(workspace.user(user), view, workspace)),
    memberJoined({ user: name, channel: place }) {
      let joined: Delivery | undefined;
      let user = [...workspace.users.values()].find((candidate) => candidate.name === name || candidate.id === name);
      if (user === undefined) {
        user = workspace.addUser({ name });
        joined = emit(payloads.teamJoin(user, workspace));
      }
      if (place === undefined) {
        if (joined === undefined) throw new Error(`${name} is in the workspace already; say which channel`);
        return joined;
      }
      const channel = workspace.channel(place);
      channel.members.add(user.id);
      return emit(payloads.membershipEvent("member_joined_channel", user.id, channel, workspace));
    },
    memberLeft({ user: name, channel: place }) {
      const [channel, user] = [workspace.channel(place), workspace.user(name)];
      channel.members.delete(user.id);
      return emit(payloads.membershipEvent("member_left_channel", user.id, channel, workspace));
    },
    changeGroup({ handle, added = [], removed = [] }) {
      const group = [...workspace.usergroups.values()].find((one) => one.handle === handle);
      if (group === undefined) throw new Error(`the simulated workspace has no user group ${handle}`);
      const [comers, goers] = [added, removed].map((names) => names.map((name) => workspace.user(name).id));
      group.users = [...group.users, ...(comers ?? [])].filter((id) => !goers?.includes(id));
      return emit(payloads.groupChanged(group, comers ?? [], goers ?? [], workspace));
    },
    event: (event) => emit({ ...event, event_ts: event.event_ts ?? workspace.nextTs() }),
    appRateLimited() {
      const event = {
        token: "verification-token",
        type: "app_rate_limited",
        team_id: workspace.team.id,
        minute_rate_limited: Math.floor(now() / 60_000) * 60,
        api_app_id: workspace.app.id,
      };
      return parts.overHttp() ? deliveries.deliver("events_api", event) : actors.event(event);
    },
  };
  return actors;
}

/** Slack tells with every press what that person has chosen in the message's menus so far. */
function keepChoice(message: SlackMessage, user: string, element: Json): void {
  if (element.type === "button") return;
  message.chosen ??= new Map();
  const { block_id, action_id, ...choice } = element;
  const before = message.chosen.get(user) ?? {};
  message.chosen.set(user, { ...before, [String(block_id)]: { [String(action_id)]: choice } });
}
