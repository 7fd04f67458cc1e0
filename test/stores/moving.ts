import type { DataKey, DataValue, Store } from "../../src/contracts/store.ts";

export const people = 50;
export const startCoins = 100;
export const among = { scope: "member", platform: "console", server: "1" } as const;
/** Transfers that are under way side by side. */
export const atOnce = 250;

const keyOf = (person: number): DataKey => ({ name: "coins", owner: { ...among, subject: `p${person}` } });
const coinsIn = (stored: DataValue = startCoins): number => Number(stored);

/** One round of transfers between everybody, all at once; who does not have enough gives nothing. */
export async function moveCoins(store: Store, round: number): Promise<void> {
  await Promise.all(
    Array.from({ length: atOnce }, (_, turn) => {
      const from = (round * 7 + turn * 3) % people;
      const to = (from + 1 + ((turn + round) % (people - 1))) % people;
      const amount = 1 + (turn % 9);
      return store.data.change([keyOf(from), keyOf(to)], ([a, b]) =>
        coinsIn(a) < amount ? undefined : [coinsIn(a) - amount, coinsIn(b) + amount],
      );
    }),
  );
}
