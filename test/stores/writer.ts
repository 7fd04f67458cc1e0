/** Writes until it is killed, and prints a line for each batch that the store said is durable. */
import { writeSync } from "node:fs";
import type { AuditRow, DataOwner, StoreSettings } from "../../src/contracts/store.ts";
import { opened } from "../support/opened.ts";

const settings = JSON.parse(process.argv[2]!) as StoreSettings;
const store = await opened(settings);
const owner: DataOwner = { scope: "bot", platform: "", server: "", subject: "" };

for (let batch = 0; ; batch++) {
  const rows = Array.from({ length: 5 }, (_, place): AuditRow => {
    const sequence = batch * 5 + place + 1;
    return {
      ...{ sequence, at: 1, kind: "moderation", platform: "", serverId: "", actorId: "", targetId: "" },
      ...{ action: "warn", outcome: "done", ref: "", content: "", salt: "", digest: "", chain: `c${sequence}` },
    };
  });
  await Promise.all([
    store.audit.append(() => rows),
    store.data.add("coins", owner, 1, { start: 0 }),
    store.jobs.put({ key: `job ${batch}`, owner: "test", platform: "", dueAt: batch, payload: null }),
  ]);
  writeSync(1, `${batch}\n`);
}
