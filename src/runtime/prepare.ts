import type { ConnectionPlan } from "../contracts/platform.ts";
import { isClosed, type Link, missingNamesNow, type Opened } from "./connections.ts";
import { settleKinds } from "./data-kinds.ts";
import { needsRestart, type Problem, type Readable } from "./loaded.ts";
import { messageOf } from "./runs/answer.ts";
import type { Services } from "./services.ts";

/** A platform of the new file that cannot be opened now, and did not run before either. */
export interface NotOpen {
  readonly plan: ConnectionPlan;
  readonly problems: readonly Problem[];
  /** Trying again later may work. */
  readonly temporary: boolean;
}

export type Prepared =
  | {
      readonly ok: true;
      /** Open connections that take no events through yet: new platforms, and ones with another account. */
      readonly fresh: readonly Link[];
      readonly notOpen: readonly NotOpen[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Phase 1 of a reload: everything that can fail, with the running bot untouched. A platform that was in the file before
 * and did not run keeps nobody from changing the rest.
 */
export async function prepareReload({
  next,
  loaded,
  links,
  down,
  open,
  services,
}: {
  readonly next: Readable;
  /** What is in force. */
  readonly loaded: Readable;
  readonly links: ReadonlyMap<string, Link>;
  /** Platforms in force that are not connected. */
  readonly down: ReadonlyMap<string, string>;
  readonly open: (source: Readable, plan: ConnectionPlan) => Promise<{ readonly link: Link; readonly opened: Opened }>;
  readonly services: Pick<Services, "store" | "log">;
}): Promise<Prepared> {
  const restart = needsRestart(loaded.plan.config, next.plan.config);
  if (restart.length > 0) return { ok: false, problems: restart };
  const problems: Problem[] = [];
  const fresh: Link[] = [];
  const notOpen: NotOpen[] = [];

  /** Closes what does not come into service; the plan in force handles what it has received. */
  const discard = async (link: Link): Promise<void> => {
    if (links.has(link.plan.platform)) link.release();
    await link
      .close()
      .catch((error: unknown) => services.log.warn({ error: messageOf(error) }, "a connection could not be closed"));
  };

  try {
    for (const plan of next.plan.connections) {
      const running = links.get(plan.platform);
      if (running !== undefined && !isClosed(running) && !running.connection.needsReplacing(plan)) {
        if (namesOf(next) !== namesOf(loaded))
          problems.push(...(await missingNamesNow(running.connection, next.plan, services, next.settingPosition)));
        continue;
      }
      const { link, opened } = await open(next, plan);
      if (opened.ok) fresh.push(link);
      else if (running === undefined ? down.has(plan.platform) : isClosed(running))
        notOpen.push({ plan, problems: opened.problems, temporary: opened.temporary });
      else problems.push(...opened.problems);
    }
    // The last that can fail: what is stored is converted only where everything else is in order.
    if (problems.length === 0) problems.push(...(await settleKinds(services.store, next)));
    if (problems.length === 0) return { ok: true, fresh, notOpen };
    await Promise.all(fresh.map(discard));
    return { ok: false, problems };
  } catch (error) {
    await Promise.all(fresh.map(discard));
    throw error;
  }
}

/** All that decides which names are looked for, and where. */
function namesOf({ plan }: Readable): string {
  const { names, platforms } = plan.config;
  const uses = plan.nameUses.map(({ platform, kind, name }) => [platform, kind, name]);
  const servers = Object.entries(platforms).map(([platform, settings]) => [platform, settings.servers]);
  return JSON.stringify([uses, names, servers]);
}
