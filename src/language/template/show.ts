import type { Printer } from "../print.ts";
import { type RichNode, type RichText, richText } from "../rich-text.ts";
import { required, type ValueType } from "../types.ts";
import { type Env, isList, isMention, type Mention, type Value } from "../values.ts";
import type { Shown } from "./fill.ts";

/** How the value of a hole is shown. Only the static type decides on mentions, so no data can forge one. */
export function shower(type: ValueType, print: Printer): (value: Value, env: Env) => Shown {
  if (type.kind === "code")
    return (value, env) => (value === null || value === "" ? "" : [{ type: "code", text: print(value, env) }]);
  if (type.kind === "mention") return (value, env) => (isMention(value) ? [mentionNode(value)] : print(value, env));
  if (!isMentionList(type)) return print;
  return (value, env) =>
    isList(value)
      ? value.flatMap((item, at) => [...(at > 0 ? richText(", ") : []), ...mentionOrText(item, env, print)])
      : print(value, env);
}

const isMentionList = (type: ValueType) => type.kind === "list" && required(type.of).kind === "mention";

function mentionOrText(value: Value, env: Env, print: Printer): RichText {
  return isMention(value) ? [mentionNode(value)] : richText(print(value, env));
}

function mentionNode(value: Mention): RichNode {
  const { kind, id, name } = value.target;
  return { type: "mention", target: { kind, id, name } };
}
