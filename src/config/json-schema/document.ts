import { sentenceForms } from "../../sentences/catalogue.ts";
import { localPackPattern } from "../packs/find-pack.ts";
import type { PackHead } from "../packs/head.ts";
import { describedField } from "../packs/setting-types.ts";
import { sections } from "../shape/section-names.ts";
import { auditFields } from "../shape/sections/audit.ts";
import { blockFields } from "../shape/sections/blocks.ts";
import { botFields } from "../shape/sections/bot.ts";
import { commandFields } from "../shape/sections/commands.ts";
import { cooldownFields } from "../shape/sections/cooldown.ts";
import { dataFields } from "../shape/sections/data.ts";
import { loggingFields } from "../shape/sections/logging.ts";
import { languagePattern } from "../shape/sections/messages.ts";
import { optionFields, optionTypes } from "../shape/sections/options.ts";
import { groupFields } from "../shape/sections/permissions.ts";
import { limitFields } from "../shape/sections/rate-limits.ts";
import { ruleFields } from "../shape/sections/rules.ts";
import { scheduleFields } from "../shape/sections/schedules.ts";
import { storageFields } from "../shape/sections/storage.ts";
import { stepSchemaFields } from "../shape/sections/test-steps.ts";
import { givenSchemaFields, testFields } from "../shape/sections/tests.ts";
import type { Words } from "../words.ts";
import { durationPattern, fieldSchema, objectSchema, type Schema, type SchemaContext, scalar } from "./field.ts";
import { sectionPages } from "./sections.ts";
import { wordDefinitions } from "./words.ts";

const namePattern = "^[\\p{L}_][\\p{L}\\p{N}_-]*$";

/** The JSON Schema of a whole bot.yaml, made from the words and fields: for editors. */
export function documentSchema(words: Words, packs: readonly PackHead[]): Schema {
  const context: SchemaContext = { words, dynamic: false };
  const forms: Readonly<Record<(typeof sections)[number], Schema>> = {
    version: { enum: [1, "1"] },
    include: includeSchema,
    bot: objectSchema(botFields, context),
    platforms: platformsSchema(context),
    storage: either(objectSchema(storageFields, context)),
    redis: { type: scalar },
    logging: objectSchema(loggingFields, context),
    names: namesSchema(words),
    permissions: named(groupSchema(context)),
    rate_limits: named(limitSchema(context)),
    audit: objectSchema(auditFields, context),
    messages: messagesSchema(),
    data: named(dataSchema(context)),
    packs: packsSchema(packs, context),
    commands: commandsSchema(context),
    rules: { type: ["array", "null"], items: ruleSchema(context) },
    schedules: schedulesSchema(context),
    blocks: named(blockSchema(context)),
    tests: { type: ["array", "null"], items: testSchema(context) },
  };
  const properties: Record<string, Schema> = Object.fromEntries(
    sections.map((name) => [name, { description: sectionPages[name].about, ...forms[name] }]),
  );
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "bot.yaml",
    description: "A chat bot for Discord, Telegram and Slack.",
    type: "object",
    properties,
    patternProperties: { "^x-": true },
    required: ["version", "bot", "platforms"],
    additionalProperties: false,
    $defs: wordDefinitions(words),
  };
}

/** Each sentence with what it says by itself; the same again by language. */
function messagesSchema(): Schema {
  const texts = Object.fromEntries(
    [...sentenceForms].map(([key, { about, text, variables }]) => {
      const names = Object.keys(variables);
      const shows = names.length === 0 ? "" : ` It may show ${names.map((name) => `{{ ${name} }}`).join(", ")}.`;
      return [key, { type: scalar, description: `${about}${shows}`, default: text }];
    }),
  );
  const language: Schema = {
    type: ["object", "null"],
    description: "The same in another language.",
    propertyNames: { enum: [...sentenceForms.keys()] },
    additionalProperties: { type: scalar },
  };
  return {
    type: ["object", "null"],
    properties: texts,
    patternProperties: { [languagePattern]: language },
    additionalProperties: false,
  };
}

const includeSchema: Schema = {
  type: ["string", "array"],
  items: { type: "string" },
};

function packsSchema(packs: readonly PackHead[], context: SchemaContext): Schema {
  const properties: Record<string, Schema> = {};
  for (const { name, description, settings } of packs) {
    const fields = Object.entries(settings).map(([key, form]) => [key, describedField(form)]);
    properties[name] = { ...objectSchema(Object.fromEntries(fields), context), description };
  }
  return {
    type: ["object", "null"],
    properties,
    patternProperties: { [localPackPattern]: { type: ["object", "null"] } },
    additionalProperties: false,
  };
}

/** A text, or the long form. */
function either(long: Schema): Schema {
  return { if: { type: "object" }, then: long, else: { type: scalar } };
}

function named(value: Schema): Schema {
  return {
    type: ["object", "null"],
    propertyNames: { pattern: namePattern },
    additionalProperties: value,
  };
}

function platformsSchema(context: SchemaContext): Schema {
  const properties: Record<string, Schema> = {};
  for (const [name, platform] of context.words.platforms) {
    const schema = objectSchema(platform.settings, context);
    properties[name] = { ...schema, description: `Runs the bot on ${platform.title}.` };
  }
  return { type: "object", properties, additionalProperties: false, minProperties: 1 };
}

function namesSchema(words: Words): Schema {
  const names = [...words.platforms].map(([name, { title }]) => {
    return [name, { type: scalar, description: `What it is called on ${title}: a name or an id.` }] as const;
  });
  const value = { type: "object", properties: Object.fromEntries(names), additionalProperties: false };
  return { type: ["object", "null"], additionalProperties: value };
}

