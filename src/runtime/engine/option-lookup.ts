import type { RunScope } from "../../plan/program.ts";
import type { Services } from "../services.ts";
import { findPerson } from "./names.ts";
import type { OptionLookup } from "./options.ts";

/** Looks up what a person typed, where the event of a scope comes from. */
export function optionLookup(
  services: Services,
  { event, names, env }: Pick<RunScope, "event" | "names" | "env">,
): OptionLookup {
  return {
    timezone: env.timezone,
    async person(name) {
      const port = services.port(event.platform);
      return port === undefined ? undefined : findPerson(services, port, event.server?.id, name);
    },
    role: (name) => names.role(undefined, name.replace(/^@/, ""), "person"),
    channel: async (name) => (await names.place(undefined, name.replace(/^#/, ""), "person")).channel,
  };
}
