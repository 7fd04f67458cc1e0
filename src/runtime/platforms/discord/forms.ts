import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APIModalSubmissionComponent,
  type APIStringSelectComponent,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from "discord.js";
import type { OutForm } from "../../../contracts/message.ts";
import { PlatformError } from "../../../contracts/platform.ts";
import { discordLimits } from "../../../platforms/discord.ts";
import { truncate } from "./cut.ts";

type Field = OutForm["fields"][number];

const { choiceLength, formFields, formLabelLength, formInputLength, menuChoices } = discordLimits;
/** Lengths that Discord takes (documentation: "Component Reference", Label, Text Input and String Select). */
const most = {
  title: 45,
  label: formLabelLength,
  description: 100,
  placeholder: 100,
  typed: formInputLength,
  choices: menuChoices,
  choice: choiceLength,
};

/**
 * The form as Discord shows it: a modal.
 * @throws PlatformError kind "refused" where it has more fields than fit
 */
export function modalOf({ key, title, fields }: OutForm): APIModalInteractionResponseCallbackData {
  if (fields.length > formFields)
    throw new PlatformError(
      "refused",
      `A form on Discord has at most ${formFields} fields; this one has ${fields.length}.`,
    );
  return { custom_id: key, title: truncate(title, most.title), components: fields.map(labelOf) };
}

/** A long label goes on in small print under its first words. */
function labelOf(field: Field): APILabelComponent {
  const { label } = field;
  return {
    type: ComponentType.Label,
    label: truncate(label.trim() || field.name, most.label),
    ...(label.length > most.label ? { description: truncate(label, most.description) } : {}),
    component: hasList(field) ? listOf(field, field.choices) : inputOf(field),
  };
}

/** What has no room in a list is typed. */
function hasList(field: Field): field is Field & { choices: readonly string[] } {
  const choices = field.choices ?? [];
  const fits = (choice: string) => choice !== "" && choice.length <= most.choice;
  return choices.length > 0 && choices.length <= most.choices && choices.every(fits);
}

const hint = ({ placeholder }: Field) =>
  placeholder === undefined ? {} : { placeholder: truncate(placeholder, most.placeholder) };

function listOf(field: Field, choices: readonly string[]): APIStringSelectComponent {
  return {
    type: ComponentType.StringSelect,
    custom_id: field.name,
    required: field.required,
    ...hint(field),
    options: [...new Set(choices)].map((choice) => ({ label: choice, value: choice })),
  };
}

function inputOf(field: Field): APITextInputComponent {
  const within = (length: number, least: number) => Math.min(most.typed, Math.max(least, length));
  return {
    type: ComponentType.TextInput,
    custom_id: field.name,
    style: field.long ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: field.required,
    ...hint(field),
    ...(field.minLength === undefined ? {} : { min_length: within(field.minLength, 0) }),
    ...(field.maxLength === undefined ? {} : { max_length: within(field.maxLength, 1) }),
  };
}

/** What was typed and chosen, by the fields' names. */
export function typedInto(components: readonly APIModalSubmissionComponent[]): Readonly<Record<string, string>> {
  const fields = components.flatMap((outer) =>
    "component" in outer ? [outer.component] : "components" in outer ? outer.components : [],
  );
  return Object.fromEntries(
    fields.flatMap((field) => {
      if (field.type === ComponentType.TextInput) return [[field.custom_id, field.value]];
      return field.type === ComponentType.StringSelect ? [[field.custom_id, field.values[0] ?? ""]] : [];
    }),
  );
}
