import { entryOf } from "../../audit/rows.ts";
import type { BotEvent, Person } from "../../contracts/event.ts";
import { PlatformError } from "../../contracts/platform.ts";
import type { ActionContext, ActionDefinition, ModerationCase } from "../../contracts/word.ts";
import { Refusal } from "../../plan/program.ts";
import { platformSaid, say } from "../../sentences/sentence.ts";
import { giveUseOfRunBack } from "../engine/limits.ts";
import { optionLookup } from "../engine/option-lookup.ts";
import { readAnswer } from "../engine/options.ts";
import { valueMakers } from "../engine/values.ts";
import type { Generation, Services } from "../services.ts";
import { storeButtons, storeMenu } from "./buttons.ts";
import { controlOf } from "./control.ts";
import type { Run } from "./run.ts";

/** What the interpreter adds: which word acts, and how another one is done. */
export interface Doing {
  readonly word: () => ActionDefinition;
  readonly act: ActionContext["act"];
}

/** What the actions of a run are handed. */
export function actionContext(
  services: Services,
  generation: Generation,
  run: Run,
  { word, act }: Doing,
): ActionContext {
  const { event } = run;
  const platform = services.port(event.platform);
  if (platform === undefined) throw new Refusal(say("platform_away", { platform: event.platform }));
  const definition = (name = event.platform) => generation.plan.platforms.get(name);
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
    web: services.web,
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
    menu: (written, message) => storeMenu(services, run, written, message),
    readFile: (path, limit) => services.files.read(path, limit),
    async later(job) {
      await services.store.jobs.put({
        key: job.key,
        owner: `word:${word().name}`,
        platform: job.platform ?? event.platform,
        dueAt: job.at,
        payload: job.payload,
      });
      services.wakeJobs();
    },
    cancelLater: (key) => services.store.jobs.remove(key),
    newWait() {
      const id = services.waits.open();
      run.opening.push(id);
      return id;
    },
    async read(type, given) {
      try {
        return { ok: true, value: await readAnswer(type, given, optionLookup(services, run.scope)) };
      } catch (error) {
        if (error instanceof Refusal) return { ok: false, reason: error.sentence };
        if (error instanceof PlatformError) return { ok: false, reason: platformSaid(error) };
        throw error;
      }
    },
    openForm: (form) => platform.openForm(event.origin, form),
    can: (capability, name) => definition(name)?.capabilities.has(capability) === true,
    limits: (name) => definition(name)!.limits,
    say: (sentence, person = event.user) => services.say(sentence, person),
    language: generation.plan.config.bot.language,
    make: valueMakers,
    giveBack: () => giveUseOfRunBack(services, run),
    act,
    raise: run.raise,
    get control() {
      return controlOf(services, generation, event);
    },
    audit: (text) =>
      services.audit.write({
        kind: "custom",
        platform: event.platform,
        ...(event.server === undefined ? {} : { serverId: event.server.id }),
        actor: { id: event.user.id, name: event.user.name },
        action: text,
        outcome: "",
        details: { rule: run.rule.name },
      }),
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
