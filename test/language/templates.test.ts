import { describe, expect, it } from "vitest";
import { plainText } from "../../src/language/rich-text.ts";
import { compileTemplate } from "../../src/language/template/compile.ts";
import { hasTags } from "../../src/language/template/scan.ts";
import { compileTextValue, compileValue } from "../../src/language/template/value.ts";
import { t } from "../../src/language/types.ts";
import { env, render, scope, show, templateProblems, values } from "./support.ts";

describe("literal text is a small Markdown", () => {
  it.each<[string, string]>([
    ["plain", "plain"],
    [
      "**bold** *it* _it_ ~~gone~~ `code`",
      "<bold>bold</bold> <italic>it</italic> <italic>it</italic> <strike>gone</strike> <code>code</code>",
    ],
    ["***both***", "<italic><bold>both</bold></italic>"],
    ["**a *b* c**", "<bold>a <italic>b</italic> c</bold>"],
    ["snake_case_word and 2*3*4 and 2 * 3 * 4", "snake_case_word and 2*3*4 and 2 * 3 * 4"],
    ["**open and *open and ~~open and `open", "**open and *open and ~~open and `open"],
    ["** no ** ~no~ _ no _", "** no ** ~no~ _ no _"],
    ["\\*no\\* \\_no\\_ \\\\ \\`no\\` \\a", "*no* _no_ \\ `no` \\a"],
    ["[rules](https://example.org/r_u_l(e)s)", "<link https://example.org/r_u_l(e)s>rules</link>"],
    ["[**bold** label](http://example.org)", "<link http://example.org><bold>bold</bold> label</link>"],
    ["[1] and [2](see below) and [](https://a.b)", "[1] and [2](see below) and [](https://a.b)"],
    ["https://example.org/a_b_c *x*", "https://example.org/a_b_c <italic>x</italic>"],
    ["**https://example.org**", "<bold>https://example.org</bold>"],
    ["``a ` b``", "<code>a ` b</code>"],
    ["`**no**`", "<code>**no**</code>"],
    ["```js\nlet a\n```", "<code_block js>let a</code_block>"],
    ["a\n```\n**no**\n- no\n```\nb", "a\n<code_block>**no**\n- no</code_block>\nb"],
    ["```one line```", "<code_block>one line</code_block>"],
    ["``` never closed", "``` never closed"],
    ["Todo:\n- one\n- **two**\nend", "Todo:\n<list_item>one</list_item>\n<list_item><bold>two</bold></list_item>\nend"],
    ["* one\n* two", "<list_item>one</list_item>\n<list_item>two</list_item>"],
    ["- a\n  - b", "<list_item>a</list_item>\n  <list_item>b</list_item>"],
    ["1. one\n2. two", "1. one\n2. two"],
    ["5 - 3 and -x", "5 - 3 and -x"],
    ["**two\nlines** **but\n\nnot three**", "<bold>two\nlines</bold> **but\n\nnot three**"],
    ["# not a heading\n> nor a quote", "# not a heading\n> nor a quote"],
    ["\n\nlines around\n\n", "lines around"],
    ["\uFFFC **x**", "\uFFFC <bold>x</bold>"],
    ["@everyone: **@here**!", "<everyone everyone>: <bold><everyone here></bold>!"],
    [
      "ada@here.org @everyones \\@everyone `@here` @@here",
      "ada@here.org @everyones @everyone <code>@here</code> @@here",
    ],
    ["", ""],
  ])("%j", (source, expected) => {
    expect(show(render(source))).toBe(expected);
  });
});

