import type { Json } from "../../contracts/event.ts";
import type { OutButton, OutMenu, OutMessage } from "../../contracts/message.ts";
import type { StoredButton } from "../../contracts/store.ts";
import type { WrittenButton, WrittenMenu } from "../../contracts/word.ts";
import type { Services } from "../services.ts";
import { eventJson, type Run, topStep, variablesJson } from "./run.ts";

/** How long a button can be pressed: after it, the press is answered politely. Milliseconds. */
const buttonLife = 90 * 86_400_000;

/** The same for what is meant to stand for good. */
const forGoodLife = 20 * 365 * 86_400_000;

/** What a stored button keeps: its place in the rule and the variables of the run that sent it. */
export interface ButtonState {
  /** What the button says, or what stands in the menu. */
  readonly label: string;
  /** Of a menu. */
  readonly menu?: StoredMenu;
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
  const isShown = await Promise.all(
    written.map(async (button) => button.if === undefined || (await button.if()) === true),
  );
  const rows: StoredButton[] = [];
  const out = written
    // One that leads nowhere is none.
    .filter(({ url }, at) => isShown[at] && url !== "")
    .map((button): OutButton => {
      const shown = {
        label: button.label,
        style: button.style as OutButton["style"],
        ...(button.emoji === undefined ? {} : { emoji: button.emoji }),
      };
      if (button.url !== undefined) return { ...shown, url: button.url };
      const row = rowOf(services, run, button.index, { label: button.label });
      rows.push(row);
      return { ...shown, key: row.key };
    });
  if (rows.length > 0) await services.store.runs.putButtons(rows, run.rule.canonical as unknown as Json);
  return out;
}

/** What a menu offers, with what people who pick by buttons have ticked so far. */
export interface StoredMenu {
  readonly menu: OutMenu;
  /** The message without it, to draw it anew. */
  readonly message: Json;
  /** By person: numbers of the choices. */
  readonly picking: Readonly<Record<string, readonly number[]>>;
}

/** Stores a menu as one button. */
export async function storeMenu(
  services: Services,
  run: Run,
  { index, shown, forGood }: WrittenMenu,
  message: OutMessage,
): Promise<OutMenu> {
  const menu: Omit<OutMenu, "key"> = {
    ...(shown.placeholder === undefined ? {} : { placeholder: shown.placeholder }),
    choices: choicesOf(shown),
    multiple: shown.multiple,
  };
  const row = rowOf(services, run, index, {
    label: shown.placeholder ?? "",
    menu: { menu: { ...menu, key: "" }, message: message as unknown as Json, picking: {} },
  });
  const kept = forGood === true ? { ...row, expiresAt: row.createdAt + forGoodLife } : row;
  await services.store.runs.putButtons([kept], run.rule.canonical as unknown as Json);
  return { ...menu, key: row.key };
}

/** What can be picked: what comes out empty, or as one before it, could not be told from it and is left out. */
function choicesOf({ choices }: WrittenMenu["shown"]): OutMenu["choices"] {
  const all = choices.map(({ label, value, description, emoji }) => ({
    label,
    value: value || label,
    ...(description === undefined ? {} : { description }),
    ...(emoji === undefined ? {} : { emoji }),
  }));
  return all.filter(({ value }, at) => value.trim() !== "" && all.findIndex((one) => one.value === value) === at);
}

function rowOf(services: Services, run: Run, index: number, shown: Pick<ButtonState, "label" | "menu">): StoredButton {
  const now = services.clock.now();
  const state: ButtonState = {
    path: topStep(run)!.buttons[index]!.path,
    event: eventJson(run.event),
    variables: variablesJson(run.scope.values),
    ...shown,
  };
  return {
    key: services.newId(),
    ruleId: run.rule.id,
    ruleHash: run.rule.hash(),
    platform: run.event.platform,
    state: JSON.parse(JSON.stringify(state)) as Json,
    createdAt: now,
    expiresAt: now + buttonLife,
  };
}
