import type { Person } from "../../../contracts/event.ts";

/** A message of the conversation. */
export interface RecentMessage {
  readonly author: Person;
  readonly channelId: string;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface RecentButton {
  readonly key: string;
  readonly label: string;
  readonly messageId: string;
}

export interface RecentMenu {
  readonly key: string;
  readonly messageId: string;
  readonly multiple: boolean;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

/** The last messages and buttons of the conversation; a console has no history to ask for older ones. */
export interface Recent {
  addMessage(id: string, message: RecentMessage): void;
  message(id: string): RecentMessage | undefined;
  /** The newest message of those asked for. */
  latest(wanted: (message: RecentMessage) => boolean): (RecentMessage & { readonly id: string }) | undefined;
  removeMessage(id: string): void;
  /** What was said in a channel, oldest first. */
  inChannel(channelId: string): readonly (RecentMessage & { readonly id: string })[];
  /** @returns the number that is typed to press it: the one given, or the next. */
  addButton(button: RecentButton, number?: number): number;
  addMenu(menu: RecentMenu, number?: number): number;
  menu(number: number): RecentMenu | undefined;
  /** Takes the buttons and the menu of a message away. @returns the numbers they had. */
  removeButtons(messageId: string): Numbers;
  /** By number, or the newest of that label. */
  button(numberOrLabel: string): RecentButton | undefined;
  /** What can be pressed and picked, with the messages it stands under: a bot that starts again begins with it. */
  state(): RecentState;
  restore(state: RecentState): void;
}

/** What a message had under it, in order. */
export interface Numbers {
  readonly buttons: readonly { readonly number: number; readonly label: string }[];
  readonly menu: number | undefined;
}

export interface RecentState {
  readonly messages: readonly (readonly [string, RecentMessage])[];
  readonly buttons: readonly (readonly [number, RecentButton])[];
  readonly menus: readonly (readonly [number, RecentMenu])[];
  readonly count: number;
  readonly menuCount: number;
}

/**
 * The numbers of the buttons of a message that is changed: what says the same keeps its number, and so does what stands in
 * the place of what is gone.
 */
export function keptNumbers({ buttons }: Numbers, labels: readonly string[]): readonly (number | undefined)[] {
  return labels.map((label, at) => {
    const same = buttons.find((one) => one.label === label);
    const there = buttons[at];
    return same?.number ?? (there !== undefined && !labels.includes(there.label) ? there.number : undefined);
  });
}

const mostMessages = 500;
const mostButtons = 500;

export function createRecent(): Recent {
  const messages = new Map<string, RecentMessage>();
  const buttons = new Map<number, RecentButton>();
  const menus = new Map<number, RecentMenu>();
  let count = 0;
  let menuCount = 0;
  const trim = <K, V>(map: Map<K, V>, most: number) => {
    if (map.size > most) map.delete(map.keys().next().value as K);
  };
  return {
    addMessage(id, message) {
      messages.set(id, message);
      trim(messages, mostMessages);
    },
    message: (id) => messages.get(id),
    latest(wanted) {
      const found = [...messages].findLast(([, message]) => wanted(message));
      return found === undefined ? undefined : { ...found[1], id: found[0] };
    },
    inChannel: (channelId) =>
      [...messages].filter(([, one]) => one.channelId === channelId).map(([id, one]) => ({ ...one, id })),
    removeMessage: (id) => void messages.delete(id),
    addButton(button, number = ++count) {
      buttons.set(number, button);
      trim(buttons, mostButtons);
      return number;
    },
    addMenu(menu, number = ++menuCount) {
      menus.set(number, menu);
      trim(menus, mostButtons);
      return number;
    },
    menu: (number) => menus.get(number),
    removeButtons(messageId) {
      const [menu] = [...menus].find(([, one]) => one.messageId === messageId) ?? [];
      const had = [...buttons].filter(([, one]) => one.messageId === messageId);
      if (menu !== undefined) menus.delete(menu);
      for (const [number] of had) buttons.delete(number);
      return { buttons: had.map(([number, { label }]) => ({ number, label })), menu };
    },
    button(numberOrLabel) {
      const wanted = numberOrLabel.trim().toLowerCase();
      if (/^\d+$/.test(wanted) && buttons.has(Number(wanted))) return buttons.get(Number(wanted));
      return [...buttons.values()].findLast((button) => button.label.toLowerCase() === wanted);
    },
    state() {
      const carrying = new Set([...buttons.values(), ...menus.values()].map(({ messageId }) => messageId));
      return {
        messages: [...messages].filter(([id]) => carrying.has(id)),
        ...{ buttons: [...buttons], menus: [...menus], count, menuCount },
      };
    },
    restore(state) {
      for (const [id, message] of state.messages) messages.set(id, message);
      for (const [number, button] of state.buttons) buttons.set(number, button);
      for (const [number, menu] of state.menus) menus.set(number, menu);
      ({ count, menuCount } = state);
    },
  };
}