describe("values", () => {
  it.each<[string, string]>([
    ["Hi {{ user.name }}!", "Hi Ada!"],
    ["**{{ user.name }}**: `{{ options.text }}`", "<bold>Ada</bold>: <code>Hello there</code>"],
    ["_{{ user.name }}_ and ~~{{ user.name }}~~", "<italic>Ada</italic> and <strike>Ada</strike>"],
    ["{{user}} and {{ channel }}", "Ada and general"],
    ["Welcome {{ user.mention }}!", "Welcome <user 1>!"],
    ["{{ user | mention }} in {{ channel.mention }}", "<user 1> in <channel 7>"],
    ["**{{ user.mention }}**", "<bold><user 1></bold>"],
    ["`{{ user.mention }}`", "<code>@Ada</code>"],
    ["{{ '@everyone' }} @{{ 'here' }} @every{{ 'one' }}", "@everyone @here @everyone"],
    ["{{ user.friend.mention | default: 'nobody' }}", "nobody"],
    ["{{ user.mention | default: 'nobody' }}", "<user 1>"],
    ["{{ people }}", "Ada, Bob"],
    ["{{ answer }}", "@everyone"],
    ["{{ user.name | code }}", "<code>Ada</code>"],
    ["{{ options.reason }}|{{ options.silent }}|{{ data.ratio }}", "|no|0.5"],
    ["{{ options.length }}", "10 minutes"],
    ["{{ today }}", "Mar 31, 2026"],
    ["- {{ user.name }}\n- {{ channel }}", "<list_item>Ada</list_item>\n<list_item>general</list_item>"],
    ["[go](https://example.org/{{ options.text }})", "<link https://example.org/Hello%20there>go</link>"],
    ["[{{ options.text }}](https://example.org)", "<link https://example.org>Hello there</link>"],
    ["[go]({{ options.text }})", "go (Hello there)"],
    ["[go]({{ options.reason }})", "go"],
    ["{{ '}}' }} {{ \"%}\" }}", "}} %}"],
    ["\\{{ user }} \\{% x %}", "{{ user }} {% x %}"],
    ["a  {{- user.name -}}  b", "aAdab"],
    ["snake_{{ user.name }}_case", "snake_Ada_case"],
  ])("%j", (source, expected) => {
    expect(show(render(source))).toBe(expected);
  });

  it("does not ping for what only looks like a mention", () => {
    const rich = render("{{ answer }} {{ answer.items | join }} {{ [answer, answer] }}");
    expect(rich.map((node) => node.type)).toEqual(["text"]);
  });

  it("follows addresses to the web only", () => {
    const address = (text: string) => show(render("[go]({{ options.text }})", { options: { text } }));
    expect(address("https://example.org/a")).toBe("<link https://example.org/a>go</link>");
    expect(address("https://example.org/a)b<c>")).toBe("<link https://example.org/a%29b%3Cc%3E>go</link>");
    for (const bad of ["javascript:alert(1)", "data:text/html,x", "//example.org", "https://", "ftp://a.b", "http:x"])
      expect(address(bad)).toBe(`go (${bad})`);
  });
});

describe("conditions and loops", () => {
  it.each<[string, string]>([
    ["{% if options.amount > 5 %}many{% else %}few{% endif %}", "many"],
    ["{% if options.silent %}a{% elsif user.name == 'Ada' %}b{% else %}c{% endif %}", "b"],
    ["{% if options.silent %}a{% elsif no %}b{% endif %}", ""],
    ["**{% if yes %}bold{% endif %}**", "<bold>bold</bold>"],
    ["{% for tag in data.tags %}[{{ tag }}]{% endfor %}", "[a][b]"],
    [
      "{% for p in people %}{{ p.mention }}{% if forloop.last %}.{% else %}, {% endif %}{% endfor %}",
      "<user 1>, <user 2>.",
    ],
    [
      "Top:\n{% for p in people %}\n- {{ forloop.index }}. **{{ p.name }}**\n{% endfor %}\nBye",
      "Top:\n<list_item>1. <bold>Ada</bold></list_item>\n<list_item>2. <bold>Bob</bold></list_item>\nBye",
    ],
    ["a\n{% if no %}\nb\n{% endif %}\nc", "a\nc"],
    ["a\n  {% if yes %}{% for x in data.tags %}\n{{ x }}\n{% endfor %}{% endif %}\nc", "a\na\nb\nc"],
    ["a\n{% if yes %}b{% endif %}\nc", "a\nb\nc"],
    ["a\n{%- if yes -%}\n b\n{%- endif %}", "ab"],
    [
      "{% for a in people %}{% for r in a.roles %}{{ a }}={{ r }};{% endfor %}{% endfor %}",
      "Ada=Moderator;Bob=Moderator;",
    ],
    ["{% for x in answer.items %}{{ x }}{% endfor %}{% for x in answer.total %}{{ x }}{% endfor %}", "x"],
  ])("%j", (source, expected) => {
    expect(show(render(source))).toBe(expected);
    expect(show(render(source))).toBe(expected);
  });

  it("ends a loop after a thousand, and loops in loops after ten thousand", () => {
    const tags = Array.from({ length: 5000 }, () => "x");
    const once = render("{% for t in data.tags %}{{ t }}{% endfor %}", { data: { tags } });
    expect(plainText(once)).toHaveLength(1000);
    const nested = "{% for a in data.tags %}{% for b in data.tags %}{{ b }}{% endfor %}{% endfor %}";
    expect(plainText(render(nested, { data: { tags } })).length).toBeLessThanOrEqual(10_000);
  });

  it("renders anew when what is decided changes", () => {
    const compiled = compileTemplate("**{% if data.coins > 3 %}{{ data.coins }}{% endif %}** *{{ user.name }}*", scope);
    if (!compiled.ok) throw new Error("must be right");
    const at = (coins: number) => show(compiled.render({ ...values, data: { coins } }, env));
    expect([at(5), at(1), at(7), at(1)]).toEqual([
      "<bold>5</bold> <italic>Ada</italic>",
      "**** <italic>Ada</italic>",
      "<bold>7</bold> <italic>Ada</italic>",
      "**** <italic>Ada</italic>",
    ]);
  });
});

