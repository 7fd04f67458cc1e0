/** Sections whose entries several files may add to, each entry under a name of its own. */
export const namedSections = [
  "names",
  "permissions",
  "rate_limits",
  "audit",
  "data",
  "packs",
  "commands",
  "schedules",
  "blocks",
  "messages",
] as const;

/** Sections that are lists, to which several files may add items. */
export const listSections = ["rules", "tests"] as const;

/** Sections that only the bot's own file has. */
export const ownSections = ["bot", "platforms", "storage", "redis", "logging"] as const;
