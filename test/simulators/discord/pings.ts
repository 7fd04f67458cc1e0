import type { APIMessage, APIUser } from "discord.js";
import { may, permissionsOf } from "./permissions.ts";
import type { Channel, World } from "./state.ts";

/** The wire's names ("Message Resource", Allowed Mentions Object). */
export interface AllowedMentions {
  parse?: ("roles" | "users" | "everyone")[] | null;
  roles?: string[] | null;
  users?: string[] | null;
  replied_user?: boolean | null;
}

/** Who is really called by a text: only what is both written and allowed, and everybody only by those who may. */
export function pingsOf(
  world: World,
  channel: Channel,
  author: APIUser,
  content: string,
  allowed: AllowedMentions | null | undefined,
  repliedTo?: APIUser,
): Pick<APIMessage, "mentions" | "mention_roles" | "mention_everyone"> {
  const written = (pattern: RegExp) => [...new Set([...content.matchAll(pattern)].map((match) => match[1] as string))];
  const permits = (kind: "users" | "roles", id: string) =>
    !allowed || allowed.parse?.includes(kind) === true || allowed[kind]?.includes(id) === true;
  const users = written(/<@!?(\d+)>/g).filter((id) => permits("users", id));
  if (repliedTo !== undefined && (allowed?.replied_user ?? !allowed)) users.push(repliedTo.id);
  const member = channel.guild?.members.get(author.id);
  const bits = channel.guild && member ? permissionsOf(channel.guild, member, channel, world.now()) : 0n;
  return {
    mentions: [...new Set(users)].flatMap((id) => world.users.get(id) ?? []),
    mention_roles: written(/<@&(\d+)>/g).filter((id) => permits("roles", id)),
    mention_everyone:
      /@(everyone|here)/.test(content) &&
      (!allowed || allowed.parse?.includes("everyone") === true) &&
      may(bits, "MentionEveryone"),
  };
}
