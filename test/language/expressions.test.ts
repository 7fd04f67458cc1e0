import { describe, expect, it } from "vitest";
import { compileExpression } from "../../src/language/expression/compile.ts";
import { describeType, t } from "../../src/language/types.ts";
import { duration } from "../../src/language/values.ts";
import { env, evaluate, problemsOf, scope, values } from "./support.ts";

describe("not binds before and, and before or, left to right", () => {
  const bits = [false, true];
  for (const a of bits)
    for (const b of bits)
      for (const c of bits) {
        const cases: [string, boolean][] = [
          [`${a} and ${b} or ${c}`, (a && b) || c],
          [`${a} or ${b} and ${c}`, a || (b && c)],
          [`not ${a} and ${b} or ${c}`, (!a && b) || c],
          [`not (${a} and ${b}) or ${c}`, !(a && b) || c],
          [`${a} and (${b} or ${c})`, a && (b || c)],
          [`not ${a} or not ${b} and not ${c}`, !a || (!b && !c)],
          [`not not ${a}`, a],
        ];
        it.each(cases)("%s is %s", (source, expected) => {
          expect(evaluate(source)).toBe(expected);
        });
      }

  it.each<[string, boolean]>([
    ["false and false or true", true],
    ["true or true and false", true],
    ["not 1 == 2", true],
    ["not options.amount > 5 or options.silent", false],
    ["(1 == 1) == yes", true],
  ])("%s is %s", (source, expected) => {
    expect(evaluate(source)).toBe(expected);
  });
});

describe("empty text, 0, no and nothing are false", () => {
  it.each<[string, boolean]>([
    ["''", false],
    ["0", false],
    ["0.0", false],
    ["no", false],
    ["false", false],
    ["empty", false],
    ["[]", false],
    ["0s", false],
    ["options.reason", false],
    ["'0'", true],
    ["' '", true],
    ["-1", true],
    ["yes", true],
    ["1s", true],
    ["['']", true],
    ["user", true],
    ["now", true],
  ])("not not %s is %s", (source, expected) => {
    expect(evaluate(`not not (${source})`)).toBe(expected);
  });
});

describe("comparisons", () => {
  it.each<[string, boolean]>([
    ["options.amount == 20", true],
    ["options.amount == 20.0", true],
    ["options.amount != 20", false],
    ["options.amount >= 20", true],
    ["options.amount < 20", false],
    ["-5 < 3", true],
    ["9 < 10", true],
    ["options.length == 10m", true],
    ["options.length > 9m59s", true],
    ["1h30m == 90m", true],
    ["user.name == 'Ada'", true],
    ['user.name == "Ada"', true],
    ["'it\\'s' == \"it's\"", true],
    ["user == options.member", false],
    ["user == people[0]", true],
    ["people[-1] == options.member", true],
    ["today == '2026-03-31'", true],
    ["today > '2025-12-31'", true],
    ["user.joined_at < now", true],
    ["user.joined_at < (now | minus: 30d)", true],
    ["user.joined_at < (now | minus: 300d)", false],
    ["options.reason == empty", true],
    ["options.reason != empty", false],
    ["'' == empty", true],
    ["[] == empty", true],
    ["0 == empty", false],
    ["options.reason == 'x'", false],
    ["options.reason != 'x'", true],
    ["options.count > 3", false],
    ["options.count <= 3", false],
    ["options.text contains 'there'", true],
    ["'there' in options.text", true],
    ["options.text contains ''", false],
    ["data.tags contains 'a'", true],
    ["'c' in data.tags", false],
    ["options.color in ['red', 'green']", true],
    ["options.amount in [1, 20]", true],
    ["user.roles contains 'Moderator'", true],
    ["'Muted' in user.roles", false],
    ["people contains options.member", true],
    ["options.reason in ['x']", false],
    ["people[5] == empty", true],
    ["people[5].name == empty", true],
    ["steps.game.winners[1] == 'Go'", true],
    ["answer.total == 3", true],
    ["answer.total == '3'", false],
    ["answer.nothing.at.all == empty", true],
    ["answer.items contains 'x'", true],
    ["answer.constructor == empty", true],
    ["user.data.constructor == empty", true],
  ])("%s is %s", (source, expected) => {
    expect(evaluate(source)).toBe(expected);
  });
});

describe("values", () => {
  it.each<[string, unknown]>([
    ["options.member.data.coins", 50],
    ["options.length", duration(600_000)],
    ["2w", duration(1_209_600_000)],
    ["-2.5", -2.5],
    ["['a', options.color]", ["a", "red"]],
    ["(options.amount | plus: 1) | times: 2", 42],
    ["options.amount | minus: options.count", null],
    ["user.friend.friend.name", null],
    ["steps.game['winners'][0]", "Chess"],
    ["7 | divided_by: data.coins", 1.4],
  ])("%s", (source, expected) => {
    expect(evaluate(source)).toEqual(expected);
  });

  it("divides by a number that turns out to be 0 to nothing", () => {
    expect(evaluate("7 | divided_by: data.coins", { data: { coins: 0 } })).toBeNull();
  });

  it("tells which paths it reads, each once", () => {
    const compiled = compileExpression("data.coins > 1 and data.coins < 5 or people[0].data.coins == 2", scope);
    expect(compiled.ok && compiled.reads).toEqual([
      ["data", "coins"],
      ["people", "*", "data", "coins"],
    ]);
  });

  it("stops at the first operand that decides", () => {
    const seen: string[] = [];
    const lazy = {
      get options() {
        seen.push("options");
        return values.options;
      },
      user: values.user,
    };
    expect(evaluate("user.name == 'Ada' or options.silent", lazy)).toBe(true);
    expect(seen).toEqual([]);
  });
});

