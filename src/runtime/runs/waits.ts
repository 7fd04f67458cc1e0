import type { MessageEvent } from "../../contracts/event.ts";
import type { RunStore, StoredWait } from "../../contracts/store.ts";

/** Questions that may be open at once; what this process remembers of them must stay small. */
const most = 50_000;
/** How often it is looked up which of them are over, while there is no room. Milliseconds. */
const lookEveryMs = 60_000;

/**
 * What runs wait for, as far as messages are concerned, so that a message which answers nothing costs one look into memory.
 * The storage decides: an entry here may be older than what it tells of.
 */
export interface Waits {
  /** Reads what is open from the storage. */
  load(): Promise<void>;
  /** A new id. Presses on its keys are kept until `settled`: people may be faster than the storage. */
  open(): string;
  /** The runs of these ids are stored, or nothing came of them. */
  settled(ids: readonly string[]): void;
  /** Resolves once an id is settled. */
  ready(id: string): Promise<void> | undefined;
  /** Remembers or changes a wait. */
  put(wait: StoredWait): void;
  remove(id: string): void;
  get(id: string): StoredWait | undefined;
  /** The wait that a message may be the answer to: the one it replies to, else the newest. */
  expected(event: MessageEvent): string | undefined;
  /** Whether one more may be opened. Those whose runs have ended unseen, because another took their place, make room. */
  hasRoom(): Promise<boolean>;
}

export function createWaits(store: Pick<RunStore, "waits">, newId: () => string, now: () => number): Waits {
  const byId = new Map<string, StoredWait>();
  /** By the channel's id and the person's, in the order in which they were asked. No key is put together for each message. */
  const byChannel = new Map<string, Map<string, readonly StoredWait[]>>();
  const opening = new Map<string, { readonly done: Promise<void>; readonly end: () => void }>();

  let lookedAt = Number.NEGATIVE_INFINITY;

  const remove = (id: string): void => {
    const wait = byId.get(id);
    if (wait === undefined) return;
    byId.delete(id);
    const { channelId, personId } = wait;
    const here = byChannel.get(channelId);
    const left = here?.get(personId)?.filter((one) => one.id !== id) ?? [];
    if (left.length > 0) here?.set(personId, left);
    else if (here?.delete(personId) && here.size === 0) byChannel.delete(channelId);
  };

  const put = (wait: StoredWait): void => {
    remove(wait.id);
    const { channelId, personId } = wait;
    if (channelId === "") return;
    byId.set(wait.id, wait);
    const here = byChannel.get(channelId) ?? new Map<string, readonly StoredWait[]>();
    byChannel.set(channelId, here);
    here.set(
      personId,
      [...(here.get(personId) ?? []), wait].sort((a, b) => a.askedAt - b.askedAt),
    );
  };

  return {
    async load() {
      for (const wait of await store.waits()) put(wait);
    },
    open() {
      const id = newId();
      let end = (): void => undefined;
      const done = new Promise<void>((resolve) => {
        end = resolve;
      });
      opening.set(id, { done, end });
      return id;
    },
    settled(ids) {
      for (const id of ids) {
        opening.get(id)?.end();
        opening.delete(id);
      }
    },
    ready: (id) => opening.get(id)?.done,
    put,
    remove,
    get: (id) => byId.get(id),
    expected({ platform, channel, user, message }) {
      const here = channel === undefined ? undefined : byChannel.get(channel.id);
      const theirs = here?.get(user.id);
      const anybodys = here?.get("");
      if (theirs === undefined && anybodys === undefined) return undefined;
      const all = [...(anybodys ?? []), ...(theirs ?? [])].filter((one) => one.platform === platform);
      const asked = message.repliedTo?.messageId;
      const meant = asked === undefined ? undefined : all.find((one) => one.questionId === asked);
      return (meant ?? all.at(-1))?.id;
    },
    async hasRoom() {
      if (byId.size >= most && now() - lookedAt >= lookEveryMs) {
        lookedAt = now();
        const known = [...byId.keys()];
        const open = new Set((await store.waits()).map(({ id }) => id));
        for (const id of known) if (!open.has(id)) remove(id);
      }
      return byId.size < most;
    },
  };
}