describe("mistakes are told at their column", () => {
  it.each<[string, string[]]>([
    ["Hi {{ usr.name }}", ['7: there is no value called "usr" (did you mean "user"?)']],
    ["Hi {{ user.name", ["4: this {{ is never closed (end it with }})"]],
    ["Hi {{ 'its }} you", ["7: this text has no closing ' (end it with ')"]],
    ["{{ }}", ["4: there is no expression here (write the name of a value, for example user.name)"]],
    [
      "{{ options }}",
      [
        '4: "options" has no text of its own (write one of its parts: options.member, options.amount, options.reason, options.count, options.length, options.color, options.silent, options.text)',
      ],
    ],
    ["{% if yes %}a", ["1: this {% if %} is never closed (write {% endif %} where it ends)"]],
    ["{% for x in people %}a", ["1: this {% for %} is never closed (write {% endfor %} where it ends)"]],
    ["a{% endif %}", ["2: this {% endif %} belongs to nothing (it needs {% if … %} before it)"]],
    ["{% if yes %}{% endfor %}", ["13: this {% endfor %} stands inside an {% if %} (write {% endif %} before it)"]],
    [
      "{% for x in people %}{% endif %}",
      ["22: this {% endif %} stands inside a {% for %} (write {% endfor %} before it)"],
    ],
    [
      "{% if yes %}{% for x in people %}{% endif %}",
      ["34: this {% endif %} stands inside a {% for %} (write {% endfor %} before it)"],
    ],
    ["{% for __proto__ in people %}{% endfor %}", ['1: "__proto__" cannot be a name (write {% for x in list %})']],
    ["{% elseif yes %}", ["4: there is no tag {% elseif %} (write {% elsif … %})"]],
    ["{% user.name %}", ["4: there is no tag {% user.name %} (to show a value, write {{ user.name }})"]],
    ["{% for x of people %}{% endfor %}", ["1: this {% for %} is not complete (write {% for x in list %})"]],
    ["{% for x in user.name %}{% endfor %}", ["13: {% for %} goes through a list, and this is text"]],
    [
      "{% if yes %}{% else %}{% else %}{% endif %}",
      ["23: there is a second {% else %} (one {% if %} has one {% else %})"],
    ],
    ["Token: ${DISCORD_TOKEN}", ["8: secrets do not belong in messages: everybody would read it (leave it out)"]],
    [
      "${user.name}",
      [
        "1: secrets do not belong in messages: everybody would read it (for a value of the event write {{ user.name }})",
      ],
    ],
    ["[x](example.org/a)", ['5: "example.org/a" is not a whole address (write https://example.org/a)']],
    ["[x](javascript:alert)", ['5: a link cannot lead to "javascript:alert" (a link begins with https://)']],
    [
      "{{ a }} {{ user.name | upcas }}",
      [
        "4: there is no value called \"a\" (if it is text, write it in quotes: 'a')",
        '24: there is no filter "upcas" (did you mean "upcase"?)',
      ],
    ],
  ])("%j", (source, expected) => {
    expect(templateProblems(source)).toEqual(expected);
  });

  it("lets a secret's form stand where it is escaped", () => {
    expect(show(render("\\${NAME}"))).toBe("${NAME}");
  });
});

