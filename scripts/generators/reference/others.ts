import { fieldRows } from "../../../src/config/json-schema/field-rows.ts";
import type { PlatformDefinition } from "../../../src/contracts/platform.ts";
import { rights } from "../../../src/contracts/right.ts";
import type { CodeEntry } from "../../../src/diagnostics/codes/entry.ts";
import { allowing, codes } from "../../../src/diagnostics/codes.ts";
import type { Filter } from "../../../src/language/filters/filter.ts";
import { filters } from "../../../src/language/filters/index.ts";
import { registry } from "../../../src/words/registry.ts";
import { code, generatedNote, keyTable, page, table, yaml } from "./markdown.ts";

export function filtersPage(): string {
  return page(
    generatedNote,
    "# Filters",
    "What can be done with a value, behind a `|`: `{{ user.name | upcase }}`, `{{ data.coins | plus: 5 }}`. A value that is missing stays missing, unless the filter says otherwise.",
    table(
      ["filter", "what it does"],
      filters.map((filter) => [`[${filter.name}](#${filter.name})`, filter.summary]),
    ),
    ...filters.flatMap(filterSection),
  );
}

function filterSection({ name, summary, input, args, examples }: Filter): string[] {
  const takes = input === "any" ? "any value" : input.join(", ");
  return [
    `## ${name}`,
    summary,
    `Takes: ${takes}.`,
    table(
      ["argument", "what it means"],
      args.map((arg) => [code(arg.name), `${arg.summary}${arg.optional === true ? " May be left out." : ""}`]),
    ),
    table(
      ["written", "gives"],
      examples.map(({ expression, output }) => [code(`{{ ${expression} }}`), output]),
    ),
  ];
}

export function errorsPage(): string {
  const entries: [string, CodeEntry][] = Object.entries(codes);
  return page(
    generatedNote,
    "# Mistakes",
    "Every message of `botctl validate` carries one of these names. `botctl explain <name>` shows the same page in the terminal. A warning or a notice that is in order is allowed with `# botctl: allow <name>` at the end of its line, or alone on the line above; a reason may follow.",
    table(
      ["name", "what it is about"],
      entries.map(([name, { title }]) => [`[${name}](#${name})`, title]),
    ),
    ...entries.flatMap(([name, entry]) => errorSection(name, entry)),
  );
}

function errorSection(
  name: string,
  { title, explanation, wrong, right, shell, allowable, files = {} }: CodeEntry,
): string[] {
  const shown = (text: string) => (shell === true ? `\`\`\`sh\n${text}\n\`\`\`` : yaml(shortened(text)));
  return [
    `## ${name}`,
    `**${title}.** ${explanation}`,
    // Where it is not the command that is wrong, there is nothing to compare.
    ...(wrong === right ? [] : ["Wrong:", shown(wrong), "Right:", shown(right)]),
    ...Object.entries(files).flatMap(([file, text]) => [`The file ${code(file)}:`, yaml(shortened(text))]),
    ...(allowable === true ? [allowing(name).replace(/# botctl: allow [\w-]+/, "`$&`")] : []),
  ];
}

/** Some mistakes need a hundred lines to be made. */
function shortened(text: string): string {
  const lines = text.replace(/\n$/, "").split("\n");
  const short = lines.length <= 30 ? lines : [...lines.slice(0, 6), "# … and so on", ...lines.slice(-2)];
  return short.map((line) => (line.length <= 200 ? line : `${line.slice(0, 200)}…`)).join("\n");
}

export function platformsPage(): string {
  const all = [...registry.platforms.values()];
  const abilities = [...new Set(all.flatMap(({ capabilities }) => [...capabilities]))].sort();
  const has = (yes: boolean) => (yes ? "yes" : "");
  return page(
    generatedNote,
    "# Platforms",
    "What each platform needs and can do. `botctl validate` says with its line what a platform of the file cannot do.",
    ...all.flatMap(({ name, title, settings, limits }) => [
      `## ${title}`,
      keyTable(fieldRows(settings, name, code)),
      `Limits: ${limitsOf(limits).join(", ")}.`,
    ]),
    "## What they can do",
    table(
      ["ability", ...all.map(({ title }) => title)],
      abilities.map((ability) => [code(ability), ...all.map(({ capabilities }) => has(capabilities.has(ability)))]),
    ),
    "## Rights",
    table(
      ["right", "what it lets people do", ...all.map(({ title }) => title)],
      Object.entries(rights).map(([right, about]) => [
        code(right),
        about,
        ...all.map((platform) => has(platform.rights.has(right as keyof typeof rights))),
      ]),
    ),
  );
}

function limitsOf(limits: PlatformDefinition["limits"]): string[] {
  const { menuChoices, formFields, files, fileSize } = limits;
  const few = (most: number | undefined, of: string) => (most === undefined ? [] : [`${most} ${of}`]);
  return [
    `${limits.textLength} characters a message`,
    `${limits.commands} commands`,
    `${limits.options} options a command`,
    `${limits.buttons} buttons a message`,
    ...few(menuChoices, "choices a menu"),
    ...few(formFields, "fields a form"),
    ...few(files, "files a message"),
    ...few(fileSize === undefined ? undefined : fileSize / 1024 ** 2, "MB a file"),
  ];
}
