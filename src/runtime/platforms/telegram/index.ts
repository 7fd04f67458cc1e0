import type { Connect } from "../../../contracts/platform.ts";
import { createConnection } from "./connection.ts";

/** Telegram by the Bot API, with grammY as the client. */
export const connect: Connect = (plan, dependencies) => createConnection(plan, dependencies);
