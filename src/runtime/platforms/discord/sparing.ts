import type { GatewayDispatchPayload } from "discord.js";
import type { PlatformError } from "../../../contracts/platform.ts";
import { codeOf } from "./errors.ts";
import type { Rest } from "./rest.ts";

/**
 * Spares Discord what it has just refused. Where the bot may read but not write, every message that a rule answers would be
 * one more refused request, and too many of them shut the bot out altogether (documentation: "Rate Limits", Invalid Request
 * Limit).
 */
export interface Sparing {
  /** The same calls; one that was refused for the lack of a permission is refused in the same words for a while. */
  readonly rest: Rest;
  /** To be told of every dispatch: with roles and channels change permissions. */
  follow(payload: GatewayDispatchPayload): void;
}

const spareMs = 300_000;
const mostKept = 10_000;
/** What depends on the bot's permissions in a channel, and not on the message. */
const spared = /^(?:POST \/channels\/\d+\/(?:messages|typing)|PUT \/channels\/\d+\/messages\/(?=\d+\/reactions\/))/;
const missingPermission: ReadonlySet<number | undefined> = new Set([50_001, 50_013]);
const changesPermissions: ReadonlySet<string> = new Set([
  "CHANNEL_UPDATE",
  "GUILD_CREATE",
  "GUILD_ROLE_DELETE",
  "GUILD_ROLE_UPDATE",
  "READY",
]);

export function createSparing(rest: Rest, now: () => number, selfId: () => string | undefined): Sparing {
  const refused = new Map<string, { readonly at: number; readonly error: PlatformError }>();

  const keyOf = ([method, route, options]: Parameters<Rest["call"]>): string | undefined => {
    const [key] = spared.exec(`${method} ${route}`) ?? [];
    // Files take a permission of their own.
    return key === undefined || !options?.files?.length ? key : `${key} with files`;
  };

  return {
    rest: {
      ...rest,
      async call<T>(...call: Parameters<Rest["call"]>) {
        const key = keyOf(call);
        if (key === undefined) return rest.call<T>(...call);
        const before = refused.get(key);
        if (before !== undefined && now() - before.at < spareMs) throw before.error;
        refused.delete(key);
        try {
          return await rest.call<T>(...call);
        } catch (error) {
          if (refused.size >= mostKept) refused.clear();
          if (missingPermission.has(codeOf(error))) refused.set(key, { at: now(), error: error as PlatformError });
          throw error;
        }
      },
    },
    follow({ t, d }) {
      const own = t === "GUILD_MEMBER_UPDATE" && d.user.id === selfId();
      if (own || changesPermissions.has(t)) refused.clear();
    },
  };
}
