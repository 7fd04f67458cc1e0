import type { Problem } from "../problem.ts";
import { foreignOperators, foreignValues } from "./foreign.ts";
import { lex, syntaxProblem, type Token } from "./lexer.ts";
import {
  type ComparisonOperator,
  type Expression,
  type FilterCall,
  type PathStep,
  type Span,
  spanFrom,
} from "./syntax.ts";

export type ParsedExpression =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly problem: Problem };

const comparisons = new Set(["==", "!=", "<", "<=", ">", ">=", "contains", "in"]);
/** Deep enough for people, shallow enough for the stack. */
const deepest = 50;
const longest = 10_000;

class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/**
 * What was read of short expressions: the checks, the plan and whoever reads a rule back look at the same ones, and files
 * write them again and again.
 */
const known = new Map<string, ParsedExpression>();
const mostKnown = 4000;
const longestKnown = 200;

/** Reads an expression. Never throws, whatever the text is. */
export function parseExpression(source: string): ParsedExpression {
  const before = known.get(source);
  if (before !== undefined) return before;
  const parsed = parse(source);
  if (source.length > longestKnown) return parsed;
  if (known.size >= mostKnown) known.clear();
  known.set(source, parsed);
  return parsed;
}

function parse(source: string): ParsedExpression {
  if (source.length > longest)
    return { ok: false, problem: syntaxProblem(0, source.length, "this expression is too long", "split it up") };
  const lexed = lex(source);
  if (!lexed.ok) return lexed;
  try {
    return { ok: true, expression: parseTokens(source, lexed.tokens) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, problem: error.problem };
    throw error;
  }
}

