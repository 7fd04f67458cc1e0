/** Opens the database file that is named, uses it and ends. */
import { open } from "../../src/stores/sqlite/index.ts";

const store = await open({ kind: "sqlite", path: process.argv[2]! }, Date.now);
await store.facts.set("test", String(process.pid), true);
await store.close();
