import type { ConsoleMessage } from "../../contracts/terminal.ts";
import { type Draft, edit, emptyDraft, type Keys } from "./draft.ts";

/** One entry of the conversation, as it is drawn once and then scrolls away. */
export type Entry = { readonly id: number } & (
  | { readonly kind: "typed"; readonly who: string; readonly text: string }
  | { readonly kind: "message"; readonly message: ConsoleMessage }
  | { readonly kind: "log"; readonly text: string }
);

export interface ChatView {
  readonly entries: readonly Entry[];
  readonly draft: Draft;
  readonly who: string;
  readonly status: string;
}

/** Everything that the chat view shows, and what its keys do. */
export interface ChatState {
  /** The same object until something changes. */
  view(): ChatView;
  subscribe(listener: () => void): () => void;
  message(message: ConsoleMessage): void;
  log(text: string): void;
  typingAs(name: string): void;
  setStatus(status: string): void;
  press(input: string, key: Keys): void;
}

export interface ChatDoings {
  readonly line: (line: string) => void;
  readonly interrupt: () => void;
  readonly end: () => void;
}

export function createChatState(doings: ChatDoings): ChatState {
  const listeners = new Set<() => void>();
  let view: ChatView = { entries: [], draft: emptyDraft, who: "", status: "starting…" };
  let nextId = 0;
  const change = (changes: Partial<ChatView>) => {
    view = { ...view, ...changes };
    for (const listener of listeners) listener();
  };
  return {
    view: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    message: (message) => change({ entries: [...view.entries, { id: nextId++, kind: "message", message }] }),
    log: (text) => change({ entries: [...view.entries, { id: nextId++, kind: "log", text }] }),
    typingAs: (who) => change({ who }),
    setStatus: (status) => {
      if (status !== view.status) change({ status });
    },
    press(input, key) {
      const { draft, lines, asks } = edit(view.draft, input, key);
      const typed = lines.map((text): Entry => ({ id: nextId++, kind: "typed", who: view.who, text }));
      change({ draft, ...(typed.length === 0 ? {} : { entries: [...view.entries, ...typed] }) });
      for (const line of lines) doings.line(line);
      if (asks === "interrupt") doings.interrupt();
      if (asks === "end") doings.end();
    },
  };
}
