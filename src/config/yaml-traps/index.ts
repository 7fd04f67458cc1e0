import { asterisk } from "./asterisk.ts";
import { atSign } from "./at-sign.ts";
import { backslash } from "./backslash.ts";
import { backtick } from "./backtick.ts";
import { bareWord } from "./bare-word.ts";
import { brokenList } from "./broken-list.ts";
import { colon } from "./colon.ts";
import { cron } from "./cron.ts";
import { dashForgotten } from "./dash-forgotten.ts";
import { emoji } from "./emoji.ts";
import { exclamation } from "./exclamation.ts";
import { indentation } from "./indentation.ts";
import { indentedUnderValue } from "./indented-under-value.ts";
import { listTooFarLeft } from "./list-too-far-left.ts";
import { listUnderValue } from "./list-under-value.ts";
import { missingColon } from "./missing-colon.ts";
import { percent } from "./percent.ts";
import { pipeForgotten } from "./pipe-forgotten.ts";
import { quoteEndsEarly } from "./quote-ends-early.ts";
import { secret } from "./secret.ts";
import { specialSign } from "./special-sign.ts";
import { syntax } from "./syntax.ts";
import { tab } from "./tab.ts";
import { tag } from "./tag.ts";
import { template } from "./template.ts";
import { textOverLines } from "./text-over-lines.ts";
import type { Finding, Trap, TrapContext } from "./trap.ts";
import { unclosedBracket } from "./unclosed-bracket.ts";
import { unclosedQuote } from "./unclosed-quote.ts";
import { wideColon } from "./wide-colon.ts";

/** The traps that make YAML refuse a file, the most telling first. */
const traps: readonly Trap[] = [
  tab,
  wideColon,
  backslash,
  unclosedQuote,
  listTooFarLeft,
  brokenList,
  listUnderValue,
  dashForgotten,
  template,
  secret,
  quoteEndsEarly,
  atSign,
  backtick,
  percent,
  cron,
  asterisk,
  exclamation,
  tag,
  emoji,
  pipeForgotten,
  colon,
  unclosedBracket,
  textOverLines,
  bareWord,
  indentedUnderValue,
  missingColon,
  indentation,
  specialSign,
];

/** Explains a problem that the YAML library met, in the words of somebody who wanted to write a text. */
export function explain(at: TrapContext): Finding {
  for (const trap of traps) {
    const finding = trap(at);
    if (finding !== undefined) return finding;
  }
  return syntax(at);
}
