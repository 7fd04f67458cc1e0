/** A file that is made from the source: its path from the project's root, and what it must hold. */
export interface Generated {
  readonly path: string;
  readonly text: string;
}