describe("types", () => {
  it.each<[string, string]>([
    ["user", "a person"],
    ["user.name", "text"],
    ["options.count", "a whole number (may be empty)"],
    ["people", "a list of people"],
    ["people[0].name", "text (may be empty)"],
    ["data.tags", "a list of texts"],
    ["data.coins | divided_by: 2", "a number"],
    ["data.coins | plus: 2", "a whole number"],
    ["data.coins | plus: 0.5", "a number"],
    ["now | minus: 7d", "a time"],
    ["options.count | default: 0", "a whole number"],
    ["options.reason | upcase", "text (may be empty)"],
    ["options.reason | default: 'none' | upcase", "text"],
    ["people | first", "a person (may be empty)"],
    ["user | mention", "a mention"],
    ["options.length", "a duration"],
    ["1 == 1", "yes or no"],
    ["answer.items", "a value known only while the bot runs"],
    ["empty", "empty"],
    ["[1, 2.5]", "a list of numbers"],
  ])("%s is %s", (source, expected) => {
    const compiled = compileExpression(source, scope);
    expect(compiled.ok && describeType(compiled.type)).toBe(expected);
  });

  it("says an before a vowel", () => {
    expect(describeType(t.object("attachment", {}))).toBe("an attachment");
  });
});

describe("mistakes are told at their column, with what to write instead", () => {
  it.each<[string, string]>([
    ["usr.name == 'x'", '1: there is no value called "usr" (did you mean "user"?)'],
    ["user.nam == 'x'", '6: "user" has no "nam" (did you mean "user.name"?)'],
    ["user.data.coin > 3", '11: "user.data" has no "coin" (did you mean "user.data.coins"?)'],
    ["amount > 3", '1: there is no value called "amount" (did you mean "options.amount"?)'],
    ["options.color == red", "18: there is no value called \"red\" (if it is text, write it in quotes: 'red')"],
    ["user.name | upcas", '13: there is no filter "upcas" (did you mean "upcase"?)'],
    ["user.name | uppercase", '13: there is no filter "uppercase" (did you mean "upcase"?)'],
    [
      "options.amount == '20'",
      "1: options.amount is a whole number, but '20' is text: they cannot be compared (write 20 without quotes)",
    ],
    [
      "options.text > 5",
      "1: options.text is text, but 5 is a whole number: they cannot be compared (compare two numbers; for how long a text is, use | size)",
    ],
    [
      "options.text == 5",
      "1: options.text is text, but 5 is a whole number: they cannot be compared (write it in quotes: '5')",
    ],
    [
      "channel == 'general'",
      "1: channel is a channel, but 'general' is text: they cannot be compared (write channel.name)",
    ],
    [
      "user == channel",
      "1: user is a person, but channel is a channel: they cannot be compared (compare two values of one kind)",
    ],
    [
      "options.length > 5",
      "1: options.length is a duration, but 5 is a whole number: they cannot be compared (write a duration with its unit, such as 10s or 2h)",
    ],
    [
      "options.silent == 'yes'",
      "1: options.silent is yes or no, but 'yes' is text: they cannot be compared (write yes without quotes)",
    ],
    [
      "'b' > 'a'",
      "1: \">\" compares numbers, durations, times and dates; 'b' is text (for how long it is, use | size)",
    ],
    ["options.color == 'gren'", "18: options.color is never 'gren' (did you mean 'green'?)"],
    ["today == '2026-02-30'", "10: \"2026-02-30\" is not a date (write a day like '2026-12-24')"],
    ["options.amount contains 2", '1: "contains" looks into a text or a list; options.amount is a whole number'],
    [
      "data.tags contains 5",
      "1: data.tags is a list of texts, but 5 is a whole number: they cannot be compared (write it in quotes: '5')",
    ],
    ["data.tags.size > 1", '11: "data.tags" is a list of texts and has no "size" (write data.tags | size)'],
    [
      "people.name == 'x'",
      '8: "people" is a list of people and has no "name" (for one of its items write people[0].name)',
    ],
    ["user[0]", '5: "user" is a person, not a list'],
    ["1 = 2", '3: "=" is not part of an expression (to compare, write ==)'],
    ["1 === 2", '3: "===" is not part of an expression (to compare, write ==)'],
    ["yes && no", '5: "&&" is not part of an expression (write and)'],
    ["yes || no", '5: "||" is not part of an expression (write or)'],
    ["!yes", '1: "!" is not part of an expression (write not)'],
    ["1 + 2", '3: "+" is not part of an expression (there is no + here; to add, write | plus: 1)'],
    ["data.coins - 2", '12: "-" is not part of an expression (there is no - here; to subtract, write | minus: 1)'],
    ["2 * 3", '3: "*" is not part of an expression (there is no * here; to multiply, write | times: 2)'],
    ["6 / 3", '3: "/" is not part of an expression (there is no / here; to divide, write | divided_by: 2)'],
    ["1 < 2 < 3", "7: two comparisons in a row (join them with and: … < … and … < …)"],
    [
      "user.name is 'Ada'",
      '11: "is" is not expected here (write ==; whether somebody has a role is asked by the condition role: Helper)',
    ],
    ["user.name AND yes", '11: "AND" is not expected here (write and, in small letters)'],
    ["user.nickname == null", '18: there is no "null" here (for nothing, write empty)'],
    ["(yes or no", "1: this bracket is not closed (write ) where it ends)"],
    ["yes)", "4: this bracket was never opened (leave it out, or write ( where it begins)"],
    ["'abc", "1: this text has no closing ' (end it with ')"],
    ["user.name == ‘Ada’", "14: \"‘\" is not part of an expression (write straight quotes: 'text')"],
    ["18:00", "1: \"18:00\" needs quotes (write '18:00')"],
    [
      "5x",
      '1: "5x" is neither a number nor a duration (write a number and a unit: 10s, 5m, 2h, 7d or 2w, or put text in quotes)',
    ],
    ["", "1: there is no expression here (write the name of a value, for example user.name)"],
    ["options.length > 1h 30m", '21: "30m" is not expected here (write them as one: 1h30m)'],
    ["options.silent == on", '19: there is no "on" here (write yes)'],
    ["if yes", '1: there is no "if" here (conditions in text are written {% if … %}…{% endif %})'],
    ["yes and", "8: something is missing at the end"],
    ["user.", "5: after the dot a name is missing"],
    ["yes not in []", '5: "not" stands in front of what it denies (write not (yes in …))'],
    ["user.name | upcase == 'ADA'", '20: "==" cannot follow a filter (put brackets around it: (user.name | upcase))'],
    [
      "user.name == 'a' | upcase",
      "18: it is not clear what this filter belongs to (put brackets around it: ('a' | upcase))",
    ],
    ["user.name |", "12: after | the name of a filter is missing (for example | upcase)"],
    [
      "user.name | truncate",
      "13: behind \"truncate\" something is missing: the most characters, the ending included (for example 'A long story' | truncate: 7)",
    ],
    ["user.name | upcase: 3", "21: \"upcase\" takes nothing behind it (for example 'hello' | upcase)"],
    ["user.name | truncate: '5'", '23: "length" of "truncate" is a whole number; \'5\' is text'],
    [
      "user.name | join",
      '13: "join" needs a list; user.name is text (to put texts together, write them side by side: {{ a }} {{ b }})',
    ],
    ["now | date: 'lnog'", "13: there is no format \"lnog\" (did you mean 'long'?)"],
    ["today | date: '%H'", '15: a date has no hours and minutes, so "%H" has nothing to show'],
    ["7 | divided_by: 0.0", "17: nothing can be divided by 0"],
    ["data.coins | plus: 5m", "20: to a whole number belongs a number, not a duration"],
    ["[1, 'a']", "5: the items of a list are all of one kind"],
    ["user.data | mention", "13: this cannot be mentioned (people, roles and channels can be)"],
    ["$user", '1: "$" is not part of an expression (variables are written without $)'],
  ])("%s", (source, expected) => {
    expect(problemsOf(source)).toEqual([expected]);
  });

  it("reports each mistake once", () => {
    expect(problemsOf("usr.name == 5 or user.nam == 3")).toHaveLength(2);
    expect(problemsOf("(usr.name | upcase | size) > 5")).toHaveLength(1);
  });

  it("knows nothing of what every JavaScript object has", () => {
    for (const name of ["constructor", "__proto__", "toString"]) expect(problemsOf(name)).toHaveLength(1);
    expect(problemsOf("user.__proto__")).toHaveLength(1);
  });

  it("keeps offsets where the expression is a part of the source", () => {
    const source = "abc usr xyz";
    const compiled = compileExpression(source, scope, { start: 4, end: 7 });
    expect(compiled.ok ? undefined : compiled.problems[0]).toMatchObject({ offset: 4, length: 3 });
  });

  it("survives deep nesting and great length", () => {
    expect(problemsOf(`${"(".repeat(4000)}yes${")".repeat(4000)}`)).toEqual([
      "52: this expression is nested too deep (split it up)",
    ]);
    expect(problemsOf(`${"not ".repeat(2000)}yes`)).toHaveLength(1);
    expect(problemsOf("yes and ".repeat(5000))).toHaveLength(1);
  });
});

it("evaluates without effects of its own", () => {
  const compiled = compileExpression("['a', 'b', 'c', 'd'] | random", scope);
  expect(compiled.ok && compiled.evaluate(values, { ...env, random: () => 0 })).toBe("a");
  expect(compiled.ok && compiled.evaluate(values, { ...env, random: () => 0.99 })).toBe("d");
});
