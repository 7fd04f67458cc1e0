import type { Services } from "../services.ts";

/**
 * The bot's own account on a platform, for keys of what processes share: two bots of one name with different tokens neither
 * count nor recognise events for each other.
 */
export function accountKey(services: Pick<Services, "port">, platform: string): string {
  return `${platform}:${services.port(platform)?.self()?.id ?? ""}`;
}
