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
  /** @returns the number that is typed to press it. */
  addButton(button: RecentButton): number;
  addMenu(menu: RecentMenu): number;
  menu(number: number): RecentMenu | undefined;
  /** Takes the buttons and the menu of a message away. */
  removeButtons(messageId: string): void;
  /** By number, or the newest of that label. */
  button(numberOrLabel: string): RecentButton | undefined;
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
    addButton(button) {
      buttons.set(++count, button);
      trim(buttons, mostButtons);
      return count;
    },
    addMenu(menu) {
      menus.set(++menuCount, menu);
      trim(menus, mostButtons);
      return menuCount;
    },
    menu: (number) => menus.get(number),
    removeButtons(messageId) {
      for (const [number, menu] of menus) if (menu.messageId === messageId) menus.delete(number);
      for (const [number, button] of buttons) if (button.messageId === messageId) buttons.delete(number);
    },
    button(numberOrLabel) {
      const wanted = numberOrLabel.trim().toLowerCase();
      if (/^\d+$/.test(wanted) && buttons.has(Number(wanted))) return buttons.get(Number(wanted));
      return [...buttons.values()].findLast((button) => button.label.toLowerCase() === wanted);
    },
  };
}
