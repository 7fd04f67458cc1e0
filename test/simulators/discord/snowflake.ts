const discordEpoch = 1_420_070_400_000;

/** The id of something made at `milliseconds` since 1970; `serial` tells apart what was made in the same millisecond. */
export function snowflakeAt(milliseconds: number, serial = 0n): string {
  return ((BigInt(milliseconds - discordEpoch) << 22n) | (serial & 0x3f_ffffn)).toString();
}

/** When the thing with this id was made, in milliseconds since 1970. */
export function snowflakeTime(id: string): number {
  return Number(BigInt(id) >> 22n) + discordEpoch;
}

/** Ids that grow with time, as Discord's do. */
export function createSnowflakes(now: () => number): () => string {
  let serial = 0n;
  return () => snowflakeAt(now(), serial++);
}
