import { verifyStoredChain } from "../audit/chain.ts";
import { counted } from "./counted.ts";
import { exitCodes } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { type RecordsOptions, withRecords } from "./with-records.ts";

/** Says whether the entries of the audit log are as they were written, and all there. */
export function verifyAudit(options: RecordsOptions, io: Io) {
  return withRecords(options, io, async ({ store }) => {
    const verdict = await verifyStoredChain(store.audit);
    if (!verdict.ok) {
      const [entry] = await store.audit.page(verdict.sequence - 1, 1);
      const when = entry === undefined ? "" : `, written ${new Date(entry.at).toISOString()}`;
      io.out(`The audit log is not as it was written: at entry ${verdict.sequence}${when}, ${verdict.problem}.\n`);
      return exitCodes.invalid;
    }
    if (verdict.rows === 0) {
      io.out("The audit log is empty.\n");
      return exitCodes.valid;
    }
    const newest = `the newest is entry ${verdict.tip.sequence}`;
    io.out(
      `${counted(verdict.rows, "entry", "entries")}, ${newest}: nothing was changed, and none is missing in between.\n`,
    );
    return exitCodes.valid;
  });
}
