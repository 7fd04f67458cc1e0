import type { ChatAdministratorRights, ChatMember, ChatMemberAdministrator, ChatPermissions, User } from "grammy/types";

/** A right that an administrator may be given. */
export type Right = Extract<keyof ChatAdministratorRights, `can_${string}`>;

/** An administrator with the rights listed and no others. */
export function administrator(user: User, rights: readonly Right[] = []): ChatMemberAdministrator {
  const has = (right: Right) => rights.includes(right);
  return {
    status: "administrator",
    user,
    can_be_edited: false,
    is_anonymous: false,
    can_manage_chat: true,
    can_delete_messages: has("can_delete_messages"),
    can_manage_video_chats: has("can_manage_video_chats"),
    can_restrict_members: has("can_restrict_members"),
    can_promote_members: has("can_promote_members"),
    can_change_info: has("can_change_info"),
    can_invite_users: has("can_invite_users"),
    can_post_stories: false,
    can_edit_stories: false,
    can_delete_stories: false,
    can_pin_messages: has("can_pin_messages"),
    can_manage_topics: has("can_manage_topics"),
    can_send_welcome_messages: false,
  };
}

/** A member to whom only the permissions given are left; `until` in Unix seconds, 0 for ever. */
export function restricted(user: User, permissions: ChatPermissions, until: number, isMember = true): ChatMember {
  const left = (right: keyof ChatPermissions) => permissions[right] === true;
  const speaks = left("can_send_messages");
  return {
    status: "restricted",
    user,
    is_member: isMember,
    can_send_messages: speaks,
    can_send_audios: left("can_send_audios"),
    can_send_documents: left("can_send_documents"),
    can_send_photos: left("can_send_photos"),
    can_send_videos: left("can_send_videos"),
    can_send_video_notes: left("can_send_video_notes"),
    can_send_voice_notes: left("can_send_voice_notes"),
    can_send_polls: left("can_send_polls"),
    can_send_other_messages: left("can_send_other_messages"),
    can_add_web_page_previews: left("can_add_web_page_previews"),
    can_react_to_messages: permissions.can_react_to_messages ?? speaks,
    can_edit_tag: left("can_edit_tag"),
    can_change_info: left("can_change_info"),
    can_invite_users: left("can_invite_users"),
    can_pin_messages: left("can_pin_messages"),
    can_manage_topics: left("can_manage_topics"),
    until_date: until,
  };
}

/** Whether every permission that a member has by default is granted, so that nothing restricts them. */
export function unrestricted(permissions: ChatPermissions): boolean {
  return (
    permissions.can_send_messages === true &&
    permissions.can_send_other_messages === true &&
    permissions.can_add_web_page_previews === true &&
    permissions.can_send_polls === true &&
    permissions.can_send_documents === true &&
    permissions.can_send_photos === true
  );
}

/** Bans and restrictions under 30 seconds or over 366 days are for ever (banChatMember, restrictChatMember). */
export function effectiveUntil(until: number | undefined, now: number): number {
  if (until === undefined || until - now < 30 || until - now > 366 * 86_400) return 0;
  return until;
}

/** What members of a new group may do. */
export const ordinaryPermissions: Readonly<ChatPermissions> = {
  can_send_messages: true,
  can_send_audios: true,
  can_send_documents: true,
  can_send_photos: true,
  can_send_videos: true,
  can_send_video_notes: true,
  can_send_voice_notes: true,
  can_send_polls: true,
  can_send_other_messages: true,
  can_add_web_page_previews: true,
  can_react_to_messages: true,
  can_edit_tag: false,
  can_change_info: false,
  can_invite_users: true,
  can_pin_messages: false,
  can_manage_topics: false,
};
