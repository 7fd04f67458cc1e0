import { isJson, type Json, objectsIn } from "./json.ts";

/** How a test names what somebody presses in a message. */
export interface Choice {
  action_id?: string;
  block_id?: string;
  /** The text on a button, instead of its id. */
  label?: string;
  /** The button's value, where several share an action_id; for a menu the value of the chosen option. */
  value?: string;
  /** The chosen options of a menu that takes several. */
  values?: string[];
}

/** What was done to an element, as `block_actions` tells it; throws when the message has no such element or option. */
export function actionOf(blocks: Json[], pick: Choice): Json {
  const found = elementsOf(blocks).find(({ block_id, element }) => {
    if (pick.block_id !== undefined && block_id !== pick.block_id) return false;
    if (pick.action_id !== undefined && element.action_id !== pick.action_id) return false;
    if (pick.label !== undefined && labelOf(element) !== pick.label) return false;
    return element.type !== "button" || pick.value === undefined || element.value === pick.value;
  });
  if (found === undefined) throw new Error(`the message has no ${JSON.stringify(pick)}: ${JSON.stringify(blocks)}`);
  const { block_id, element } = found;
  const action = { type: element.type, action_id: element.action_id, block_id };
  switch (element.type) {
    case "button":
      return {
        ...action,
        ...withoutUndefined({ text: element.text, value: element.value, url: element.url, style: element.style }),
      };
    case "static_select":
    case "overflow":
    case "radio_buttons":
      return { ...action, selected_option: option(element, pick.value) };
    case "multi_static_select":
    case "checkboxes":
      return { ...action, selected_options: (pick.values ?? [pick.value]).map((value) => option(element, value)) };
    case "users_select":
      return { ...action, selected_user: pick.value };
    case "multi_users_select":
      return { ...action, selected_users: pick.values ?? [pick.value] };
    case "channels_select":
      return { ...action, selected_channel: pick.value };
    case "conversations_select":
      return { ...action, selected_conversation: pick.value };
    case "datepicker":
      return { ...action, selected_date: pick.value };
    case "timepicker":
      return { ...action, selected_time: pick.value };
    default:
      throw new Error(`nobody can press a ${String(element.type)}`);
  }
}

/** Every interactive element of a message with its block. */
export function elementsOf(blocks: Json[]): { block_id: unknown; element: Json }[] {
  return blocks.flatMap((block) =>
    [...objectsIn(block.elements), block.accessory]
      .filter(isJson)
      .filter((element) => element.action_id !== undefined)
      .map((element) => ({ block_id: block.block_id, element })),
  );
}

function labelOf(element: Json): unknown {
  return isJson(element.text) ? element.text.text : undefined;
}

function option(element: Json, value: string | undefined): Json {
  const options = [
    ...objectsIn(element.options),
    ...objectsIn(element.option_groups).flatMap((group) => objectsIn(group.options)),
  ];
  const found = options.find((candidate) => candidate.value === value);
  if (found === undefined) throw new Error(`the menu has no option ${String(value)}: ${JSON.stringify(options)}`);
  return found;
}

function withoutUndefined(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** What somebody filled in, as `view_submission` tells it: texts by `action_id` or `block_id`. */
export function stateOf(blocks: Json[], filled: Record<string, string | string[]>): Json {
  const values: Json = {};
  const used = new Set<string>();
  for (const block of blocks) {
    if (block.type !== "input" || !isJson(block.element)) continue;
    const element = block.element;
    const key = [String(element.action_id), String(block.block_id)].find((name) => name in filled);
    if (key !== undefined) used.add(key);
    values[String(block.block_id)] = {
      [String(element.action_id)]: {
        type: element.type,
        ...filledIn(element, key === undefined ? undefined : filled[key]),
      },
    };
  }
  for (const key of Object.keys(filled)) if (!used.has(key)) throw new Error(`the view has no input ${key}`);
  return values;
}

function filledIn(element: Json, given: string | string[] | undefined): Json {
  const one = typeof given === "string" ? given : given?.[0];
  const many = typeof given === "string" ? [given] : (given ?? []);
  switch (element.type) {
    case "static_select":
    case "radio_buttons":
      return { selected_option: one === undefined ? null : option(element, one) };
    case "multi_static_select":
    case "checkboxes":
      return { selected_options: many.map((value) => option(element, value)) };
    case "users_select":
      return { selected_user: one ?? null };
    case "channels_select":
      return { selected_channel: one ?? null };
    case "conversations_select":
      return { selected_conversation: one ?? null };
    case "datepicker":
      return { selected_date: one ?? null };
    case "timepicker":
      return { selected_time: one ?? null };
    default:
      return { value: one ?? null };
  }
}
