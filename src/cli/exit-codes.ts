/** What the exit code of botctl means. */
export const exitCodes = {
  valid: 0,
  /** The file has mistakes. */
  invalid: 1,
  /** botctl could not do its job: a wrong flag, no such file, a platform that refuses the token. */
  failed: 2,
} as const;

/** There is no file to check or to run: that is not a mistake inside it. */
const noFile: ReadonlySet<string> = new Set([
  "file-not-found",
  "file-unreadable",
  "file-is-directory",
  "file-not-regular",
]);

/** Whether botctl could not do its job because it could not get at the file. */
export function isWithoutFile(found: readonly { readonly code: string }[]): boolean {
  return found.some((one) => noFile.has(one.code));
}
