import type { CanonicalRule } from "../../contracts/canonical.ts";
import { type Diagnostic, warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check, CheckContext } from "./check.ts";
import { argumentsOfKind, type FoundArgument } from "./walk.ts";

/** What people would see as it stands: values as other bots write them, `{user}`, `%user%`, `$user`; `\n`; a lone quote. */
export const shownAsWritten: Check = function* (context) {
  for (const argument of argumentsOfKind(context, "text")) {
    const { rule, value } = argument;
    if (typeof value !== "string") continue;
    if (/[{%$]\s*[a-z]/i.test(value)) yield* placeholders(context, rule, argument, value);
    const quote = strayQuote(value);
    if (quote !== undefined) yield* quoteAtEnd(context, argument, value, quote);
    if (value.includes("\\n")) yield* lineBreak(context, argument, value);
  }
};

const forms = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|(?<![{$])\{\s*([a-z][\w. ]*?)\s*\}|%([a-z][\w.]*)%|\$([a-z][\w.]*)/gi;

function* placeholders(
  context: CheckContext,
  rule: CanonicalRule,
  { node, key }: FoundArgument,
  text: string,
): Generator<Diagnostic> {
  for (const found of text.matchAll(forms)) {
    const name = found[1] ?? found[2] ?? found[3];
    const meant = name === undefined ? undefined : meantBy(context, rule, name);
    const at = meant === undefined ? undefined : context.origins.inText(node, key, found.index, found[0].length);
    if (at === undefined) continue;
    const message = `people see "${found[0]}" as it stands here; a value stands in two pairs of braces.`;
    yield warningAt(at, { code: "looks-like-a-value", message, hint: `write {{ ${meant} }}` });
  }
}

/** The value that other bots call by a name; undefined where it may be anything. */
function meantBy({ config }: CheckContext, rule: CanonicalRule, written: string): string | undefined {
  const name = written.toLowerCase().replace(/[\s-]+/g, "_");
  const [root = ""] = name.split(".");
  if (rule.command?.options.some((option) => option.name === root) === true) return `options.${root}`;
  if (Object.hasOwn(config.data, root)) return `data.${root}`;
  if (/^(options|data|user|server|channel|message|bot)\.\w+$/.test(name)) return name;
  if (/^(user_?mention|mention|member_?mention|ping)$/.test(name)) return "user.mention";
  if (/^(user|member|author|user_?name|member_?name|nick(name)?|display_?name|name)$/.test(root)) return "user.name";
  if (/^(server|guild|server_?name|guild_?name|chat)$/.test(root)) return "server.name";
  if (/^(channel|channel_?name)$/.test(root)) return "channel.name";
  return /^(message|content)$/.test(root) ? "message.text" : undefined;
}

/** The quote at the end of a text, where none begins it; a number before it makes it inches. */
function strayQuote(text: string): string | undefined {
  const quote = /[^\s\d](")$|[.!?](')$/
    .exec(text)
    ?.slice(1)
    .find((one) => one !== undefined);
  return quote !== undefined && text.indexOf(quote) === text.length - 1 ? quote : undefined;
}

function* quoteAtEnd(
  { origins }: CheckContext,
  { node, key }: FoundArgument,
  text: string,
  quote: string,
): Generator<Diagnostic> {
  const at = origins.inText(node, key, text.length - 1, 1);
  if (at === undefined) return;
  const message = `people see the ${quote} at the end, because none stands at the beginning of the text.`;
  yield warningAt(at, { code: "stray-quote", message, hint: "delete it, or put one at the beginning too" });
}

function* lineBreak({ origins }: CheckContext, { node, key }: FoundArgument, text: string): Generator<Diagnostic> {
  const at = origins.inText(node, key, text.indexOf("\\n"), 2);
  if (at === undefined) return;
  const message = 'people see "\\n" as it stands here; it begins a new line only in a text with double quotes.';
  const hint = "put double quotes around the whole text, or write | and its lines below";
  yield warningAt(at, { code: "backslash-shown", message, hint });
}
