import { type Diagnostic, type DiagnosticText, errorAt } from "../../diagnostics/diagnostic.ts";
import { pointerTo, type SourceMap } from "../../diagnostics/source-map.ts";
import { compileExpression } from "../../language/expression/compile.ts";
import type { Scope } from "../../language/types.ts";
import { type Env, isTrue } from "../../language/values.ts";
import type { Mount } from "../include/joined-map.ts";
import { emptyMap, isMap, type YamlMap, type YamlValue } from "../value.ts";
import { packSections } from "./head.ts";
import type { Picked } from "./picked.ts";
import { isNowhere, narrowed, type Platforms } from "./platforms.ts";
import type { Given, Setting, Settings } from "./settings.ts";
import { lookUp, type Names, substitute } from "./substitute.ts";

/** Keys of a pack's text that its expansion takes away. */
const keepIf = "keep_if";
const repeatFor = "repeat_for";

/** A pack's commands, rules and the rest as plain sections of a bot.yaml. */
export interface Expanded {
  readonly sections: YamlMap;
  /** Where each piece of the sections was written, by its pointer. */
  readonly places: Map<string, Mount>;
}

export interface Expandable {
  readonly value: YamlMap;
  readonly map: SourceMap;
  readonly settings: Settings;
  readonly picked: Picked;
  readonly platforms: Platforms;
}

/** A part that is not there with these settings. */
const dropped = Symbol("dropped");
type Part = YamlValue | typeof dropped;

/** Where the walk is: in the pack, in what becomes of it, and which names its texts may use. */
interface Spot {
  readonly at: string;
  readonly to: string;
  readonly names: Names;
  /** A text here is an expression, also without braces. */
  readonly isExpression: boolean;
}

/** Values that a pack may become; repeating for lists in lists adds up. */
const maxValues = 100_000;

/** What is settled before the bot starts can see neither the time nor chance. */
const nowhere: Env = { now: () => 0, random: () => 0, timezone: "UTC", locale: "en" };

/** What stands directly in a command, rule or schedule. */
const isPart = /^\/(commands|rules|schedules)\/[^/]+\/[^/]+$/;

const conditionKeys = new Set(["if", "all", "any", "not"]);

