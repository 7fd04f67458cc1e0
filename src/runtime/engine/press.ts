import { menuButtons, menuOfButton } from "../../actions/shared/menu.ts";
import type { BotEvent, ButtonEvent, FormEvent, Json, MenuEvent } from "../../contracts/event.ts";
import type { OutMenu, OutMessage } from "../../contracts/message.ts";
import type { Answer } from "../../contracts/word.ts";
import type { CompiledButton, CompiledRule } from "../../plan/program.ts";
import { say } from "../../sentences/sentence.ts";
import { inEnglish } from "../../sentences/speaker.ts";
import { messageOf, tell } from "../runs/answer.ts";
import { takeOrTell, waitIdOf } from "../runs/answering.ts";
import { guarded } from "../runs/begin.ts";
import type { ButtonState, StoredMenu } from "../runs/buttons.ts";
import { execute } from "../runs/interpreter.ts";
import { raiser } from "../runs/raise.ts";
import { storedRule } from "../runs/stored-rule.ts";
import type { Generation, Services } from "../services.ts";
import { runCommand } from "./command.ts";
import type { Denials } from "./denials.ts";
import { deny, whyNotPress } from "./refusals.ts";
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
  const press: Press = { services, generation, refused, scope };
  if (event.kind === "menu") return handleButton(press, event.menu, (menu) => valuesIn(menu, event.picked));
  if (event.kind === "form") return tell(services, event, say("old_button"));
  const inMenu = menuOfButton(event.button);
  if (inMenu === undefined) return handleButton(press, event.button, () => undefined);
  // Ticks of one menu are set one after the other.
  return services.turns.inTurn(`menu:${inMenu.menu}`, () => pressInMenu(press, event, inMenu.menu, inMenu.choice));
}

/** What a press is handled with. */
interface Press {
  readonly services: Services;
  readonly generation: Generation;
  readonly refused: Denials;
  readonly scope: EventScope;
}

/** What a platform says was picked, as far as the menu offers it. */
function valuesIn({ menu }: StoredMenu, picked: readonly string[]): readonly string[] {
  const values = menu.choices.map(({ value }) => value).filter((value) => picked.includes(value));
  return menu.multiple ? values : values.slice(0, 1);
}

/** A button that stands for a choice of a menu: it picks at once, or sets a tick until Done is pressed. */
async function pressInMenu(press: Press, event: ButtonEvent, key: string, choice: string): Promise<void> {
  const { services, generation } = press;
  const found = await findButton(services, generation, event.platform, key);
  const stored = found?.state.menu;
  if (found === undefined || stored === undefined) return tell(services, event, say("old_button"));
  const { menu } = stored;
  const person = event.user.id;
  const ticked = Object.hasOwn(stored.picking, person) ? stored.picking[person]! : [];
  if (choice === "done") {
    const { [person]: _picked, ...others } = stored.picking;
    await handleButton(press, key, () => ticked.flatMap((at) => menu.choices[at]?.value ?? []));
    return keepTicks(services, key, found.state, stored, others);
  }
  const at = Number(choice);
  const picked = menu.choices[at];
  if (picked === undefined) return tell(services, event, say("old_button"));
  if (!menu.multiple) return handleButton(press, key, () => [picked.value]);
  if (isTriedOut(found) || (await isDenied(press, found))) return;
  const now = ticked.includes(at) ? ticked.filter((one) => one !== at) : [...ticked, at].sort((a, b) => a - b);
  const { [person]: _before, ...others } = stored.picking;
  const kept = Object.fromEntries(Object.entries(others).slice(-mostPicking));
  await keepTicks(services, key, found.state, stored, { ...kept, [person]: now });
  await showTicks(press, event, { ...menu, key }, stored.message, now);
}

/** How many people's ticks one menu remembers besides those of whoever presses. */
const mostPicking = 200;

function keepTicks(
  services: Services,
  key: string,
  state: ButtonState,
  menu: StoredMenu,
  picking: StoredMenu["picking"],
): Promise<void> {
  const next: ButtonState = { ...state, menu: { ...menu, picking } };
  return services.store.runs.changeButton(key, next as unknown as Json);
}

/** Draws the buttons anew with the ticks of whoever pressed; where messages cannot be changed, says what is ticked. */
async function showTicks(
  { services, generation, scope }: Press,
  event: ButtonEvent,
  menu: OutMenu,
  message: Json,
  ticked: readonly number[],
): Promise<void> {
  const labels = ticked.map((at) => menu.choices[at]!.label).join(", ");
  const written = message as unknown as OutMessage;
  const canEdit = generation.plan.platforms.get(event.platform)?.capabilities.has("messages.edit") === true;
  if (canEdit && event.messageId !== undefined && event.channel !== undefined) {
    const buttons = [
      ...(written.buttons ?? []),
      ...menuButtons(menu, ticked, (sentence) => services.say(sentence, event.user)),
    ];
    try {
      await services.port(event.platform)?.editMessage(event.channel.id, event.messageId, { ...written, buttons });
      return;
    } catch (error) {
      services.log.warn({ error: messageOf(error) }, "a menu could not be drawn anew");
    }
  }
  await tell(services, scope.event, say("picked_so_far", { labels, done: say("label_done") }));
}

