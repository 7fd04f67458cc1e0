import { sentencesOf } from "../form.ts";

/** What people type and what data holds. `value` is its name in quotes, or one of your_answer and each_entry. */
export const values = sentencesOf({
  option_missing: {
    about: "An option is not given; with_usage says how the command is written.",
    text: "{{ value }} is missing.",
    variables: { value: "text" },
  },
  file_missing: {
    about: "A file that a command needs is not there.",
    text: "{{ value }} is missing. Send it along with the command.",
    variables: { value: "text" },
  },
  too_much_written: {
    about: "More is written than a command takes.",
    text: 'I do not know what to do with "{{ text }}".',
    variables: { text: "text" },
  },
  with_usage: {
    about: "What is wrong with an option, and how the command is written.",
    text: "{{ problem }} Write it like this: {{ usage }}",
    variables: { problem: "text", usage: "text" },
  },
  each_entry: {
    about: "How the entries of a list are called.",
    text: 'Each entry of "{{ name }}"',
    variables: { name: "text" },
  },
  value_text: { about: "Something is no text.", text: "{{ value }} must be a text.", variables: { value: "text" } },
  value_too_short: {
    about: "A text is too short.",
    text: "{{ value }} must have at least {{ least }} characters.",
    variables: { value: "text", least: "number" },
  },
  value_too_long: {
    about: "A text is too long.",
    text: "{{ value }} may have at most {{ most }} characters.",
    variables: { value: "text", most: "number" },
  },
  value_number: {
    about: "Something is no number.",
    text: '{{ value }} must be a number{% if given %}, not "{{ given }}"{% endif %}.',
    variables: { value: "text", given: "text?" },
  },
  value_whole_number: {
    about: "Something is no whole number.",
    text: '{{ value }} must be a whole number{% if given %}, not "{{ given }}"{% endif %}.',
    variables: { value: "text", given: "text?" },
  },
  value_at_least: {
    about: "A number or a time is too small.",
    text: "{{ value }} must be at least {{ least }}.",
    variables: { value: "text", least: "value" },
  },
  value_at_most: {
    about: "A number or a time is too large.",
    text: "{{ value }} must be at most {{ most }}.",
    variables: { value: "text", most: "value" },
  },
  value_above_zero: {
    about: "A number is not above 0.",
    text: "{{ value }} must be above 0.",
    variables: { value: "text" },
  },
  value_yes_no: {
    about: "Something is neither yes nor no.",
    text: '{{ value }} must be yes or no{% if given %}, not "{{ given }}"{% endif %}.',
    variables: { value: "text", given: "text?" },
  },
  value_choice: {
    about: "Something is none of the choices.",
    text: '{{ value }} must be one of {{ choices | join: ", " }}.{% if near %} Did you mean "{{ near }}"?{% endif %}',
    variables: { value: "text", choices: "list", near: "text?" },
  },
  value_duration: {
    about: "Something is no length of time.",
    text: '{{ value }} must be a time, such as 10m or 2h{% if given %}, not "{{ given }}"{% endif %}.',
    variables: { value: "text", given: "text?" },
  },
  value_time: {
    about: "Something is no point in time.",
    text: '{{ value }} must be a day, such as 2026-12-24, or a day and a time, such as 2026-12-24 18:00{% if given %}, not "{{ given }}"{% endif %}.',
    variables: { value: "text", given: "text?" },
  },
  value_percent: {
    about: "Something is no percentage.",
    text: "{{ value }} must be a percentage, and {{ given }} is not one.",
    variables: { value: "text", given: "text" },
  },
  value_person: { about: "Something is nobody.", text: "{{ value }} must be a person.", variables: { value: "text" } },
  value_role: { about: "Something is no role.", text: "{{ value }} must be a role.", variables: { value: "text" } },
  value_channel: {
    about: "Something is no channel.",
    text: "{{ value }} must be a channel.",
    variables: { value: "text" },
  },
  value_file: { about: "Something is no file.", text: "{{ value }} must be a file.", variables: { value: "text" } },
  value_too_many: {
    about: "A list has too many entries.",
    text: "{{ value }} may have at most {{ most }} {% if most == 1 %}entry{% else %}entries{% endif %}.",
    variables: { value: "text", most: "number" },
  },
  no_value: {
    about: "What an action needs is empty.",
    text: 'There is no value for "{{ name }}".',
    variables: { name: "text" },
  },
  no_such_right: {
    about: "There is no right of that name.",
    text: 'There is no right "{{ name }}".',
    variables: { name: "text" },
  },
  nobody_named: { about: "Whom an action is about is empty.", text: "Nobody was named.", variables: {} },
  not_a_file: {
    about: "What is to be sent as a file is none.",
    text: "That is not a file that can be sent.",
    variables: {},
  },
  list_full: {
    about: "A list under data is full.",
    text: '"{{ name }}" is full: it may have at most {{ most }} {% if most == 1 %}entry{% else %}entries{% endif %}.',
    variables: { name: "text", most: "number" },
  },
  list_needed: {
    about: "Data that holds a list is set to something else.",
    text: '"{{ name }}" holds a list.',
    variables: { name: "text" },
  },
  no_such_entry: {
    about: "What is to be removed is not in the list.",
    text: '"{{ name }}" has no such entry.',
    variables: { name: "text" },
  },
  number_needed: {
    about: "Something is added to data that holds no number.",
    text: '"{{ name }}" is not a number.',
    variables: { name: "text" },
  },
  whole_numbers_only: {
    about: "A part of a whole is added to data that holds whole numbers.",
    text: '"{{ name }}" holds whole numbers, and {{ amount }} is not one.',
    variables: { name: "text", amount: "value" },
  },
  amount_above_zero: {
    about: "Nothing, or less, is to be moved between people.",
    text: "The amount must be above 0.",
    variables: {},
  },
  not_enough: {
    about: "Data would go below its minimum.",
    text: 'There is not enough: "{{ name }}" is {{ is }} and cannot go below {{ least }}.',
    variables: { name: "text", is: "value", least: "value" },
  },
  too_much: {
    about: "Data would go above its maximum.",
    text: 'That is too much: "{{ name }}" is {{ is }} and cannot go above {{ most }}.',
    variables: { name: "text", is: "value", most: "value" },
  },
  too_much_for: {
    about: "Who is given something cannot have that much.",
    text: "{{ name }} cannot have that much.",
    variables: { name: "text" },
  },
  same_person: {
    about: "Something is to be moved from somebody to themselves.",
    text: "Both are the same person, so there is nothing to move.",
    variables: {},
  },
});
