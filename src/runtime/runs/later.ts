import type { Job } from "../../contracts/store.ts";
import type { LaterContext } from "../../contracts/word.ts";
import type { Services } from "../services.ts";

/** What a word's stored work is handed when it falls due. The platform is connected: the job loop made sure. */
export function laterContext(services: Services, job: Job): LaterContext {
  const platform = services.port(job.platform)!;
  return {
    platform,
    get now() {
      return services.clock.now();
    },
    log: services.log.child({ job: job.key }),
    warnings: services.store.warnings,
    async later(next) {
      await services.store.jobs.put({
        key: next.key,
        owner: job.owner,
        platform: job.platform,
        dueAt: next.at,
        payload: next.payload,
      });
      services.wakeJobs();
    },
    async audited({ action, serverId, target, reason }, call) {
      const self = platform.self();
      const entry = {
        kind: "moderation" as const,
        platform: job.platform,
        serverId,
        actor: { id: self?.id ?? "", name: self?.name ?? "the bot" },
        target,
        action,
        ref: services.newRef(),
        details: { ...(reason === undefined ? {} : { reason }), job: job.key },
      };
      await services.audit.write({ ...entry, outcome: "intent" });
      try {
        await call();
      } catch (error) {
        await services.audit.write({ ...entry, outcome: "failed" });
        throw error;
      }
      await services.audit.write({ ...entry, outcome: "done" });
    },
  };
}
