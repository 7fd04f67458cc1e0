import { add } from "../actions/add.ts";
import { add_role } from "../actions/add_role.ts";
import { add_to_thread } from "../actions/add_to_thread.ts";
import { append } from "../actions/append.ts";
import { ask } from "../actions/ask.ts";
import { audit } from "../actions/audit.ts";
import { audit_search } from "../actions/audit_search.ts";
import { ban } from "../actions/ban.ts";
import { call } from "../actions/call.ts";
import { cases } from "../actions/cases.ts";
import { choose } from "../actions/choose.ts";
import { choose_role } from "../actions/choose_role.ts";
import { clear } from "../actions/clear.ts";
import { close_thread } from "../actions/close_thread.ts";
import { confirm } from "../actions/confirm.ts";
import { create_thread } from "../actions/create_thread.ts";
import { delete_message } from "../actions/delete_message.ts";
import { direct_message } from "../actions/direct_message.ts";
import { disable } from "../actions/disable.ts";
import { edit_message } from "../actions/edit_message.ts";
import { emit } from "../actions/emit.ts";
import { enable } from "../actions/enable.ts";
import { for_each } from "../actions/for_each.ts";
import { form } from "../actions/form.ts";
import { http } from "../actions/http.ts";
import { ifAction } from "../actions/if.ts";
import { kick } from "../actions/kick.ts";
import { lock } from "../actions/lock.ts";
import { log } from "../actions/log.ts";
import { mute } from "../actions/mute.ts";
import { note } from "../actions/note.ts";
import { parallel } from "../actions/parallel.ts";
import { pin } from "../actions/pin.ts";
import { poll } from "../actions/poll.ts";
import { purge } from "../actions/purge.ts";
import { random } from "../actions/random.ts";
import { react } from "../actions/react.ts";
import { reload } from "../actions/reload.ts";
import { remove } from "../actions/remove.ts";
import { remove_role } from "../actions/remove_role.ts";
import { repeat } from "../actions/repeat.ts";
import { reply } from "../actions/reply.ts";
import { send } from "../actions/send.ts";
import { set } from "../actions/set.ts";
import { set_nickname } from "../actions/set_nickname.ts";
import { slowmode } from "../actions/slowmode.ts";
import { status } from "../actions/status.ts";
import { stop } from "../actions/stop.ts";
import { subtract } from "../actions/subtract.ts";
import { toggle_role } from "../actions/toggle_role.ts";
import { top } from "../actions/top.ts";
import { transcript } from "../actions/transcript.ts";
import { transfer } from "../actions/transfer.ts";
import { typing } from "../actions/typing.ts";
import { unban } from "../actions/unban.ts";
import { unlock } from "../actions/unlock.ts";
import { unmute } from "../actions/unmute.ts";
import { unwarn } from "../actions/unwarn.ts";
import { wait } from "../actions/wait.ts";
import { warn } from "../actions/warn.ts";
import { account_age } from "../conditions/account_age.ts";
import { all } from "../conditions/all.ts";
import { any } from "../conditions/any.ts";
import { bot_can } from "../conditions/bot_can.ts";
import { can } from "../conditions/can.ts";
import { caps_over } from "../conditions/caps_over.ts";
import { chance } from "../conditions/chance.ts";
import { channel } from "../conditions/channel.ts";
import { data } from "../conditions/data.ts";
import { direct } from "../conditions/direct.ts";
import { has_attachment } from "../conditions/has_attachment.ts";
import { has_invite } from "../conditions/has_invite.ts";
import { has_link } from "../conditions/has_link.ts";
import { is_bot } from "../conditions/is_bot.ts";
import { is_command } from "../conditions/is_command.ts";
import { member_age } from "../conditions/member_age.ts";
import { mentions_over } from "../conditions/mentions_over.ts";
import { not } from "../conditions/not.ts";
import { permission } from "../conditions/permission.ts";
import { platform } from "../conditions/platform.ts";
import { role } from "../conditions/role.ts";
import { text } from "../conditions/text.ts";
import { time_between } from "../conditions/time_between.ts";
import { user } from "../conditions/user.ts";
import { weekday } from "../conditions/weekday.ts";
import type { PlatformDefinition } from "../contracts/platform.ts";
import type {
  ActionDefinition,
  CombinatorDefinition,
  ConditionDefinition,
  TriggerDefinition,
} from "../contracts/word.ts";
import { packs } from "../packs/index.ts";
import { console } from "../platforms/console.ts";
import { discord } from "../platforms/discord.ts";
import { slack } from "../platforms/slack.ts";
import { telegram } from "../platforms/telegram.ts";
import { button } from "../triggers/button.ts";
import { command } from "../triggers/command.ts";
import { custom_event } from "../triggers/custom_event.ts";
import { data_reached } from "../triggers/data_reached.ts";
import { direct_message as privateMessage } from "../triggers/direct_message.ts";
import { flood } from "../triggers/flood.ts";
import { form_submitted } from "../triggers/form_submitted.ts";
import { member_joined } from "../triggers/member_joined.ts";
import { member_left } from "../triggers/member_left.ts";
import { mention } from "../triggers/mention.ts";
import { menu } from "../triggers/menu.ts";
import { message } from "../triggers/message.ts";
import { message_deleted } from "../triggers/message_deleted.ts";
import { message_edited } from "../triggers/message_edited.ts";
import { raid } from "../triggers/raid.ts";
import { reaction_added } from "../triggers/reaction_added.ts";
import { reaction_removed } from "../triggers/reaction_removed.ts";
import { role_added } from "../triggers/role_added.ts";
import { role_removed } from "../triggers/role_removed.ts";
import { schedule } from "../triggers/schedule.ts";
import { startup } from "../triggers/startup.ts";
import { thread_created } from "../triggers/thread_created.ts";
import { voice_joined } from "../triggers/voice_joined.ts";
import { voice_left } from "../triggers/voice_left.ts";
import { warned } from "../triggers/warned.ts";
import { webhook } from "../triggers/webhook.ts";

