import type { ActionDefinition } from "../../contracts/word.ts";
import type { Words } from "../words.ts";
import { fieldSchema, namedSchema, objectSchema, type Schema } from "./field.ts";

/** The definitions that every part of the schema refers to: actions, conditions, triggers, people. */
export function wordDefinitions(words: Words): Record<string, Schema> {
  return {
    actions: {
      type: "array",
      description: "What happens: a list of actions, each beginning with a dash.",
      items: { $ref: "#/$defs/action" },
    },
    action: actionSchema(words),
    condition: conditionSchema(words),
    trigger: triggerSchema(words),
    who: whoSchema(),
    ...Object.fromEntries([...words.actions].map(([name, word]) => [`action-${name}`, itemSchema(word, words)])),
  };
}

const besideAction: Readonly<Record<string, Schema>> = {
  if: { $ref: "#/$defs/condition" },
  else: { $ref: "#/$defs/actions" },
  on_error: { $ref: "#/$defs/actions" },
  save_as: { type: "string", description: "Keeps what the action gives, as steps.<name>.", pattern: "^[A-Za-z_]\\w*$" },
};

/** An item with one action: a bare word, or a map whose key decides what else may stand in it. */
function actionSchema(words: Words): Schema {
  const bare = [...words.actions.values()].filter((word) => word.bare === true).map((word) => word.name);
  const properties: Record<string, Schema> = {};
  for (const [name, word] of words.actions) properties[name] = { description: word.summary };
  const plain = [...words.actions.values()].filter((word) => word.name !== "if");
  const branches = plain.map((word) => ({
    if: { type: "object", required: [word.name] },
    then: { $ref: `#/$defs/action-${word.name}` },
  }));
  const named = plain.map((word) => word.name);
  const block = { type: "object", required: ["if", "do"] };
  return {
    if: { type: "string" },
    then: { enum: bare },
    else: {
      type: "object",
      properties: { ...properties, ...besideAction },
      allOf: [
        ...branches,
        {
          if: { type: "object", not: { anyOf: named.map((name) => ({ required: [name] })) } },
          // A key that is no action is told by itself, not by what else it could have been.
          then: {
            if: { required: ["if"] },
            then: { ...block, $ref: "#/$defs/action-if" },
            else: { propertyNames: { enum: named }, minProperties: 1 },
          },
        },
      ],
    },
  };
}

function itemSchema(word: ActionDefinition, words: Words): Schema {
  const context = { words, dynamic: true };
  if (word.block !== undefined) {
    const { key } = word.block;
    const beside: Record<string, Schema> = without(besideAction, Object.keys(word.fields));
    if (word.fields[key]?.optional !== true) return objectSchema(word.fields, context, { beside });
    // `- parallel:` with its `do:` below.
    const { [key]: own, ...fields } = word.fields;
    beside[key] = { if: { type: "null" }, else: fieldSchema(own!, context), description: own!.about };
    return objectSchema(fields, context, { beside, required: [key] });
  }
  const args = { ...objectSchema(word.fields, context, { short: word.short }), description: word.summary };
  // `- stop:` with another key under it says no more than the bare word.
  const written = word.bare === true ? { if: { type: "null" }, else: args } : args;
  return {
    type: "object",
    properties: { [word.name]: { examples: word.examples.map((one) => one.yaml), ...written }, ...besideAction },
    required: [word.name],
    additionalProperties: false,
  };
}

function without(schemas: Readonly<Record<string, Schema>>, names: readonly string[]): Record<string, Schema> {
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => !names.includes(name)));
}

function conditionSchema(words: Words): Schema {
  const context = { words, dynamic: true };
  const properties: Record<string, Schema> = {};
  for (const [name, word] of words.conditions) {
    properties[name] =
      word.kind === "combinator"
        ? { $ref: "#/$defs/condition", description: word.summary }
        : { ...objectSchema(word.fields, context, { short: word.short }), description: word.summary };
  }
  return {
    description: "What must hold: an expression, tests, or a list of which all must hold.",
    if: { type: "array" },
    then: { items: { $ref: "#/$defs/condition" } },
    else: {
      if: { type: "object" },
      then: { properties, additionalProperties: false, minProperties: 1 },
      else: { type: ["string", "number", "boolean"] },
    },
  };
}

function triggerSchema(words: Words): Schema {
  const written = [...words.triggers.values()].filter((word) => word.implicit !== true);
  const names = written.map((word) => word.name);
  const properties: Record<string, Schema> = {};
  for (const word of written) {
    properties[word.name] = {
      ...objectSchema(word.fields, { words, dynamic: false }, { short: word.short }),
      description: word.summary,
    };
  }
  return {
    if: { type: "object" },
    then: { properties, additionalProperties: false, minProperties: 1 },
    else: { enum: names },
  };
}

function whoSchema(): Schema {
  const entry: Schema = {
    if: { type: "object" },
    then: {
      properties: {
        can: { ...namedSchema("can"), description: "Everyone with this right on the platform." },
        role: { ...namedSchema("role"), description: "Everyone with this role." },
        user: { ...namedSchema("user"), description: "This person." },
      },
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
    },
    else: { type: "string", description: "The name of a group under permissions, or everyone." },
  };
  return {
    description: "Whom to let in: any of these.",
    if: { type: "array" },
    then: { items: entry },
    else: entry,
  };
}
