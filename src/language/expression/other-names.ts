/** What people who know other bots write for a value, and what to write here. Made when a name is unknown. */
export function hintForOtherRoot(name: string, known: readonly string[]): string | undefined {
  const plain = name.toLowerCase();
  const root = Object.entries(roots()).find(([, names]) => names.includes(plain))?.[0];
  if (root === "yes" || root === "no" || (root !== undefined && known.includes(root))) return `did you mean "${root}"?`;
  if (["args", "arguments", "params", "parameters", "input"].includes(plain))
    return "what a command is given stands behind options., such as options.amount";
  if (["hour", "minute", "clock", "uhrzeit"].includes(plain))
    return 'for the time of day there is the condition time_between: ["22:00", "07:00"]';
  if (["weekday", "day", "wochentag"].includes(plain))
    return "for the day of the week there is the condition weekday: fri";
  if (["ctx", "context", "interaction", "event"].includes(plain))
    return "who caused this is user, what they wrote message, and where channel and server";
  return undefined;
}

const roots = (): Readonly<Record<string, readonly string[]>> => ({
  user: ["author", "sender", "member", "person", "player", "mitglied", "benutzer"],
  server: ["guild", "chat", "workspace", "group"],
  channel: ["room", "kanal"],
  message: ["msg", "nachricht"],
  bot: ["self", "client", "me"],
  now: ["time", "timestamp", "zeit"],
  today: ["date", "datum"],
  yes: ["ja", "oui", "wahr"],
  no: ["nein", "non", "falsch"],
});

/** The same for what people look for in a value. */
export function hintForOtherField(holder: string, name: string, known: readonly string[]): string | undefined {
  const plain = name.toLowerCase();
  const field = Object.entries(fields()).find(([own, names]) => names.includes(plain) && known.includes(own))?.[0];
  if (["options", "data", "steps", "settings"].includes(holder)) return undefined;
  if (field !== undefined) return `did you mean "${holder}.${field}"?`;
  if (holder === "message" && ["author", "sender", "user", "member", "from"].includes(plain))
    return "who wrote it is user";
  if (/^(is_)?(admin|administrator|mod|moderator|owner|staff)$/.test(plain) || plain === "permissions")
    return "to ask who somebody is there are the conditions permission: and can:, such as can: administrator";
  return plain === "has_role" || plain === "role" ? "to ask for a role there is the condition role: Helper" : undefined;
}

const fields = (): Readonly<Record<string, readonly string[]>> => ({
  name: ["display_name", "displayname", "tag", "title", "full_name", "first_name"],
  text: ["content", "body", "message"],
  username: ["login", "handle"],
  mention: ["ping"],
  created_at: ["created", "age"],
  joined_at: ["joined", "join_date"],
  link: ["url", "href"],
  attachments: ["files", "images"],
  is_bot: ["bot"],
});
