import { defineTrigger } from "../contracts/word.ts";
import { t } from "../language/types.ts";

export const form_submitted = defineTrigger({
  name: "form_submitted",
  summary:
    "Somebody has filled in a form of this bot: user is that person, form.title its title, and form.answers holds what each field says.",
  tells: ["somebody has filled in the form {title}", "somebody has filled in a form"],
  short: "title",
  fields: {
    title: {
      kind: "plain",
      about: "Only the form of this title. Every form, if left out.",
      optional: true,
      maxLength: 45,
      examples: ["Join the crew"],
    },
  },
  events: ["submitted"],
  matches:
    ({ title }) =>
    ({ event }) =>
      event.kind === "submitted" && (title === undefined || event.title.toLowerCase() === title.toLowerCase()),
  variables: () => ({ form: t.object("form", { title: t.text, answers: t.unknown }, "title") }),
  values: (event) => (event.kind === "submitted" ? { form: { title: event.title, answers: event.answers } } : {}),
  feeds: ["buttons"],
  hasMessage: false,
  examples: [{ about: "One form", yaml: "form_submitted: Join the crew" }],
});
