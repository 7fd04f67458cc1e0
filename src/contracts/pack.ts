/** A value of a pack's text: what YAML can say, as data. */
export type PackValue = null | string | number | boolean | readonly PackValue[] | PackMap;

export interface PackMap {
  readonly [key: string]: PackValue;
}

/** A pack that comes with botctl, as the build emits it. */
export interface BuiltPack {
  /** What the pack's file says; scalars that YAML reads differently from how they are written are kept as text. */
  readonly value: PackMap;
  /** The comment above an entry or item, by its JSON pointer. */
  readonly comments: Readonly<Record<string, string>>;
}

/** The packs of this build by name, each loaded when a file uses it. */
export type BuiltPacks = ReadonlyMap<string, () => Promise<BuiltPack>>;
