import { defineTrigger } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import type { Value } from "../language/values.ts";

export const custom_event = defineTrigger({
  name: "custom_event",
  summary:
    "The action emit lets something happen under this name: user is who caused it, and values.<name> what it was given along.",
  tells: "{name} happens",
  short: "name",
  fields: { name: { kind: "plain", about: "The name that emit gives it.", maxLength: 100, examples: ["level_up"] } },
  events: ["custom_event"],
  matches:
    ({ name }) =>
    ({ event }) =>
      event.kind === "custom_event" && event.name === name,
  variables: () => ({ values: t.unknown }),
  values: (event) => (event.kind === "custom_event" ? { values: event.values as Value } : {}),
  feeds: [],
  hasMessage: false,
  examples: [{ about: "Whenever emit says so", yaml: "custom_event: level_up" }],
});
