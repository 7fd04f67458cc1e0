/** A file to send along, as an action's arguments name it: one of the project's, or one that another action has made. */
export type FileSource = { readonly path: string } | { readonly name: string; readonly text: string };

/** The files in the folder of bot.yaml, and in folders inside of it. */
export interface ProjectFiles {
  /**
   * Reads a file whole; at most `limit` bytes and one more, so that too large a file shows.
   * @throws Error with a sentence where there is no such file inside the folder
   */
  read(path: string, limit: number): Promise<Uint8Array>;
}
