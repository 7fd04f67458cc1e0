/** What the exit code of botctl means. */
export const exitCodes = {
  valid: 0,
  /** The file has mistakes. */
  invalid: 1,
  /** botctl could not do its job: a wrong flag, no such file, a platform that refuses the token. */
  failed: 2,
} as const;
