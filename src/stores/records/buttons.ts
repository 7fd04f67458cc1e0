import type { Json } from "../../contracts/event.ts";
import type { RunStore, StoredButton } from "../../contracts/store.ts";
import { ask, atMost, type Engine, only, prepare } from "./engine.ts";
import { putRule as rulePut } from "./run-rows.ts";
import type { ButtonTable } from "./tables.ts";

/** Buttons, and the rules that buttons and runs keep. */
export function buttonStore(
  engine: Engine,
): Pick<RunStore, "putButtons" | "button" | "changeButton" | "takeButton" | "rule" | "purge"> {
  const { query } = engine;
  const putRule = rulePut(query);
  const putButton = prepare((value: ButtonTable) =>
    query
      .insertInto("buttons")
      .values(only(value, ["key", "rule_id", "rule_hash", "platform", "state", "created_at", "expires_at", "taken"])),
  );
  const getButton = prepare((value: { key: string }) =>
    query.selectFrom("buttons").selectAll().where("key", "=", value.key),
  );
  const changeButton = prepare((value: { key: string; state: string }) =>
    query.updateTable("buttons").set({ state: value.state }).where("key", "=", value.key),
  );
  const takeButton = prepare((value: { key: string }) =>
    query.updateTable("buttons").set({ taken: 1 }).where("key", "=", value.key).where("taken", "=", 0).returning("key"),
  );
  const getRule = prepare((value: { hash: string }) =>
    query.selectFrom("rules").select("body").where("hash", "=", value.hash),
  );
  const purgeButtons = prepare((value: { now: number; most: number }) =>
    query
      .deleteFrom("buttons")
      .where("key", "in", (eb) =>
        eb
          .selectFrom("buttons")
          .select("key")
          .where("expires_at", "<=", value.now)
          .orderBy("expires_at")
          .limit(atMost(value.most)),
      )
      .returning("key"),
  );
  const purgeRules = prepare((value: { most: number }) =>
    query
      .deleteFrom("rules")
      .where("hash", "in", (eb) => {
        const unused = eb
          .selectFrom("rules")
          .select("rules.hash")
          .where(({ not, exists, selectFrom }) =>
            not(exists(selectFrom("runs").select("runs.id").whereRef("runs.rule_hash", "=", "rules.hash"))),
          )
          .where(({ not, exists, selectFrom }) =>
            not(exists(selectFrom("buttons").select("buttons.key").whereRef("buttons.rule_hash", "=", "rules.hash"))),
          )
          .limit(atMost(value.most));
        return engine.dialect === "postgres" ? unused.forUpdate().skipLocked() : unused;
      })
      .returning("hash"),
  );

  return {
    async putButtons(buttons, rule) {
      const [any] = buttons;
      if (any === undefined) return;
      await engine.commit(function* () {
        yield* ask(putRule({ hash: any.ruleHash, body: JSON.stringify(rule) }));
        for (const button of buttons)
          yield* ask(
            putButton({
              key: button.key,
              rule_id: button.ruleId,
              rule_hash: button.ruleHash,
              platform: button.platform,
              state: JSON.stringify(button.state),
              created_at: button.createdAt,
              expires_at: button.expiresAt,
              taken: 0,
            }),
          );
      });
    },

    async button(key) {
      const [row] = await engine.read(getButton({ key }));
      return row && buttonOf(row);
    },

    async changeButton(key, state) {
      await engine.write(changeButton({ key, state: JSON.stringify(state) }));
    },

    takeButton: async (key) => (await engine.write(takeButton({ key }))).length === 1,

    async rule(hash) {
      const [row] = await engine.read(getRule({ hash }));
      return row === undefined ? undefined : (JSON.parse(row.body) as Json);
    },

    purge: (now, most) =>
      engine.commit(function* () {
        const buttons = yield* ask(purgeButtons({ now, most }));
        if (buttons.length >= most) return buttons.length;
        const rules = yield* ask(purgeRules({ most: most - buttons.length }));
        return buttons.length + rules.length;
      }),
  };
}

/** A stored button as the engine knows it. */
export function buttonOf(row: ButtonTable): StoredButton {
  return {
    key: row.key,
    ruleId: row.rule_id,
    ruleHash: row.rule_hash,
    platform: row.platform,
    state: JSON.parse(row.state) as Json,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
