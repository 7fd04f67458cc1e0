import type { Connect } from "../../../contracts/platform.ts";
import { createConnection } from "./connection.ts";

/** Discord by its gateway and REST API, with discord.js as the client. */
export const connect: Connect = (plan, dependencies) => createConnection(plan, dependencies);
