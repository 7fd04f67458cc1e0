import { readAsset } from "./assets.ts";
import { exitCodes } from "./exit-codes.ts";
import type { Io } from "./io.ts";

export const schemaPath = "schemas/bot.schema.json";

/** Prints the JSON Schema that editors complete and explain bot.yaml with. */
export async function printSchema(io: Io): Promise<number> {
  io.out(readAsset(schemaPath));
  return exitCodes.valid;
}
