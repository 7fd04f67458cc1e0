import { type Reading, tellKey } from "../reading.ts";

/**
 * Tells a word of the language that stands among the keys of a command, a rule or a schedule, and where it belongs.
 * @returns the key that it belongs under
 */
export function tellWord(reading: Reading, key: string, pointer: string): "do" | "if" | undefined {
  const { actions, conditions } = reading.words;
  const plain = key.toLowerCase();
  if (actions.has(plain)) return tellAction(reading, plain, plain, pointer);
  const inside = [...actions.values()].find(({ fields }) => Object.hasOwn(fields, plain));
  const condition = conditions.get(plain) ?? [...conditions.values()].find(({ aka }) => aka?.includes(plain));
  const action = [...actions.values()].find(({ aka }) => aka?.includes(plain));
  const asked = pointer.startsWith("/rules/") ? condition : undefined;
  if (action !== undefined && asked === undefined) return tellAction(reading, key, action.name, pointer);
  if (inside !== undefined && asked === undefined) {
    const message = `"${key}" belongs to an action, such as "${inside.name}", and stands further in there.`;
    const hint = `write do: and under it - ${inside.name}: and under that ${key}: …`;
    tellKey(reading, pointer, { code: "misplaced-key", message, hint });
    return "do";
  }
  if (condition === undefined) return undefined;
  const { name } = condition;
  const message =
    name === key
      ? `"${key}" is a condition; it belongs under "if:".`
      : `for "${key}" there is the condition "${name}", which belongs under "if:".`;
  tellKey(reading, pointer, { code: "misplaced-key", message, hint: `write if: and under it - ${condition.name}: …` });
  return "if";
}

function tellAction(reading: Reading, key: string, name: string, pointer: string): "do" {
  const message =
    name === key
      ? `"${key}" is an action; it belongs under "do:", as an item of its list.`
      : `for "${key}" there is the action "${name}", which belongs under "do:", as an item of its list.`;
  tellKey(reading, pointer, { code: "misplaced-key", message, hint: `write do: and under it - ${name}: …` });
  return "do";
}
