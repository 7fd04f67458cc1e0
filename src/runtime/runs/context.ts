import { entryOf as entryOfRow } from "../../audit/rows.ts";
import type { BotEvent, Person, RaisedEvent } from "../../contracts/event.ts";
import type { OutForm, OutMessage } from "../../contracts/message.ts";
import { PlatformError, type PlatformPort } from "../../contracts/platform.ts";
import type { Capability } from "../../contracts/right.ts";
import type {
  ActionContext,
  ActionDefinition,
  LaterJob,
  ModerationCase,
  WrittenButton,
  WrittenMenu,
} from "../../contracts/word.ts";
import { Refusal } from "../../plan/program.ts";
import { platformSaid, type Sentence, say } from "../../sentences/sentence.ts";
import { giveUseOfRunBack } from "../engine/limits.ts";
import { optionLookup } from "../engine/option-lookup.ts";
import { readAnswer } from "../engine/options.ts";
import { entryOf } from "../engine/refusals.ts";
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
export function actionContext(services: Services, generation: Generation, run: Run, doing: Doing): ActionContext {
  const platform = services.port(run.event.platform);
  if (platform === undefined) throw new Refusal(say("platform_away", { platform: run.event.platform }));
  return new RunContext(services, generation, run, doing, platform);
}

/** A class, because one is made for each run: so nothing is made of all that an action may ask for before it does. */
class RunContext implements ActionContext {
  readonly #services: Services;
  readonly #generation: Generation;
  readonly #run: Run;
  readonly #doing: Doing;
  readonly event: BotEvent;
  readonly platform: PlatformPort;
  #replies = 0;

  constructor(services: Services, generation: Generation, run: Run, doing: Doing, platform: PlatformPort) {
    this.#services = services;
    this.#generation = generation;
    this.#run = run;
    this.#doing = doing;
    this.event = run.event;
    this.platform = platform;
  }

  get now() {
    return this.#services.clock.now();
  }
  get log() {
    return this.#services.log.child({ rule: this.rule });
  }
  get data() {
    return this.#run.data;
  }
  get warnings() {
    return this.#services.store.warnings;
  }
  get web() {
    return this.#services.web;
  }
  get rule() {
    return this.#run.rule.name;
  }
  get language() {
    return this.#generation.plan.config.bot.language;
  }
  get make() {
    return valueMakers;
  }
  get control() {
    return controlOf(this.#services, this.#generation, this.event);
  }

  moderationOf(person: Person, most: number) {
    return moderationOf(this.#services, this.event, person, most);
  }
  port(name: string) {
    return name in this.#generation.plan.config.platforms ? this.#services.port(name) : undefined;
  }
  reply(message: OutMessage) {
    const nonce = `${this.#services.newId().slice(0, 20)}${++this.#replies}`.slice(0, 25);
    return this.platform.reply(this.event.origin, { nonce, ...message });
  }
  buttons(written: readonly WrittenButton[]) {
    return storeButtons(this.#services, this.#run, written);
  }
  menu(written: WrittenMenu, message: OutMessage) {
    return storeMenu(this.#services, this.#run, written, message);
  }
  readFile(path: string, limit: number) {
    return this.#services.files.read(path, limit);
  }
  async later(job: LaterJob) {
    await this.#services.store.jobs.put({
      key: job.key,
      owner: `word:${this.#doing.word().name}`,
      platform: job.platform ?? this.event.platform,
      dueAt: job.at,
      payload: job.payload,
    });
    this.#services.wakeJobs();
  }
  cancelLater(key: string) {
    return this.#services.store.jobs.remove(key);
  }
  newWait() {
    const id = this.#services.waits.open();
    this.#run.opening.push(id);
    return id;
  }
  async read(...[type, given]: Parameters<ActionContext["read"]>): ReturnType<ActionContext["read"]> {
    try {
      return { ok: true, value: await readAnswer(type, given, optionLookup(this.#services, this.#run.scope)) };
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, reason: error.sentence };
      if (error instanceof PlatformError) return { ok: false, reason: platformSaid(error) };
      throw error;
    }
  }
  openForm(form: OutForm) {
    return this.platform.openForm(this.event.origin, form);
  }
  can(capability: Capability, platform = this.event.platform) {
    return this.#generation.plan.platforms.get(platform)?.capabilities.has(capability) === true;
  }
  limits(platform = this.event.platform) {
    return this.#generation.plan.platforms.get(platform)!.limits;
  }
  say(sentence: Sentence, person = this.event.user) {
    return this.#services.say(sentence, person);
  }
  giveBack() {
    return giveUseOfRunBack(this.#services, this.#run);
  }
  act(action: string, args: Readonly<Record<string, unknown>>) {
    return this.#doing.act(action, args);
  }
  raise(event: RaisedEvent) {
    this.#run.raise(event);
  }
  audit(text: string) {
    return this.#services.audit.write(entryOf(this.event, text, "custom", "", { rule: this.rule }));
  }
  cancelCommand() {
    this.#run.event_state.commandCancelled = true;
  }
  random() {
    return this.#services.random();
  }
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
    const { actor, details } = entryOfRow(row);
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
