import type { Json } from "../json.ts";
import type { Tokens } from "../tokens.ts";
import type { Triggers } from "../triggers.ts";
import type { SlackChannel, SlackMessage, Workspace } from "../workspace.ts";

/** What a method works with. */
export interface MethodContext {
  args: Json;
  workspace: Workspace;
  tokens: Tokens;
  triggers: Triggers;
  /** When the call came in, in milliseconds since 1970; the checks that follow do not count against it. */
  arrived: number;
  granted: ReadonlySet<string>;
  /** Most entries of a page, however many were asked for. */
  pageLimit: number;
  /** The address of the simulator. */
  url: string;
  /** A WebSocket address that works once. */
  socketUrl(): string;
  /** Sends the bot the event that its own doing causes. */
  echo: Echo;
}

export interface Echo {
  posted(message: SlackMessage): void;
  changed(message: SlackMessage, previous: SlackMessage): void;
  deleted(message: SlackMessage): void;
  reaction(kind: "reaction_added" | "reaction_removed", message: SlackMessage, name: string, user: string): void;
  left(channel: SlackChannel, user: string): void;
  joined(channel: SlackChannel, user: string): void;
}

export interface Method {
  /** Whose token calls it; the bot's unless told. */
  token?: "app" | "none";
  /** Scopes that are all needed, by the arguments. */
  scopes?: (context: MethodContext) => string[];
  run(context: MethodContext): Json;
}

/** An answer that says what was wrong. */
export function fail(error: string, more: Json = {}): Json {
  return { ok: false, error, ...more };
}

/** The scope for a conversation by its kind, for instance `groups:history` (docs.slack.dev, "Scopes"). */
export function conversationScope(
  right: "read" | "history" | "write" | "manage",
): (context: MethodContext) => string[] {
  return ({ args, workspace }) => {
    const kind = workspace.channels.get(String(args.channel))?.kind ?? "channel";
    const family = { channel: "channels", group: "groups", im: "im", mpim: "mpim" }[kind];
    return [right === "manage" && kind !== "channel" ? `${family}:write` : `${family}:${right}`];
  };
}

/** The conversation with that id as far as the bot may see it: a private one only when it is in. */
export function visibleChannel({ workspace }: MethodContext, id: unknown): SlackChannel | undefined {
  const channel = workspace.channels.get(String(id));
  if (channel === undefined || channel.kind === "channel" || channel.members.has(workspace.bot.id)) return channel;
  return undefined;
}

/** One page of a list; cursors are opaque, and an unknown one is refused with `invalid_cursor`. */
export function page<T>(
  { args, pageLimit }: MethodContext,
  entries: readonly T[],
  usual: number,
): { entries: T[]; next: string } | undefined {
  const limit = typeof args.limit === "number" && args.limit > 0 ? args.limit : usual;
  const start = args.cursor === undefined || args.cursor === "" ? 0 : Number(cursorText(args.cursor));
  if (!Number.isInteger(start)) return undefined;
  const end = start + Math.min(limit, pageLimit);
  return {
    entries: entries.slice(start, end),
    next: end < entries.length ? Buffer.from(`next:${end}`).toString("base64") : "",
  };
}

function cursorText(cursor: unknown): string {
  return (
    Buffer.from(String(cursor), "base64")
      .toString()
      .replace(/^next:/, "") || "none"
  );
}
