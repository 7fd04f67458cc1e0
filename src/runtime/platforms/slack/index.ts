import type { Connect } from "../../../contracts/platform.ts";
import { createConnection } from "./connection.ts";

/** Slack by its Web API, with events over Socket Mode or signed HTTP requests. */
export const connect: Connect = (plan, dependencies) => createConnection(plan, dependencies);
