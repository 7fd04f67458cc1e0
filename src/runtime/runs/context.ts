import { entryOf } from "../../audit/rows.ts";
import type { BotEvent, Person } from "../../contracts/event.ts";
import type { ActionContext, ModerationCase } from "../../contracts/word.ts";
import { Refusal } from "../../plan/program.ts";
import { sentences } from "../engine/sentences.ts";
import type { Generation, Services } from "../services.ts";
import { storeButtons } from "./buttons.ts";
import type { Run } from "./run.ts";

/** What the actions of a run are handed. */
export function actionContext(services: Services, generation: Generation, run: Run): ActionContext {
  const { event } = run;
  const platform = services.port(event.platform);
  if (platform === undefined) throw new Refusal(sentences.platformAway(event.platform));
  let replies = 0;
  return {
    event,
    platform,
    get now() {
      return services.clock.now();
    },
    // Made where an action asks for it: most runs log nothing.
    get log() {
      return services.log.child({ rule: run.rule.name });
    },
    data: run.data,
    warnings: services.store.warnings,
    moderationOf: (person, most) => moderationOf(services, event, person, most),
    rule: run.rule.name,
    port: (name) => (name in generation.plan.config.platforms ? services.port(name) : undefined),
    reply(message) {
      replies++;
      return platform.reply(event.origin, {
        nonce: `${services.newId().slice(0, 20)}${replies}`.slice(0, 25),
        ...message,
      });
    },
    buttons: (written) => storeButtons(services, run, written),
    async later(job) {
      await services.store.jobs.put({
        key: job.key,
        owner: `word:${currentWord(run)}`,
        platform: event.platform,
        dueAt: job.at,
        payload: job.payload,
      });
      services.wakeJobs();
    },
    cancelLater: (key) => services.store.jobs.remove(key),
    cancelCommand() {
      run.event_state.commandCancelled = true;
    },
    random: services.random,
  };
}

/** What was done about somebody in the event's server, out of the audit log; the latest first. */
async function moderationOf(
  { store }: Services,
  { platform, server }: BotEvent,
  person: Person,
  most: number,
): Promise<ModerationCase[]> {
  const rows = await store.audit.find({
    kind: "moderation",
    targetId: person.id,
    outcome: "done",
    platform,
    serverId: server?.id ?? "",
    most,
  });
  return rows.map((row) => {
    const { actor, details } = entryOf(row);
    const reason = details?.reason ?? details?.text;
    return {
      number: row.sequence,
      what: row.action,
      by: actor?.name ?? "",
      reason: typeof reason === "string" ? reason : "",
      at: row.at,
    };
  });
}

/** The word whose `run` is being done: the step on top of the stack. */
function currentWord(run: Run): string {
  const frame = run.frames.at(-1)!;
  return frame.sequence[frame.index]!.word.name;
}
