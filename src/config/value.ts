/** A value as written in YAML. Maps inherit nothing, so that no key of theirs can be mistaken for an inherited one. */
export type YamlValue = null | string | number | boolean | YamlValue[] | YamlMap;

export interface YamlMap {
  [key: string]: YamlValue;
}

/** Inherits nothing, as what `Object.create(null)` makes, but is stored and read as fast as other objects. */
class Bare<Value> {
  [key: string]: Value;
}
Reflect.deleteProperty(Bare.prototype, "constructor");
Object.setPrototypeOf(Bare.prototype, null);

/** An empty map that inherits nothing. */
export function emptyMap(): YamlMap {
  return new Bare<YamlValue>();
}

/** Something of each key of such a map, that inherits nothing either. */
export function bare<Value>(): { [key: string]: Value } {
  return new Bare<Value>();
}

export function isMap(value: YamlValue | undefined): value is YamlMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
