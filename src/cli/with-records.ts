import { openRecords, type Records } from "../records.ts";
import { exitCodes, isWithoutFile } from "./exit-codes.ts";
import { productionHost } from "./host.ts";
import type { Io } from "./io.ts";
import { showProblems } from "./problems.ts";
import { Trouble } from "./trouble.ts";

/** What a subcommand is told that looks at what a bot keeps. */
export interface RecordsOptions {
  /** The bot's file. */
  readonly file: string;
  readonly env?: string;
}

/** Does something with what a bot keeps. @returns the exit code */
export async function withRecords(
  options: RecordsOptions,
  io: Io,
  work: (records: Records) => Promise<number>,
): Promise<number> {
  if (options.file === "-")
    throw new Trouble("What a bot remembers stands beside its file, so a file is needed and not -.");
  const opened = await openRecords({ file: options.file, environmentName: options.env }, productionHost(io.env));
  if (!opened.ok) {
    showProblems(opened.problems, io);
    const diagnostics = opened.problems.filter((one) => typeof one !== "string");
    return isWithoutFile(diagnostics) ? exitCodes.failed : exitCodes.invalid;
  }
  try {
    return await work(opened.records);
  } finally {
    await opened.records.close();
  }
}
