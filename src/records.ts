import { lineFiles } from "./audit/files.ts";
import { openAuditLog } from "./audit/log.ts";
import type { AuditLog } from "./contracts/audit.ts";
import type { Host } from "./contracts/host.ts";
import type { Store } from "./contracts/store.ts";
import { openLogger } from "./observe/logger.ts";
import { createMasker } from "./observe/masking.ts";
import type { BotPlan } from "./plan/program.ts";
import { createFileLoader } from "./runtime/file-loader.ts";
import type { Problem } from "./runtime/loaded.ts";
import { openStore } from "./runtime/open-store.ts";
import { registry } from "./words/registry.ts";

/** The composition root of `botctl data` and `botctl audit`: what a bot keeps, without the bot. It may run at the same time. */

export interface Records {
  readonly plan: BotPlan;
  readonly store: Store;
  readonly audit: AuditLog;
  close(): Promise<void>;
}

export type OpenedRecords =
  | { readonly ok: true; readonly records: Records }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Opens the storage and the audit log of the bot that a file describes. No platform is connected. */
export async function openRecords(
  { file, environmentName }: { readonly file: string; readonly environmentName: string | undefined },
  host: Host,
): Promise<OpenedRecords> {
  const masker = createMasker();
  const { now } = host.clock;
  const files = createFileLoader({
    file,
    platforms: undefined,
    environmentName,
    env: host.env,
    words: registry,
    masker,
    recordsOnly: true,
  });
  const loaded = await files.load();
  if (!loaded.ok) return loaded;
  const { plan } = loaded;
  const log = await openLogger({ level: "warn", format: "auto", stream: process.stderr, masker, now });
  const store = await openStore(plan.config.storage, files, now);
  const copies = lineFiles(files.folder);
  const audit = openAuditLog({
    store: store.audit,
    policy: plan.config.audit,
    now,
    salt: host.newId,
    log,
    sinks: {
      append: (name, line) => copies.append(name, masker.mask(line)),
      // Nobody is connected who could post it; the log itself and its files have the row.
      send: async () => undefined,
    },
  });
  return {
    ok: true,
    records: {
      plan,
      store,
      audit,
      async close() {
        await audit.flush();
        await copies.close();
        await store.close();
        await log.close();
      },
    },
  };
}
