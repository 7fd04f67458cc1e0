/** botctl could not do its job, for a reason that `message` tells a person in one sentence. */
export class Trouble extends Error {
  override readonly name = "Trouble";
}

const sentences: Readonly<Record<string, (path: string) => string>> = {
  EACCES: (path) => `The system does not let botctl use ${path}.`,
  EPERM: (path) => `The system does not let botctl use ${path}.`,
  EROFS: (path) => `${path} is on a disk that cannot be written to.`,
  ENOSPC: (path) => `There is no space left on the disk for ${path}.`,
  ENOENT: (path) => `There is no ${path}.`,
  ENOTDIR: (path) => `A part of ${path} is a file, where a folder is needed.`,
  EISDIR: (path) => `${path} is a folder, where a file is needed.`,
  EEXIST: (path) => `${path} exists already.`,
  EMFILE: () => "Too many files are open on this machine; try again.",
};

/** What went wrong as one plain sentence; the stack is only for `BOTCTL_DEBUG=1`. */
export function troubleSentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  const known = code === undefined ? undefined : sentences[code];
  if (known !== undefined) return known(path === undefined ? "a file" : `"${path}"`);
  return error.message;
}
