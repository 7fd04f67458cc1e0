/** A value as written in YAML. Maps have no prototype, so that no key of theirs can be mistaken for an inherited one. */
export type YamlValue = null | string | number | boolean | YamlValue[] | YamlMap;

export interface YamlMap {
  [key: string]: YamlValue;
}

/** An empty map without a prototype. */
export function emptyMap(): YamlMap {
  return Object.create(null) as YamlMap;
}

export function isMap(value: YamlValue | undefined): value is YamlMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
