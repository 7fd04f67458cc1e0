import type { ButtonEvent } from "../../contracts/event.ts";
import { tell } from "../runs/answer.ts";
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