interface FoundButton {
  readonly rule: CompiledRule;
  readonly button: CompiledButton;
  readonly state: ButtonState;
}

/** A button or menu that is still in use, with the rule that sent it. */
async function findButton(
  services: Services,
  generation: Generation,
  platform: string,
  key: string,
): Promise<FoundButton | undefined> {
  const stored = await services.store.runs.button(key);
  if (stored === undefined || stored.platform !== platform || stored.expiresAt < services.clock.now()) return undefined;
  const rule = await storedRule(services, generation, stored.ruleId, stored.ruleHash);
  const state = stored.state as unknown as ButtonState;
  const button = rule?.buttons.get(state.path);
  return rule === undefined || button === undefined ? undefined : { rule, button, state };
}

/** Whether somebody may not press it; then they have been told. */
async function isDenied({ services, refused, scope }: Press, { rule, button }: FoundButton): Promise<boolean> {
  const denied = await whyNotPress(button, scope);
  if (denied === undefined) return false;
  await deny(services, refused, scope, { name: rule.name, what: `${rule.id}:${button.path}`, sentence: denied });
  return true;
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
  press: Press,
  key: string,
  pickedIn: (menu: StoredMenu) => readonly string[] | undefined,
): Promise<void> {
  const { services, generation, scope } = press;
  const { event } = scope;
  const found = await findButton(services, generation, event.platform, key);
  if (found === undefined) return tell(services, event, say("old_button"));
  const { rule, button, state } = found;
  const picked = state.menu && pickedIn(state.menu);
  if ((state.menu === undefined) !== (picked === undefined)) return tell(services, event, say("old_button"));
  const values = () =>
    runScope(services, generation, scope, {
      ...keptVariables(state),
      ...(picked === undefined ? {} : { picked: state.menu?.menu.multiple === true ? picked : (picked[0] ?? null) }),
    });
  if (isTriedOut(found)) {
    await pressShadow(press, found, values);
    return raisePress(press, state, picked);
  }
  if (await isDenied(press, found)) return;
  await guarded(services, generation, rule, event, "person", async () => {
    const beginning = { acting: "person", root: button.path } as const;
    const run = await prepareRun(services, generation, rule, scope, values(), beginning);
    if (button.if !== undefined && (await button.if(run.scope)) !== true) return tell(services, event, say("not_now"));
    if (button.once && !(await services.store.runs.takeButton(key))) return tell(services, event, say("used_button"));
    if (button.run !== undefined) await runNamed(press, button.run);
    else await execute(services, generation, run);
    await raisePress(press, state, picked);
  });
}

const isTriedOut = ({ rule }: FoundButton): boolean => rule.canonical.mode === "shadow";

/** The button of a rule that is only tried out by now: whoever presses it hears nothing of it, and it is not used up. */
async function pressShadow(
  { services, generation, scope }: Press,
  { rule, button }: FoundButton,
  values: () => ReturnType<typeof runScope>,
): Promise<void> {
  await guarded(services, generation, rule, scope.event, "bot", async () => {
    const denied = await whyNotPress(button, scope);
    const note = { rule: rule.name, button: button.path };
    if (denied !== undefined)
      return services.log.info({ ...note, problem: inEnglish(denied) }, "in shadow mode: the press would be refused");
    const run = await prepareRun(services, generation, rule, scope, values(), { acting: "bot", root: button.path });
    if (button.if !== undefined && (await button.if(run.scope)) !== true) return;
    if (button.run !== undefined)
      return services.log.info({ ...note, command: button.run }, "in shadow mode: the command is not run");
    await execute(services, generation, run);
  });
}

/** Rules hear of a press after the button's own actions. */
async function raisePress(
  { services, generation, scope: { event } }: Press,
  { label }: ButtonState,
  picked: readonly string[] | undefined,
): Promise<void> {
  if (!generation.plan.rulesFor.has(picked === undefined ? "pressed" : "picked")) return;
  const raised: BotEvent[] = [];
  const raise = raiser(services, event, raised);
  const under = "messageId" in event ? { messageId: event.messageId } : {};
  raise(
    picked === undefined ? { kind: "pressed", label, ...under } : { kind: "picked", menu: label, picked, ...under },
  );
  for (const one of raised) await services.raise(one);
}

/** The command that a button names. */
async function runNamed({ services, generation, refused, scope }: Press, name: string): Promise<void> {
  const command = generation.plan.rules.get(`command:${name}`);
  if (command === undefined || command.platforms?.has(scope.event.platform) === false)
    return tell(services, scope.event, say("old_button"));
  await runCommand(services, generation, refused, scope, command, {
    name,
    addressed: true,
    input: { kind: "text", text: "", entities: [] },
  });
}

/**
 * What the run that sent the button knew: options, saved values, items of loops. The person and the place are the press's
 * own, and so is a message that it is about where the run had none.
 */
function keptVariables(state: ButtonState): Mutable {
  const { user: _user, channel: _channel, server: _server, platform: _platform, ...kept } = state.variables as Mutable;
  if (kept.message === null) delete kept.message;
  return kept;
}
