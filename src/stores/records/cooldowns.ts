import type { CooldownStore } from "../../contracts/store.ts";
import { atMost, type Engine, only, prepare } from "./engine.ts";
import type { CooldownTable } from "./tables.ts";

const key = ["rule", "platform", "server", "subject"] as const;
type Key = Pick<CooldownTable, (typeof key)[number]>;

export function cooldownStore(engine: Engine): CooldownStore {
  const { query } = engine;
  const get = prepare((value: Key) =>
    query
      .selectFrom("cooldowns")
      .select("until")
      .where("rule", "=", value.rule)
      .where("platform", "=", value.platform)
      .where("server", "=", value.server)
      .where("subject", "=", value.subject),
  );
  const take = prepare((value: CooldownTable & { now: number }) =>
    query
      .insertInto("cooldowns")
      .values(only(value, [...key, "until"]))
      .onConflict((conflict) =>
        conflict.columns(key).doUpdateSet({ until: value.until }).where("cooldowns.until", "<=", value.now),
      )
      .returning("until"),
  );
  const giveBack = prepare((value: CooldownTable) =>
    query
      .deleteFrom("cooldowns")
      .where("rule", "=", value.rule)
      .where("platform", "=", value.platform)
      .where("server", "=", value.server)
      .where("subject", "=", value.subject)
      .where("until", "=", value.until),
  );
  const purge = prepare((value: { now: number; most: number }) =>
    query
      .deleteFrom("cooldowns")
      .where((eb) =>
        eb(
          eb.refTuple("rule", "platform", "server", "subject"),
          "in",
          eb
            .selectFrom("cooldowns")
            .select(key)
            .where("until", "<=", value.now)
            .orderBy("until")
            .limit(atMost(value.most))
            .$asTuple("rule", "platform", "server", "subject"),
        ),
      )
      .returning("until"),
  );

  const until = async (one: Key) => (await engine.read(get(one)))[0]?.until;

  return {
    until,

    async take(one, now, end) {
      for (;;) {
        if ((await engine.write(take({ ...one, until: end, now }))).length > 0) return undefined;
        const cooling = await until(one);
        // Given back between the two: then it can be taken after all.
        if (cooling !== undefined) return cooling;
      }
    },

    async giveBack(one, end) {
      await engine.write(giveBack({ ...one, until: end }));
    },

    purge: async (now, most) => (await engine.write(purge({ now, most }))).length,
  };
}
