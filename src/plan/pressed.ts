import type { CanonicalAction, CanonicalArguments, CanonicalCondition, CanonicalWho } from "../contracts/canonical.ts";
import { hasTags } from "../language/template/scan.ts";
import { t, type ValueType } from "../language/types.ts";
import { type RuleContext, report } from "./context.ts";
import { under } from "./guards.ts";
import type { CompiledButton } from "./program.ts";
import { rightsOf } from "./walk.ts";

/** A button's actions belong to the press, not to the run that sent it: they are compiled apart and found by path. */
export function compileButton(context: RuleContext, written: CanonicalArguments, path: string): CompiledButton {
  const actions = written.do as readonly CanonicalAction[] | undefined;
  const allow = written.allow as readonly CanonicalWho[] | undefined;
  const run = written.run as string | undefined;
  const url = written.url;
  const ways = [actions, run, url].filter((way) => way !== undefined).length;
  const isHeard = ways === 0 && context.hearsPress(String(written.label));
  if (ways !== 1 && !isHeard)
    report(
      context,
      written,
      "label",
      "bad-button",
      "a button needs exactly one of do, run and url.",
      "write what a press does under do:, or name a command with run:, or give the page to open with url:",
    );
  const condition = written.if as CanonicalCondition | undefined;
  const asked = condition === undefined ? context : under(context, condition);
  const scope = withWhoPresses(asked);
  const button: CompiledButton = {
    path,
    ...(actions === undefined ? {} : { do: pressed(asked, scope, actions, path) }),
    ...(run === undefined ? {} : { run }),
    ...(condition === undefined ? {} : { if: context.compile.condition(asked, condition) }),
    ...(allow === undefined ? {} : { allow: context.who(allow) }),
    rights: actions === undefined ? [] : rightsOf(context.registry, context.rule, actions),
    once: written.once === true,
  };
  context.buttons.set(path, button);
  return button;
}

/** A menu's actions belong to whoever picks, like a button's. */
export function compilePicks(context: RuleContext, written: CanonicalArguments, path: string): CompiledButton {
  const actions = (written.do ?? []) as readonly CanonicalAction[];
  const allow = written.allow as readonly CanonicalWho[] | undefined;
  const multiple = written.multiple === true;
  const type = pickedType(written.choices as readonly CanonicalArguments[] | undefined);
  const scope = { ...withWhoPresses(context), picked: multiple ? t.list(type) : type };
  const menu: CompiledButton = {
    path,
    do: pressed(context, scope, actions, path),
    menu: { multiple },
    ...(allow === undefined ? {} : { allow: context.who(allow) }),
    rights: rightsOf(context.registry, context.rule, actions),
    once: written.once === true,
  };
  context.buttons.set(path, menu);
  return menu;
}

/** Whoever presses is there, also where nobody caused what sent the button. */
function withWhoPresses({ scope, types }: RuleContext): RuleContext["scope"] {
  return { ...scope, user: types.person, data: types.data };
}

/** What a press does is a run of its own: the one that sent the button never knows what is saved there. */
function pressed(context: RuleContext, scope: RuleContext["scope"], actions: readonly CanonicalAction[], path: string) {
  return context.compile.sequence({ ...context, scope, message: "unknown", saved: new Map() }, actions, `${path}/do`);
}

/** The texts that can be picked, where no template decides. */
function pickedType(choices: readonly CanonicalArguments[] = []): ValueType {
  const values = choices.map(({ value, label }) => String(value ?? label));
  return values.some(hasTags) ? t.text : t.choice(values);
}