/**
 * By name, in the order in which the reference lists them. A Map, so that no name of a file can hit a built-in one. Here a
 * word's own argument types end: from now on they are what its fields say.
 */
function byName<Definition extends { readonly kind: string; readonly name: string }>(
  definitions: readonly Pick<Definition, "kind" | "name">[],
): ReadonlyMap<string, Definition> {
  return new Map(definitions.map((definition) => [definition.name, definition as Definition]));
}

export const actions = byName<ActionDefinition>([
  reply,
  send,
  direct_message,
  ask,
  form,
  confirm,
  poll,
  edit_message,
  react,
  delete_message,
  pin,
  typing,
  transcript,
  warn,
  unwarn,
  note,
  cases,
  mute,
  unmute,
  kick,
  ban,
  unban,
  purge,
  slowmode,
  lock,
  unlock,
  add_role,
  remove_role,
  toggle_role,
  choose_role,
  set_nickname,
  create_thread,
  close_thread,
  add_to_thread,
  set,
  add,
  subtract,
  append,
  remove,
  clear,
  transfer,
  top,
  ifAction,
  choose,
  repeat,
  for_each,
  parallel,
  random,
  call,
  wait,
  http,
  stop,
  log,
  emit,
  audit,
  reload,
  status,
  enable,
  disable,
  audit_search,
]);

export const conditions = byName<ConditionDefinition | CombinatorDefinition>([
  permission,
  can,
  role,
  user,
  channel,
  platform,
  is_bot,
  is_command,
  direct,
  text,
  has_link,
  has_invite,
  has_attachment,
  mentions_over,
  caps_over,
  account_age,
  member_age,
  time_between,
  weekday,
  chance,
  data,
  bot_can,
  all,
  any,
  not,
]);

export const triggers = byName<TriggerDefinition>([
  command,
  message,
  mention,
  privateMessage,
  message_edited,
  message_deleted,
  reaction_added,
  reaction_removed,
  button,
  menu,
  form_submitted,
  member_joined,
  member_left,
  role_added,
  role_removed,
  thread_created,
  voice_joined,
  voice_left,
  flood,
  raid,
  warned,
  data_reached,
  schedule,
  startup,
  webhook,
  custom_event,
]);

export { packs };

export const platforms: ReadonlyMap<string, PlatformDefinition> = new Map(
  [discord, telegram, slack, console].map((platform) => [platform.name, platform]),
);

/** Every word and platform. */
export const registry = { actions, conditions, triggers, platforms, packs };
