import type { BuiltPacks } from "../contracts/pack.ts";

/** The packs that come with botctl, in the order in which they are listed. Their text is loaded when a file uses one. */
export const packs: BuiltPacks = new Map([
  ["moderation", async () => (await import("./moderation.generated.ts")).default],
  ["economy", async () => (await import("./economy.generated.ts")).default],
  ["fun", async () => (await import("./fun.generated.ts")).default],
  ["admin", async () => (await import("./admin.generated.ts")).default],
]);
