import { switchables } from "../../contracts/control.ts";
import type { Fields } from "../../contracts/fields.ts";
import { type ActionContext, done, notDone, type Outcome } from "../../contracts/word.ts";
import { say } from "../../sentences/sentence.ts";

/** What is switched on or off. */
export const switchFields = {
  name: {
    kind: "plain",
    format: "switchable",
    about: "The name of the command, rule or schedule.",
    maxLength: 100,
    examples: ["give"],
  },
  kind: {
    kind: "choice",
    values: switchables,
    about: "Which of them is meant, where several have this name.",
    optional: true,
  },
} as const satisfies Fields;

export async function switchTo(
  { control }: ActionContext,
  { name, kind }: { readonly name: string; readonly kind?: string },
  on: boolean,
): Promise<Outcome> {
  if (!(await control.isHome())) return notDone(say("not_at_home"));
  const problem = await control.switch(
    name,
    switchables.find((one) => one === kind),
    on,
  );
  return problem === undefined ? done : notDone(problem);
}
