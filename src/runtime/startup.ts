import { PlatformError } from "../contracts/platform.ts";
import { homePlaces, ownEvent } from "./occasions.ts";
import type { Generation, Services } from "./services.ts";

export interface Startup {
  /** Tells the rules, the first time that a platform is there, that the bot has started. */
  begin(platform: string): void;
}

/** The start of the bot, once on each home server: a connection that is opened again later is no start. */
export function createStartup(services: Services, current: () => Generation): Startup {
  const begun = new Set<string>();

  const tell = async (platform: string): Promise<void> => {
    const generation = current();
    if (!generation.plan.rulesFor.has("startup")) return;
    for (const place of await homePlaces(services, generation, platform)) {
      const key = `startup:${platform}:${place.server?.id ?? ""}:${services.clock.now()}`;
      await services.raise({ ...ownEvent(services, generation, place, key), kind: "startup" });
    }
  };

  return {
    begin(platform) {
      if (begun.has(platform)) return;
      begun.add(platform);
      tell(platform).catch((error: unknown) => {
        if (!(error instanceof PlatformError)) throw error;
        services.log.warn({ platform, why: error.message }, "rules could not be told of the start");
      });
    },
  };
}