describe("what the plan asks", () => {
  it("knows which texts are always the same, and gives the same frozen result", () => {
    const compiled = compileTemplate("**Be kind**", scope);
    if (!compiled.ok) throw new Error("must be right");
    expect(compiled.isStatic).toBe(true);
    expect(compiled.render(values, env)).toBe(compiled.render(values, env));
    expect(Object.isFrozen(compiled.render(values, env))).toBe(true);
    const other = compileTemplate("{{ user.name }}", scope);
    expect(other.ok && other.isStatic).toBe(false);
  });

  it("tells what is read, through loops to their source", () => {
    const source =
      "{{ data.coins }}{% for p in people %}{{ p.data.coins }}{{ forloop.index }}{% endfor %}{% if user.name == '' %}{% endif %}";
    const compiled = compileTemplate(source, scope);
    expect(compiled.ok && compiled.reads.map((path) => path.join("."))).toEqual([
      "data.coins",
      "people",
      "people.*.data.coins",
      "user.name",
    ]);
  });

  it("reads a field that is one expression to its value", () => {
    const value = (source: string) => {
      const compiled = compileValue(source, scope);
      return compiled?.ok ? compiled.evaluate(values, env) : compiled;
    };
    expect(value("{{ options.amount }}")).toBe(20);
    expect(value("  {{options.member.data.coins | plus: 1}} ")).toBe(51);
    expect(value("{{ '}}' }}")).toBe("}}");
    for (const other of ["20", "{{ a }} {{ b }}", "x {{ user }}", "{% if yes %}{% endif %}", ""])
      expect(value(other)).toBeUndefined();
    expect(compileValue(" {{ usr }}", scope)).toMatchObject({ ok: false, problems: [{ offset: 4, length: 3 }] });
  });

  it("compiles plain strings without Markdown", () => {
    const text = (source: string) => {
      const compiled = compileTextValue(source, scope);
      if (!compiled.ok) throw new Error(compiled.problems[0]?.message);
      return compiled.render(values, env);
    };
    expect(text("2 * 3 * {{ options.amount }} **x** {{ user.mention }}")).toBe("2 * 3 * 20 **x** @Ada");
    expect(text("\\{{ x }} \\${NAME} \\n")).toBe("{{ x }} ${NAME} \\n");
    expect(text("{% for p in people %}{{ p }};{% endfor %}")).toBe("Ada;Bob;");
    expect(compileTextValue("{{ usr }}", scope).ok).toBe(false);
  });

  it("finds tags", () => {
    expect([hasTags("a"), hasTags("{{ a }}"), hasTags("{% if %}"), hasTags("{ a }")]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it("reads variables that are made on demand only when they are named", () => {
    const read: string[] = [];
    const lazy = {
      get user() {
        read.push("user");
        return values.user;
      },
      get data() {
        read.push("data");
        return values.data;
      },
      people: values.people,
    };
    expect(plainText(render("{% for p in people %}{{ p }}{{ data.coins }}{% endfor %}", lazy))).toBe("Ada5Bob5");
    expect(read).toEqual(["data", "data"]);
  });
});

it("shows rich text plainly", () => {
  const rich = render("**Hi** {{ user.mention }} in {{ channel.mention }}\n- [rules](https://example.org)\n`x`");
  expect(plainText(rich)).toBe("Hi @Ada in #general\n- rules (https://example.org)\nx");
});

it("prints an object of a type without a name field only by its parts", () => {
  const within = { thing: t.object("thing", { size: t.integer }) };
  expect(compileTemplate("{{ thing }}", within)).toMatchObject({ ok: false, problems: [{ code: "not-printable" }] });
});
