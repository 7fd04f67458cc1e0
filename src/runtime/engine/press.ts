import type { ButtonEvent, FormEvent, MenuEvent } from "../../contracts/event.ts";
import type { Answer } from "../../contracts/word.ts";
import { tell } from "../runs/answer.ts";
import { takeOrTell, waitIdOf } from "../runs/answering.ts";
import { guarded } from "../runs/begin.ts";
import type { ButtonState } from "../runs/buttons.ts";
import { execute } from "../runs/interpreter.ts";
import { storedRule } from "../runs/stored-rule.ts";
import type { Generation, Services } from "../services.ts";
import { runCommand } from "./command.ts";
import type { Denials } from "./denials.ts";
import { deny, whyNotPress } from "./refusals.ts";
import { sentences } from "./sentences.ts";
import { type EventScope, prepareRun, runScope } from "./start-run.ts";
import type { Mutable } from "./values.ts";

/** A press, a choice in a menu or a filled-in form: an answer to what waits for it, or what a button does. */
export async function handlePress(
  services: Services,
  generation: Generation,
  refused: Denials,
  scope: EventScope,
  event: ButtonEvent | MenuEvent | FormEvent,
): Promise<void> {
  const awaited = waitIdOf(keyOf(event));
  if (awaited !== undefined)
    return takeOrTell(services, generation, awaited.id, scope, answerOf(event, awaited.choice));
  if (event.kind !== "button") return tell(services, event, sentences.oldButton);
  return handleButton(services, generation, refused, scope, event);
}

function keyOf(event: ButtonEvent | MenuEvent | FormEvent): string {
  return event.kind === "button" ? event.button : event.kind === "menu" ? event.menu : event.form;
}

function answerOf(event: ButtonEvent | MenuEvent | FormEvent, choice: string): Answer {
  if (event.kind === "form") return { kind: "form", values: event.values };
  return {
    kind: "press",
    choice,
    ...(event.kind === "menu" ? { picked: event.picked } : {}),
    ...(event.messageId === undefined ? {} : { messageId: event.messageId }),
  };
}

/** It goes on with the rule that sent the button, under today's permissions. */
async function handleButton(
  services: Services,
  generation: Generation,
  refused: Denials,
  scope: EventScope,
  event: ButtonEvent,
): Promise<void> {
  const stored = await services.store.runs.button(event.button);
  if (stored === undefined || stored.platform !== event.platform || stored.expiresAt < services.clock.now()) {
    await tell(services, event, sentences.oldButton);
    return;
  }
  const rule = await storedRule(services, generation, stored.ruleId, stored.ruleHash);
  const state = stored.state as unknown as ButtonState;
  const button = rule?.buttons.get(state.path);
  if (rule === undefined || button === undefined) {
    await tell(services, event, sentences.oldButton);
    return;
  }
  const denied = await whyNotPress(button, scope);
  if (denied !== undefined) {
    await deny(services, refused, scope, { name: rule.name, what: `${rule.id}:${button.path}`, sentence: denied });
    return;
  }
  if (button.once && !(await services.store.runs.takeButton(event.button))) {
    await tell(services, event, sentences.usedButton);
    return;
  }
  if (button.run !== undefined) {
    const command = generation.plan.rules.get(`command:${button.run}`);
    if (command === undefined || command.platforms?.has(event.platform) === false)
      await tell(services, event, sentences.oldButton);
    else
      await runCommand(services, generation, refused, scope, command, {
        name: button.run,
        addressed: true,
        input: { kind: "text", text: "", entities: [] },
      });
    return;
  }
  const values = runScope(services, generation, scope, keptVariables(state));
  await guarded(services, generation, rule, event, "person", async () => {
    const run = await prepareRun(services, generation, rule, scope, values, { acting: "person", root: button.path });
    await execute(services, generation, run);
  });
}

/** Options and saved values are those of the run that sent the button; the person and the place are the press's own. */
function keptVariables(state: ButtonState): Mutable {
  const { options, steps, message } = state.variables as Mutable;
  return {
    ...(options === undefined ? {} : { options }),
    ...(steps === undefined ? {} : { steps }),
    ...(message ? { message } : {}),
  };
}
