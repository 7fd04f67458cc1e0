/** The sections of a file in this version, in the order in which people write them. */
export const sections = [
  "version",
  "include",
  "bot",
  "platforms",
  "storage",
  "redis",
  "logging",
  "names",
  "permissions",
  "rate_limits",
  "audit",
  "messages",
  "data",
  "packs",
  "commands",
  "rules",
  "schedules",
  "blocks",
  "tests",
] as const;

export function isSection(name: string): boolean {
  return sections.some((section) => section === name);
}