function groupSchema(context: SchemaContext): Schema {
  return objectSchema(groupFields, context, { short: "allow" });
}

function limitSchema(context: SchemaContext): Schema {
  return {
    if: { type: "object" },
    then: objectSchema(limitFields, context),
    else: { type: "string", pattern: "\\bper\\b" },
  };
}

function dataSchema(context: SchemaContext): Schema {
  const fallback = { type: [...scalar, "array"], description: "What it is before anybody has set it." };
  const long = objectSchema(dataFields, context, { beside: { default: fallback } });
  return { if: { type: "object" }, then: long, else: { enum: dataFields.type.values } };
}

function optionSchema(context: SchemaContext): Schema {
  const long = objectSchema(optionFields, context);
  return { if: { type: "object" }, then: long, else: { enum: optionTypes } };
}

function optionsSchema(context: SchemaContext, description: string): Schema {
  return {
    type: "object",
    description,
    propertyNames: { pattern: "^[a-z][a-z0-9_]{0,31}$" },
    additionalProperties: optionSchema(context),
  };
}

function blockSchema(context: SchemaContext): Schema {
  const options = optionsSchema(context, "What a call gives along.");
  const long = objectSchema(blockFields, context, { beside: { options } });
  return { if: { type: "array" }, then: { $ref: "#/$defs/actions" }, else: long };
}

function commandsSchema(context: SchemaContext): Schema {
  const options = optionsSchema(context, "What the person gives along, in this order.");
  const long = objectSchema(commandFields, context, { beside: { options, ...timesSchema(context) } });
  return {
    type: ["object", "null"],
    propertyNames: { pattern: "^[a-z0-9_]{1,32}$" },
    additionalProperties: either(long),
  };
}

function testSchema(context: SchemaContext): Schema {
  const { personFields, givenFields } = givenSchemaFields;
  const value = fieldSchema(
    { kind: "value", about: "The value, written as its default would be; people by their names." },
    context,
  );
  const data = { type: "object", additionalProperties: value };
  const owned = {
    type: "object",
    additionalProperties: {
      description: "The value itself where there is one for the server or the bot, else by the name of whose it is.",
      if: { type: "object" },
      then: { type: "object", additionalProperties: value },
      else: value,
    },
  };
  const person = objectSchema(personFields, context, { beside: { data } });
  const given = objectSchema(givenFields, context, {
    beside: { people: { type: "object", additionalProperties: person }, data: owned },
  });
  const steps = {
    type: "array",
    description: "What happens, and what comes of it.",
    items: stepSchema(context, owned),
  };
  return objectSchema(testFields, context, { beside: { given, steps }, required: ["steps"] });
}

/** @param owned - what is remembered, by its name and by whose it is */
function stepSchema(context: SchemaContext, owned: Schema): Schema {
  const { personStepFields, webhookStepFields, didFields, expectFields } = stepSchemaFields;
  const expected = objectSchema(expectFields, context, {
    beside: { data: { ...owned, description: "What is remembered, by its name under data." } },
  });
  const did = objectSchema(didFields, context, { short: "text" });
  const body = {
    description: "What it sends: keys and values as JSON has them, so true and not yes; or a text.",
    type: ["object", "array", ...scalar, "null"],
  };
  const plainStep: Schema = {
    type: "object",
    properties: {
      bot: {
        description: "What the bot must have said or done.",
        if: { type: "array" },
        then: { items: did },
        else: did,
      },
      bot_silent: { description: "The bot must have said and done nothing.", type: ["boolean", "string"] },
      after: { description: "Time that passes.", type: "string", pattern: durationPattern },
      restart: { description: "The bot is stopped and started again.", type: ["boolean", "string"] },
      expect: { ...expected, description: "What must be so then." },
      // Editors offer these where nothing is written yet, because they cannot choose a branch then.
      as: fieldSchema(personStepFields.as, context),
      webhook: fieldSchema(webhookStepFields.webhook, context),
    },
    additionalProperties: { description: "What somebody of that name says.", type: scalar },
    minProperties: 1,
    maxProperties: 1,
  };
  const webhookStep = objectSchema(webhookStepFields, context, { beside: { body } });
  return {
    if: { type: "object", required: ["as"] },
    then: objectSchema(personStepFields, context),
    else: { if: { type: "object", required: ["webhook"] }, then: webhookStep, else: plainStep },
  };
}

function schedulesSchema(context: SchemaContext): Schema {
  return named(objectSchema(scheduleFields(context.words), context));
}

/** How often a command or a rule may do its actions. */
function timesSchema(context: SchemaContext): Readonly<Record<string, Schema>> {
  return {
    rate_limit: {
      description: "The name of a limit, or the limit itself.",
      if: { type: "object" },
      then: objectSchema(limitFields, context),
      else: { type: "string" },
    },
    cooldown: {
      description: "How long after one use the next is possible; it is kept over restarts.",
      if: { type: "object" },
      then: objectSchema(cooldownFields, context),
      else: { type: "string" },
    },
  };
}

function ruleSchema(context: SchemaContext): Schema {
  const trigger = { $ref: "#/$defs/trigger" };
  const when = {
    description: "What starts the rule.",
    // Editors offer these where nothing is written yet, because they cannot choose a branch then.
    examples: [...context.words.triggers.values()].flatMap((word) => (word.implicit === true ? [] : [word.name])),
    if: { type: "array" },
    then: { items: trigger },
    else: trigger,
  };
  return objectSchema(ruleFields, context, { beside: { when, ...timesSchema(context) }, required: ["when"] });
}
