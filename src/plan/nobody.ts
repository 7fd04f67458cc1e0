import { type CanonicalAction, type CanonicalDatum, isOfPeople } from "../contracts/canonical.ts";
import type { ActionDefinition } from "../contracts/word.ts";
import { type RuleContext, report } from "./context.ts";
import { datumOf } from "./datum-value.ts";
import { hintForPersonal, personalMessage } from "./scope.ts";

/** Tells where an action is about whoever caused this, and nobody does: the clock did, or the start of the bot. */
export function checkNobody(context: RuleContext, word: ActionDefinition, action: CanonicalAction): void {
  if (Object.hasOwn(context.scope, "user")) return;
  const code = "nobody-caused-it";
  if (word.answers === true) {
    const message = `"${word.name}" answers somebody, and nobody causes this.`;
    const hint = "use send, and say where to: send: { to: general, text: Hello }";
    report(context, action, undefined, code, message, hint);
    return;
  }
  for (const [name, field] of Object.entries(word.fields)) {
    if (field.kind !== "person" || field.causer !== true || action.args[name] !== undefined) continue;
    const scope = datumOf(context.data, word.fields, action.args)?.scope;
    if (scope !== undefined && scope !== "user" && scope !== "member") continue;
    const message = `"${word.name}" does not say whom it is about, and nobody causes this.`;
    report(context, action, undefined, code, message, `write ${name}: and the person`);
  }
}

/** Tells where a condition asks for data of whoever caused this, and nobody does. */
export function checkWhose(context: RuleContext, name: string, datum: CanonicalDatum, asked: object): void {
  if (Object.hasOwn(context.scope, "user") || !isOfPeople(datum.scope)) return;
  report(context, asked, name, "nobody-caused-it", `${personalMessage(name)}.`, hintForPersonal(name, datum));
}
