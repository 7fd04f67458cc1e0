import { describe, expect, test } from "vitest";
import type { SettingForm } from "../../src/config/packs/setting-types.ts";
import { type Setting, settingsOf } from "../../src/config/packs/settings.ts";
import { substitute } from "../../src/config/packs/substitute.ts";
import { parse } from "../../src/config/parse.ts";
import { scan } from "../../src/config/scan.ts";
import { startReading } from "../../src/config/shape/read-field.ts";
import { registry } from "../../src/words/registry.ts";

const form = (type: SettingForm["type"], more: Partial<SettingForm> = {}): SettingForm => ({
  type,
  about: "",
  required: false,
  ...more,
});

const forms: Readonly<Record<string, SettingForm>> = {
  word: form("text"),
  quoted: form("text"),
  count: form("integer"),
  id: form("text"),
  on: form("yes_no"),
  time: form("duration"),
  coins: form("name"),
  place: form("channel"),
  who: form("people"),
  names: form("list", { of: form("text") }),
  limits: form("list", { of: form("entry", { fields: { at: form("integer"), say: form("text") } }) }),
  unset: form("text"),
  none: form("list"),
};

const written = `word: "Hi {{ user.name }}"
quoted: it's "so"
count: 5
id: 007
on: yes
time: 1h 30m
coins: gold
place: [one, two]
who: [ staff, { can: ban_members } ]
names: [Ada, "B's"]
limits: [ { at: 3 }, { at: 5, say: Stop } ]
`;

function settings(): Setting {
  const scanned = scan({ file: "bot.yaml", text: written });
  const parsed = scanned.ok ? parse(scanned.value) : scanned;
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message);
  const { map, value } = parsed.value;
  const reading = startReading(registry, map, []);
  const fields = settingsOf(forms, { value, map, pointer: "" }, { map, name: "test" }, reading);
  return { form: form("entry"), given: undefined, type: { kind: "unknown" }, value: null, fields };
}

const names = { settings: settings() };
const became = (text: string, isExpression = false): unknown => {
  const result = substitute(text, names, isExpression);
  if (result.kind === "text") return result.text;
  if (result.kind === "setting") return { setting: result.setting.given?.value };
  return result.kind === "same" ? text : result.problems.map(({ message }) => message);
};

describe("a setting alone is what the file gives", () => {
  test.each([
    ["{{ settings.word }}", "Hi {{ user.name }}"],
    ["  {{settings.count}}\n", 5],
    ["{{ settings.who }}", ["staff", { can: "ban_members" }]],
    ["{{ settings.limits }}", [{ at: 3 }, { at: 5, say: "Stop" }]],
    ["{{ settings.unset }}", undefined],
  ])("%s", (text, value) => {
    expect(became(text)).toEqual({ setting: value });
  });
});

describe("a setting in a text is written out", () => {
  test.each([
    ["{{ settings.word }}!", "Hi {{ user.name }}!"],
    ["{{ settings.id }} and {{ settings.count }}", "007 and 5"],
    ["{{ settings.names }} at {{ settings.place }}", "Ada, B's at one, two"],
    ["{{ settings.on }} {{ settings.time }}", "yes 1h 30m"],
    ["{{ settings.limits.at }}: {{ settings.limits.say }}", "3, 5: Stop"],
    ["[{{ settings.unset }}{{ settings.none }}]", "[]"],
    ["settings.word \\{{ settings.word }}", "settings.word \\{{ settings.word }}"],
    ["{{ options.settings }} {{ mysettings.word }}", "{{ options.settings }} {{ mysettings.word }}"],
  ])("%s", (text, expected) => {
    expect(became(text)).toBe(expected);
  });
});

describe("a setting in an expression is a literal", () => {
  test.each([
    ["{{ settings.count | plus: settings.count }}", "{{ 5 | plus: 5 }}"],
    ["{{ settings.names | random }}", `{{ ['Ada', "B's"] | random }}`],
    ["{{ settings.quoted | upcase }}", "{{ 'it\\'s \"so\"' | upcase }}"],
    ["{% if settings.on and settings.time > 1h %}x{% endif %}", "{% if true and 1h30m > 1h %}x{% endif %}"],
    ["{% for one in settings.names %}{{ one }}{% endfor %}", `{% for one in ['Ada', "B's"] %}{{ one }}{% endfor %}`],
    ["{{ settings.unset | default: 'x' }}{{ settings.none | size }}", "{{ empty | default: 'x' }}{{ [] | size }}"],
    ["{{ data[settings.coins] }} {{ [settings.coins] | size }}", "{{ data.gold }} {{ ['gold'] | size }}"],
    ["{{- settings.count -}}", "{{- 5 -}}"],
    ["{{ settings.limits.at | size }} {{ settings.limits.say | first }}", "{{ [3, 5] | size }} {{ ['Stop'] | first }}"],
    ["{{ 'settings.count' }} {{ settings.count }}", "{{ 'settings.count' }} 5"],
  ])("%s", (text, expected) => {
    expect(became(text)).toBe(expected);
  });

  test("also without braces, where an expression stands", () => {
    expect(became("options.amount > settings.count", true)).toBe("options.amount > 5");
    expect(became("options.amount > settings.count")).toBe("options.amount > settings.count");
  });
});

test("what cannot stand there is told", () => {
  expect(
    became(
      "{{ settings.wrd }} {{ settings.limits }} {{ settings.who | size }} {{ settings.count.x }} {{ settings.limits.x }}",
    ),
  ).toEqual([
    '"settings" has no "wrd". Did you mean "word"?',
    '"settings.limits" is of the type list, so it cannot stand in a longer text.',
    '"settings.who" is of the type people, so it cannot stand in a longer text.',
    '"settings.count" has no "x".',
    '"settings.limits" has no "x".',
  ]);
});