function parseTokens(source: string, tokens: readonly Token[]): Expression {
  let at = 0;
  let depth = 0;
  const peek = () => tokens[at]!;
  const take = () => tokens[at++]!;
  const isMark = (text: string) => {
    const token = peek();
    return token.kind === "mark" && token.text === text;
  };
  const written = (span: Span) => source.slice(span.offset, span.offset + span.length);

  function refuse(span: Span, message: string, hint?: string): never {
    throw new Refused(syntaxProblem(span.offset, Math.max(span.length, 1), message, hint));
  }

  function nested<T>(read: () => T): T {
    if (++depth > deepest) refuse(peek().span, "this expression is nested too deep", "split it up");
    const result = read();
    depth--;
    return result;
  }

  /** Everything up to `|`, and the filters behind it. */
  function filtered(): Expression {
    let result = or();
    const single = result.kind !== "compare" && result.kind !== "and" && result.kind !== "or" && result.kind !== "not";
    const first = result;
    while (isMark("|")) {
      const bar = take();
      if (!single && peek().kind === "word" && !isParenthesized(first)) {
        const last = lastOperand(first);
        const rest = source.slice(bar.span.offset).trim();
        refuse(
          bar.span,
          "it is not clear what this filter belongs to",
          `put brackets around it: (${written(last.span)} ${rest.length > 60 ? "| …" : rest})`,
        );
      }
      const call = filterCall();
      result = { kind: "filter", input: result, call, span: spanFrom(result.span, tokens[at - 1]!.span) };
    }
    if (result.kind === "filter") {
      const token = peek();
      if (token.kind === "mark" && (comparisons.has(token.text) || token.text === "and" || token.text === "or"))
        refuse(
          token.span,
          `"${token.text}" cannot follow a filter`,
          `put brackets around it: (${written(result.span)})`,
        );
    }
    return result;
  }

  const parenthesized = new Set<Expression>();
  const isParenthesized = (expression: Expression) => parenthesized.has(expression);

  function filterCall(): FilterCall {
    const name = take();
    if (name.kind !== "word") refuse(name.span, "after | the name of a filter is missing", "for example | upcase");
    const args: Expression[] = [];
    if (isMark(":")) {
      take();
      args.push(operand());
      while (isMark(",")) {
        take();
        args.push(operand());
      }
    } else if (isMark("(")) {
      refuse(peek().span, "arguments of a filter stand behind a colon", `write | ${name.text}: …`);
    }
    return { name: name.text, nameSpan: name.span, args };
  }

  function or(): Expression {
    return joined("or", () => joined("and", not));
  }

  function joined(word: "and" | "or", next: () => Expression): Expression {
    const first = next();
    if (!isMark(word)) return first;
    const operands = [first];
    while (isMark(word)) {
      take();
      operands.push(next());
    }
    return { kind: word, operands, span: spanFrom(first.span, operands.at(-1)!.span) };
  }

  function not(): Expression {
    if (!isMark("not")) return comparison();
    const start = take();
    const operand = nested(not);
    return { kind: "not", operand, span: spanFrom(start.span, operand.span) };
  }

  function comparison(): Expression {
    const left = operand();
    const token = peek();
    if (token.kind !== "mark" || !comparisons.has(token.text)) {
      if (isMark("not") && tokens[at + 1]?.kind === "mark") {
        const [, after] = [take(), peek()];
        const hint = `write not (${written(left.span)} ${written(after.span)} …)`;
        refuse(spanFrom(token.span, after.span), `"not" stands in front of what it denies`, hint);
      }
      return left;
    }
    take();
    if (isMark("not")) refuse(peek().span, `"not" cannot follow "${token.text}"`, `write not (… ${token.text} …)`);
    const right = operand();
    const more = peek();
    if (more.kind === "mark" && comparisons.has(more.text))
      refuse(more.span, "two comparisons in a row", `join them with and: … ${token.text} … and … ${more.text} …`);
    return {
      kind: "compare",
      operator: token.text as ComparisonOperator,
      left,
      right,
      span: spanFrom(left.span, right.span),
    };
  }

  function operand(): Expression {
    const token = take();
    switch (token.kind) {
      case "literal":
        return token;
      case "word":
        if (Object.hasOwn(foreignValues, token.text) && !isMark("."))
          refuse(token.span, `there is no "${token.text}" here`, foreignValues[token.text]);
        return path(token.text, token.span);
      case "end":
        return refuse(
          token.span,
          tokens.length === 1 ? "there is no expression here" : "something is missing at the end",
          tokens.length === 1 ? "write the name of a value, for example user.name" : undefined,
        );
      case "mark":
        if (token.text === "(") return group(token.span);
        if (token.text === "[") return list(token.span);
        return refuse(token.span, `"${token.text}" cannot stand here; a value is missing before it`);
    }
  }

  function group(open: Span): Expression {
    const inner = nested(filtered);
    const close = take();
    if (close.kind !== "mark" || close.text !== ")") unexpected(close, open);
    const expression = { ...inner, span: spanFrom(open, close.span) };
    parenthesized.add(expression);
    return expression;
  }

  function list(open: Span): Expression {
    const items: Expression[] = [];
    while (!isMark("]")) {
      items.push(nested(operand));
      if (isMark(",")) take();
      else break;
    }
    const close = take();
    if (close.kind !== "mark" || close.text !== "]") refuse(close.span, "this list is not closed", "end it with ]");
    return { kind: "list", items, span: spanFrom(open, close.span) };
  }

  function path(root: string, start: Span): Expression {
    const steps: PathStep[] = [];
    let last = start;
    while (isMark(".") || isMark("[")) {
      const mark = take();
      const step = take();
      if (mark.kind === "mark" && mark.text === ".") {
        if (step.kind !== "word")
          refuse(step.kind === "end" ? mark.span : step.span, "after the dot a name is missing");
        last = step.span;
        steps.push({ kind: "field", name: step.text, span: last });
        continue;
      }
      if (step.kind !== "literal" || (step.type !== "integer" && step.type !== "text"))
        refuse(step.span, "in [ ] stands a whole number, counted from 0", "[0] is the first, [-1] the last");
      const close = take();
      if (close.kind !== "mark" || close.text !== "]") refuse(close.span, "the ] is missing");
      last = close.span;
      const span = spanFrom(mark.span, last);
      steps.push(
        typeof step.value === "string"
          ? { kind: "field", name: step.value, span }
          : { kind: "index", index: step.value as number, span },
      );
    }
    return { kind: "path", root, steps, span: spanFrom(start, last) };
  }

  function unexpected(token: Token, open?: Span): never {
    if (token.kind === "end") refuse(open ?? token.span, "this bracket is not closed", "write ) where it ends");
    if (token.kind === "mark" && token.text === ")")
      refuse(token.span, "this bracket was never opened", "leave it out, or write ( where it begins");
    const text = written(token.span);
    refuse(token.span, `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}" is not expected here`, hintFor(token));
  }

  function hintFor(token: Token): string {
    const before = tokens[tokens.indexOf(token) - 1];
    const isDuration = (one: Token | undefined) => one?.kind === "literal" && one.type === "duration";
    if (isDuration(before) && isDuration(token))
      return `write them as one: ${written(before!.span)}${written(token.span)}`;
    if (token.kind === "mark" && token.text === "(" && before?.kind === "word")
      return "no brackets stand behind a name; write for example message.text contains 'hello', or a filter behind |";
    if (token.kind !== "word") return "join two conditions with and, or with or";
    const text = written(token.span);
    if (Object.hasOwn(foreignOperators, text)) return foreignOperators[text]!;
    const path = before?.kind === "word" ? `${written(before.span)}.${text}` : "";
    return /^(user|server|channel|message|bot|options|data|steps|settings)\./.test(path)
      ? `if you mean ${path}, write it with a dot; if it is text, put it in quotes`
      : "if it is text, put it in quotes; if it is a filter, write | before it";
  }

  const expression = filtered();
  if (peek().kind !== "end") unexpected(peek());
  return expression;
}

function lastOperand(expression: Expression): Expression {
  switch (expression.kind) {
    case "and":
    case "or":
      return lastOperand(expression.operands.at(-1)!);
    case "not":
      return lastOperand(expression.operand);
    case "compare":
      return lastOperand(expression.right);
    default:
      return expression;
  }
}
