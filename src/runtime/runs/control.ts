import { entryOf } from "../../audit/rows.ts";
import { sentenceOf } from "../../audit/sentences.ts";
import {
  type AuditFound,
  type AuditQuery,
  type Control,
  type Switchable,
  switchableOf,
  switchedBy,
} from "../../contracts/control.ts";
import type { BotEvent } from "../../contracts/event.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { BotPlan, CompiledRule } from "../../plan/program.ts";
import { whoMayUse } from "../../plan/retell/who.ts";
import { type Sentence, say } from "../../sentences/sentence.ts";
import { homeServers } from "../engine/names.ts";
import type { Generation, Services } from "../services.ts";
import { writeQuietly } from "./answer.ts";

/** What the actions of a run may ask of the bot itself. */
export function controlOf(services: Services, generation: Generation, event: BotEvent): Control {
  const { plan } = generation;
  return {
    async isHome() {
      const port = services.port(event.platform);
      const homes = port === undefined ? [] : await homeServers(generation, port);
      return homes.length === 0 ? port !== undefined : homes.some((home) => home.id === event.server?.id);
    },
    reload: services.reload,
    async status() {
      const switched = ownRules(plan).map((rule) => ({
        kind: switchableOf(rule),
        name: rule.name,
        on: !services.switches.isOff(rule),
        ...(rule.command === undefined ? {} : { who: whoMayUse(rule, plan.config) }),
      }));
      return {
        uptimeMs: services.clock.now() - services.startedAt,
        platforms: services.platforms(),
        switched,
        waiting: await services.store.runs.count(),
      };
    },
    async switch(name, kind, on) {
      const found = switchedBy(ownRules(plan), name, kind);
      const [rule] = found;
      if (rule === undefined) return unknown(plan, name, kind);
      if (found.length > 1)
        return say("several_switches", { name, kinds: found.map((one) => say(`kind_${switchableOf(one)}`)) });
      if (!on && mentions(rule.canonical, "enable")) return say("last_switch", { name: rule.name });
      if (services.switches.isOff(rule) === !on) return undefined;
      await services.switches.set(rule, on, services.clock.now());
      await writeQuietly(services, {
        kind: "config",
        platform: event.platform,
        ...(event.server === undefined ? {} : { serverId: event.server.id }),
        actor: { id: event.user.id, name: event.user.name },
        action: `${switchableOf(rule)} "${rule.name}" is switched ${on ? "on" : "off"}`,
        outcome: "done",
      });
      return undefined;
    },
    search: (query) => search(services, event, query),
  };
}

/** The file's own, without the built-in help. */
function ownRules(plan: BotPlan): readonly CompiledRule[] {
  return plan.config.rules.flatMap(({ id }) => plan.rules.get(id) ?? []);
}

function unknown(plan: BotPlan, name: string, kind: Switchable | undefined): Sentence {
  const rules = ownRules(plan).filter((rule) => kind === undefined || switchableOf(rule) === kind);
  const near = suggest(
    name,
    rules.map((rule) => rule.name),
  );
  return say("nothing_to_switch", { name, near });
}

/** Whether an action of that name stands anywhere inside. */
function mentions(node: unknown, action: string): boolean {
  if (typeof node !== "object" || node === null) return false;
  if ("action" in node && node.action === action) return true;
  return Object.values(node).some((inner) => mentions(inner, action));
}

/** Kinds that changes of the file are of. They happen on no server: whoever may look at a home server may see them. */
const fileKinds = ["config", "permissions"] as const;

/** Rows of the event's own server, and changes of the file: what is done elsewhere is nobody's business here. */
async function search(
  { store, clock }: Services,
  { platform, server }: BotEvent,
  { personId, kind, sinceMs, most }: AuditQuery,
): Promise<readonly AuditFound[]> {
  const wide = { sinceMs: clock.now() - sinceMs, most };
  const filter = { ...wide, platform, serverId: server?.id ?? "", ...(kind === undefined ? {} : { kind }) };
  const ofFile = fileKinds.filter((one) => kind === undefined || kind === one);
  const asked =
    personId === undefined
      ? [
          store.audit.find(filter),
          ...ofFile.map((one) => store.audit.find({ ...wide, kind: one, platform: "", serverId: "" })),
        ]
      : [store.audit.find({ ...filter, actorId: personId }), store.audit.find({ ...filter, targetId: personId })];
  const rows = new Map((await Promise.all(asked)).flat().map((row) => [row.sequence, row]));
  return [...rows.values()]
    .sort((a, b) => b.sequence - a.sequence)
    .slice(0, most)
    .map((row) => {
      const entry = entryOf(row);
      return {
        at: row.at,
        kind: row.kind,
        person: entry.actor?.name ?? "",
        action: row.action,
        outcome: row.outcome,
        sentence: sentenceOf(entry),
      };
    });
}
