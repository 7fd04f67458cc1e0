import { laterWords } from "../words/later.ts";
import { registry } from "../words/registry.ts";

/** Every word that a file is checked with. */
export const words = { ...registry, later: laterWords };
