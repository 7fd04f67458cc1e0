import type { ChatMember } from "grammy/types";
import type { Standing } from "../../../contracts/event.ts";
import type { Right } from "../../../contracts/right.ts";
import { administratorRights, memberRights } from "../../../platforms/telegram.ts";

const everyRight = [
  ...(Object.keys(administratorRights) as Right[]),
  ...(Object.keys(memberRights) as Right[]),
  "read_messages" as const,
];

/** Owner over administrators over members: Telegram has no finer ranks. */
const ranks = { owner: 2, administrator: 1, member: 0 };

/** Whether the person is in the chat now. */
export function isInside(member: ChatMember): boolean {
  if (member.status === "restricted") return member.is_member;
  return member.status !== "left" && member.status !== "kicked";
}

/** By the member as Telegram told them: it is asked for with every command, and members are kept. */
const standings = new WeakMap<ChatMember, Standing>();

/**
 * What a member may do; undefined when they are not in the chat. What the chat as a whole forbids its members
 * (setChatPermissions) is not looked at.
 */
export function standingOf(member: ChatMember): Standing | undefined {
  if (!isInside(member)) return undefined;
  let standing = standings.get(member);
  if (standing === undefined) {
    standing = standingInside(member);
    standings.set(member, standing);
  }
  return standing;
}

function standingInside(member: ChatMember): Standing {
  switch (member.status) {
    case "creator":
      return { owner: true, rank: ranks.owner, roles: [], rights: new Set(everyRight) };
    case "administrator": {
      const granted = Object.entries(administratorRights) as [keyof typeof administratorRights, string][];
      const held = granted.filter(([, field]) => member[field as keyof typeof member] === true).map(([right]) => right);
      return {
        owner: false,
        rank: ranks.administrator,
        roles: [],
        rights: new Set<Right>([...held, ...(Object.keys(memberRights) as Right[]), "read_messages"]),
      };
    }
    case "restricted": {
      const left = Object.entries(memberRights) as [keyof typeof memberRights, keyof typeof member][];
      const held = left.filter(([, field]) => member[field] === true).map(([right]) => right);
      return { owner: false, rank: ranks.member, roles: [], rights: new Set<Right>([...held, "read_messages"]) };
    }
    default:
      return {
        owner: false,
        rank: ranks.member,
        roles: [],
        rights: new Set<Right>([...(Object.keys(memberRights) as Right[]), "read_messages"]),
      };
  }
}

/** Members as Telegram told them, where it also tells of every change. */
export interface MemberCache {
  /** Whether the bot's own standing in the chat is known, and with it whether changes are announced. */
  knows(chatId: number): boolean;
  get(chatId: number, userId: number): ChatMember | undefined;
  /** Keeps what was asked for or announced; only where the bot, being an administrator, hears of changes (Update.chat_member). */
  keep(chatId: number, member: ChatMember): void;
}

const mostMembers = 20_000;
/** A change that got lost is found out after this time. */
const freshMs = 60_000;

export function createMemberCache(botId: () => number | undefined, now: () => number): MemberCache {
  const members = new Map<string, { member: ChatMember; at: number }>();
  const announced = new Map<number, boolean>();
  const key = (chatId: number, userId: number) => `${chatId} ${userId}`;

  const note = (chatId: number, member: ChatMember) => {
    if (member.user.id === botId()) announced.set(chatId, member.status === "administrator");
    if (!announced.get(chatId)) return;
    if (members.size >= mostMembers) members.delete(members.keys().next().value as string);
    members.set(key(chatId, member.user.id), { member, at: now() });
  };

  return {
    knows: (chatId) => announced.has(chatId),
    get(chatId, userId) {
      if (!announced.get(chatId)) return undefined;
      const entry = members.get(key(chatId, userId));
      return entry !== undefined && now() - entry.at < freshMs ? entry.member : undefined;
    },
    keep: note,
  };
}