/** Fills the settings into a pack's text, leaves out what `keep_if` denies and repeats what `repeat_for` asks for. */
export function expand(pack: Expandable, problems: Diagnostic[]): Expanded {
  const places = new Map<string, Mount>();
  const { map, picked } = pack;

  function tell(pointer: string, text: DiagnosticText, of: "key" | "value" = "value"): void {
    problems.push(errorAt(map[of](pointer), text));
  }

  let values = 0;

  function walk(value: YamlValue, spot: Spot): Part {
    values++;
    if (values > maxValues) return dropped;
    if (typeof value === "string") return text(value, spot);
    if (Array.isArray(value)) return list(value, spot);
    if (isMap(value)) return entries(value, spot);
    places.set(spot.to, { map, pointer: spot.at });
    return value;
  }

  function text(value: string, { at, to, names, isExpression }: Spot): Part {
    const result = substitute(value, names, isExpression);
    switch (result.kind) {
      case "same":
        places.set(to, { map, pointer: at });
        return value;
      case "text":
        places.set(to, { map, pointer: at, text: result.text });
        return result.text;
      case "setting":
        if (result.setting.given !== undefined) return graft(result.setting.given, to);
        return result.setting.items === undefined ? dropped : gathered(result.setting.items, { at, to });
      case "problems":
        for (const { offset, length, message } of result.problems)
          problems.push(errorAt(map.offsetIn(at, offset, length), { code: "unknown-setting", message }));
        return dropped;
    }
  }

  /** What the file gives for a setting takes its place, and is still what the file says there. */
  function graft(given: Given, to: string): YamlValue {
    places.set(to, { map: given.map, pointer: given.pointer });
    return given.value;
  }

  /** One value of each entry of a list, each of which stands at its own place in the file. */
  function gathered(items: readonly Setting[], { at, to }: Pick<Spot, "at" | "to">): YamlValue {
    places.set(to, { map, pointer: at });
    return items.flatMap(({ given }, index) => (given === undefined ? [] : [graft(given, pointerTo(to, index))]));
  }

  function list(items: readonly YamlValue[], spot: Spot): YamlValue {
    const out: YamlValue[] = [];
    places.set(spot.to, { map, pointer: spot.at });
    for (const [index, item] of items.entries()) {
      const at = pointerTo(spot.at, index);
      for (const names of turns(item, at, spot.names)) {
        const to = pointerTo(spot.to, out.length);
        const setting = typeof item === "string" ? settingOf(item, names, spot.isExpression) : undefined;
        if (setting?.given !== undefined && Array.isArray(setting.given.value)) {
          out.push(...graftItems(setting.given, spot.to, out.length));
          continue;
        }
        if (isMap(item) && isLeftOut(item, spot.at, names)) continue;
        const part = walk(item, { at, to, names, isExpression: spot.isExpression });
        if (part !== dropped) out.push(part);
      }
    }
    return out;
  }

  /** A rule that is not wanted, or a button for a command that is not. */
  function isLeftOut(item: YamlMap, list: string, names: Names): boolean {
    const { name, run } = item;
    if (list === "/rules" && isNowhere(item, pack.platforms)) return true;
    if (list === "/rules" && typeof name === "string") {
      const written = substitute(name, names, false);
      return !picked.takes(written.kind === "text" ? written.text : name);
    }
    return typeof run === "string" && picked.isCommand(run) && !picked.takes(run);
  }

  /** A list in a list is its items: of actions, of people, of places. */
  function graftItems(given: Given, to: string, first: number): readonly YamlValue[] {
    const items = given.value as readonly YamlValue[];
    for (const index of items.keys())
      places.set(pointerTo(to, first + index), { map: given.map, pointer: pointerTo(given.pointer, index) });
    return items;
  }

  function settingOf(value: string, names: Names, isExpression: boolean): Setting | undefined {
    const result = substitute(value, names, isExpression);
    return result.kind === "setting" ? result.setting : undefined;
  }

  function entries(value: YamlMap, spot: Spot): YamlMap {
    const out = emptyMap();
    places.set(spot.to, { map, pointer: spot.at });
    for (const [key, entry] of Object.entries(value)) {
      if (key === keepIf || key === repeatFor) continue;
      const at = pointerTo(spot.at, key);
      for (const names of turns(entry, at, spot.names)) {
        const name = keyName(key, at, names);
        if (name === undefined || (isSection(spot.at) && !picked.takes(name))) continue;
        const own = spot.at === "/commands" ? picked.commandName(name) : name;
        put(out, own, entry, { ...spot, at, names, isExpression: conditionKeys.has(key) });
      }
    }
    return out;
  }

  function put(out: YamlMap, name: string, entry: YamlValue, spot: Spot): void {
    if (Object.hasOwn(out, name)) {
      tell(spot.at, { code: "duplicate-key", message: `"${name}" is made twice.` }, "key");
      return;
    }
    const to = pointerTo(spot.to, name);
    if (name === "run" && typeof entry === "string" && picked.isCommand(entry)) {
      const text = picked.commandName(entry);
      places.set(to, { map, pointer: spot.at, text });
      out[name] = text;
      return;
    }
    const below = { ...spot, to };
    const isOwn = isPart.test(spot.at);
    const part =
      isOwn && name === "platforms" ? platforms(entry, below) : walk(isOwn ? onlyDeclared(name, entry) : entry, below);
    if (part !== dropped) out[name] = part;
  }

  /** The platforms that a part works on, each still at its place in the pack; nothing where these are all. */
  function platforms(written: YamlValue, { at, to }: Spot): Part {
    const left = narrowed(written, pack.platforms);
    if (typeof left === "string") return dropped;
    places.set(to, { map, pointer: at });
    for (const [index, name] of left.entries())
      places.set(pointerTo(to, index), {
        map,
        pointer: Array.isArray(written) ? pointerTo(at, written.indexOf(name)) : at,
      });
    return [...left];
  }

  /** What a part is called, without the platforms that the bot is not on. */
  function onlyDeclared(name: string, entry: YamlValue): YamlValue {
    const { declared, known } = pack.platforms;
    if (name !== "names" || !isMap(entry)) return entry;
    const left = Object.entries(entry).filter(([platform]) => !known.has(platform) || declared.includes(platform));
    return Object.assign(emptyMap(), Object.fromEntries(left));
  }

  function keyName(key: string, at: string, names: Names): string | undefined {
    const result = substitute(key, names, false);
    if (result.kind === "text") return result.text;
    if (result.kind === "setting") {
      const { given } = result.setting;
      const raw = given?.map.raw(given.pointer);
      if (raw !== undefined) return raw;
      tell(at, { code: "unknown-setting", message: `"${key}" has no value that could be a name.` }, "key");
      return undefined;
    }
    if (result.kind === "same") return key;
    for (const { message } of result.problems) tell(at, { code: "unknown-setting", message }, "key");
    return undefined;
  }

  /** The names for each time that a part is there: none, once, or once per item of a list. */
  function turns(part: YamlValue, at: string, names: Names): readonly Names[] {
    if (!isMap(part)) return [names];
    const each = Object.hasOwn(part, repeatFor) ? repeated(pointerTo(at, repeatFor), names) : [names];
    if (!Object.hasOwn(part, keepIf)) return each;
    return each.filter((one) => isKept(pointerTo(at, keepIf), one));
  }

  function repeated(at: string, names: Names): readonly Names[] {
    const written = map.raw(at) ?? "";
    const [, variable, path] = /^\s*([a-z]\w*)\s+in\s+([\w.]+)\s*$/.exec(written) ?? [];
    const steps = path?.split(".") ?? [];
    if (variable === undefined || !Object.hasOwn(names, steps[0]!)) {
      const hint = "write for example repeat_for: limit in settings.limits";
      tell(at, { code: "bad-repeat", message: `"${written}" does not say what to repeat for.`, hint });
      return [];
    }
    const setting = lookUp(steps, names);
    if (typeof setting === "string") tell(at, { code: "unknown-setting", message: setting });
    else if (setting.form.type !== "list") {
      const message = `"${path}" is no list, so nothing can be repeated for it.`;
      tell(at, { code: "bad-repeat", message });
    } else return (setting.items ?? []).map((item) => ({ ...names, [variable]: item }));
    return [];
  }

  function isKept(at: string, names: Names): boolean {
    const source = map.raw(at) ?? "";
    const scope: Scope = Object.fromEntries(Object.entries(names).map(([name, { type }]) => [name, type]));
    const compiled = compileExpression(source, scope);
    if (!compiled.ok) {
      for (const { offset, length, code, message, hint } of compiled.problems) {
        const said = hint === undefined ? {} : { hint };
        problems.push(errorAt(map.offsetIn(at, offset, length), { code, message: `${message}.`, ...said }));
      }
      return false;
    }
    const values = Object.fromEntries(Object.entries(names).map(([name, { value }]) => [name, value]));
    return isTrue(compiled.evaluate(values, nowhere));
  }

  /** Sections whose entries a file may leave out by name. */
  const isSection = (pointer: string): boolean => pointer === "/commands" || pointer === "/schedules";

  const root: Setting = {
    form: { type: "entry", about: "", required: true },
    given: undefined,
    type: {
      kind: "object",
      name: "setting",
      fields: Object.fromEntries(Object.entries(pack.settings).map(([name, { type }]) => [name, type])),
      text: undefined,
    },
    value: Object.fromEntries(Object.entries(pack.settings).map(([name, { value }]) => [name, value])),
    fields: pack.settings,
  };
  const names: Names = { settings: root };
  const sections = emptyMap();
  for (const section of packSections) {
    const written = pack.value[section];
    if (written === undefined || written === null) continue;
    const at = pointerTo("", section);
    const spot = { at, to: at, names, isExpression: false };
    const part = walk(written, spot);
    if (part !== dropped) sections[section] = part;
  }
  if (values > maxValues) {
    const message = `with its repeats this pack has more than ${maxValues} values.`;
    tell("", { code: "bad-repeat", message });
  }
  return { sections, places };
}
