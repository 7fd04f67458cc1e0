import type { ButtonEvent } from "../../contracts/event.ts";
import { rights } from "../../contracts/right.ts";
import type { CompiledButton } from "../../plan/program.ts";
import { holdsRight } from "../../plan/who.ts";
import type { ButtonState } from "../runs/buttons.ts";
import { execute, tell } from "../runs/interpreter.ts";
import { storedRule } from "../runs/stored-rule.ts";
import type { Generation, Services } from "../services.ts";
import { refuse, runCommand } from "./command.ts";
import type { Denials } from "./denials.ts";
import { sentences } from "./sentences.ts";
import { type EventScope, prepareRun, runScope } from "./start-run.ts";
import type { Mutable } from "./values.ts";

/** A press on a button: it goes on with the rule that sent it, under today's permissions. */
export async function handlePress(
  services: Services,
  generation: Generation,
  refused: Denials,
  scope: EventScope,
  event: ButtonEvent,
): Promise<void> {
  const stored = await services.store.runs.button(event.button);
  if (stored === undefined || stored.platform !== event.platform || stored.expiresAt < services.clock.now()) {
    await tell(services, scope, sentences.oldButton);
    return;
  }
  const rule = await storedRule(services, generation, stored.ruleId, stored.ruleHash);
  const state = stored.state as unknown as ButtonState;
  const button = rule?.buttons.get(state.path);
  if (rule === undefined || button === undefined) {
    await tell(services, scope, sentences.oldButton);
    return;
  }
  const denied = await whyNotPress(button, scope);
  if (denied !== undefined) {
    await refuse(services, refused, scope, rule.name, "denied", denied);
    return;
  }
  if (button.once && !(await services.store.runs.takeButton(event.button))) {
    await tell(services, scope, sentences.usedButton);
    return;
  }
  if (button.run !== undefined) {
    const command = generation.plan.rules.get(`command:${button.run}`);
    if (command === undefined || command.platforms?.has(event.platform) === false)
      await tell(services, scope, sentences.oldButton);
    else
      await runCommand(services, generation, refused, scope, command, {
        name: button.run,
        addressed: true,
        input: { kind: "options", options: {} },
      });
    return;
  }
  const values = runScope(services, generation, scope, keptVariables(state));
  const run = await prepareRun(services, generation, rule, scope, values, { acting: "person", root: button.path });
  await execute(services, generation, run);
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

async function whyNotPress(button: CompiledButton, { actor }: EventScope): Promise<string | undefined> {
  if (button.allow !== undefined)
    return (await button.allow.matches(actor)) === true ? undefined : sentences.notYourButton;
  if (button.rights.length === 0) return undefined;
  const standing = await actor.standing();
  const lacking = button.rights.find((right) => holdsRight(standing, right) !== true);
  return lacking === undefined ? undefined : sentences.rightNeeded("this button", rights[lacking]);
}
