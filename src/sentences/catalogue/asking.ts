import { sentencesOf } from "../form.ts";

/** Questions, forms, confirmations and polls. */
export const asking = sentencesOf({
  label_yes: { about: "The button or answer for yes.", text: "Yes", variables: {} },
  label_no: { about: "The button or answer for no.", text: "No", variables: {} },
  label_fill_in: { about: "The button that opens a form.", text: "Fill in", variables: {} },
  label_done: { about: "The button that ends picking several.", text: "Done", variables: {} },
  word_skip: { about: "What people write to leave a field of a form empty.", text: "skip", variables: {} },
  your_answer: {
    about: "How an answer to a question is called in the value_ sentences.",
    text: "Your answer",
    variables: {},
  },
  question_empty: {
    about: "The question says nothing, so it is not asked.",
    text: "The question would be empty, so it was not asked.",
    variables: {},
  },
  question_cancelled: { about: "Somebody cancels a question.", text: "The question was cancelled.", variables: {} },
  form_cancelled: { about: "Somebody cancels a form.", text: "The form was cancelled.", variables: {} },
  unanswered: {
    about: "Nobody answers a question or fills in a form in time.",
    text: "Nobody answered in time.",
    variables: {},
  },
  declined: { about: "Somebody says no to a confirm.", text: "It was declined, so nothing was done.", variables: {} },
  unconfirmed: {
    about: "Nobody answers a confirm in time.",
    text: "Nobody answered in time, so nothing was done.",
    variables: {},
  },
  not_your_question: {
    about: "Somebody answers a question that is not for them.",
    text: "This question is not for you.",
    variables: {},
  },
  old_question: {
    about: "An answer comes when the question is over.",
    text: "This question is no longer open.",
    variables: {},
  },
  too_many_questions: {
    about: "Too many questions are open.",
    text: "I am asking too many people at once just now. Please try again later.",
    variables: {},
  },
  ended_with_its_rule: {
    about: "What somebody waits for is no longer in the file.",
    text: "What you began with {{ name }} is no longer possible, so I stopped it.",
    variables: { name: "text" },
  },
  nobody_to_ask: {
    about: "There is nobody who could be asked.",
    text: "There is nobody here who could be asked.",
    variables: {},
  },
  ask_elsewhere: {
    about: "Who is to be asked is on another platform.",
    text: "{{ name }} is on {{ platform }}, so they cannot be asked from {{ here }}.",
    variables: { name: "text", platform: "text", here: "text" },
  },
  try_again: {
    about: "An answer does not fit; `problem` is one of the value_ sentences, `word` what ends the question.",
    text: "{{ problem }} Please try again{% if word %}, or write {{ word }}{% endif %}.",
    variables: { problem: "text", word: "text?" },
  },
  fill_in_again: {
    about: "A form does not fit; `problem` is field_problem.",
    text: "{{ problem }} Please fill it in again.",
    variables: { problem: "text" },
  },
  field_problem: {
    about: "What is wrong in which field of a form.",
    text: "{{ field }}: {{ problem }}",
    variables: { field: "text", problem: "text" },
  },
  must_be_filled_in: { about: "A field of a form is empty.", text: "It must be filled in.", variables: {} },
  may_be_skipped: {
    about: "A field of a form that may stay empty, where each is asked for; `word` is word_skip.",
    text: "{{ field }} (write {{ word }} to leave it empty)",
    variables: { field: "text", word: "text" },
  },
  form_not_opened: {
    about: "A form could not be opened.",
    text: "The form could not be opened. Please press the button again.",
    variables: {},
  },
  not_your_poll: { about: "Somebody may not vote.", text: "This poll is not for you.", variables: {} },
  poll_over: { about: "What stands under a poll at its end.", text: "The poll is over.", variables: {} },
  poll_full: {
    about: "So many people have voted that a poll cannot count more.",
    text: "This poll is full: {{ most }} people have voted, and it cannot count more.",
    variables: { most: "number" },
  },
  poll_too_few: {
    about: "A poll has less than two choices.",
    text: "A poll needs at least two choices.",
    variables: {},
  },
  poll_nowhere: { about: "A poll has no place.", text: "No place was named to ask in.", variables: {} },
});
