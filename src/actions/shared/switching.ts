import { switchables } from "../../contracts/control.ts";
import type { Fields } from "../../contracts/fields.ts";
import { type ActionContext, done, notDone, type Outcome } from "../../contracts/word.ts";

/** What is switched on or off. */
export const switchFields = {
  name: { kind: "plain", about: "The name of the command, rule or schedule.", maxLength: 100, examples: ["give"] },
  kind: {
    kind: "choice",
    values: switchables,
    about: "Which of them is meant, where several have this name.",
    optional: true,
  },
} as const satisfies Fields;

/** Said where the bot does not take orders. */
export const notAtHome = "That can only be done on a server that this bot belongs to.";

export async function switchTo(
  { control }: ActionContext,
  { name, kind }: { readonly name: string; readonly kind?: string },
  on: boolean,
): Promise<Outcome> {
  if (!(await control.isHome())) return notDone(notAtHome);
  const problem = await control.switch(
    name,
    switchables.find((one) => one === kind),
    on,
  );
  return problem === undefined ? done : notDone(problem);
}
