import type { Json } from "../../contracts/event.ts";
import type { OutButton } from "../../contracts/message.ts";
import type { StoredButton } from "../../contracts/store.ts";
import type { WrittenButton } from "../../contracts/word.ts";
import type { Services } from "../services.ts";
import { eventJson, type Run, variablesJson } from "./run.ts";

/** How long a button can be pressed: after it, the press is answered politely. Milliseconds. */
const buttonLife = 90 * 86_400_000;

/** What a stored button keeps: its place in the rule and the variables of the run that sent it. */
export interface ButtonState {
  readonly path: string;
  readonly event: Json;
  readonly variables: Json;
}

/**
 * Gives every written button an opaque key and stores what a press needs, in one commit, before the message goes out: a
 * press after a restart or a reload finds it. Link buttons need no row.
 */
export async function storeButtons(
  services: Services,
  run: Run,
  written: readonly WrittenButton[],
): Promise<readonly OutButton[]> {
  const frame = run.frames.at(-1)!;
  const step = frame.sequence[frame.index]!;
  const now = services.clock.now();
  const rows: StoredButton[] = [];
  const out = written.map((button): OutButton => {
    const shown = {
      label: button.label,
      style: button.style as OutButton["style"],
      ...(button.emoji === undefined ? {} : { emoji: button.emoji }),
    };
    if (button.url !== undefined) return { ...shown, url: button.url };
    const key = services.newId();
    const state: ButtonState = {
      path: step.buttons[button.index]!.path,
      event: eventJson(run.event),
      variables: variablesJson(run.scope.values),
    };
    rows.push({
      key,
      ruleId: run.rule.id,
      ruleHash: run.rule.hash(),
      platform: run.event.platform,
      state: state as unknown as Json,
      createdAt: now,
      expiresAt: now + buttonLife,
    });
    return { ...shown, key };
  });
  if (rows.length > 0) await services.store.runs.putButtons(rows, run.rule.canonical as unknown as Json);
  return out;
}
