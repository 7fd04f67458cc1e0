import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Document, isMap, isSeq, parseDocument, YAMLMap, type YAMLSeq } from "yaml";
import { cli } from "../support/build.ts";

/**
 * What the guide shows works. On a page, a YAML block that begins with `version:` begins a bot, one whose first line is a
 * remark with a file's name is a file beside it, and every other one is a part that is added to the bot. After each block
 * the bot is valid without warnings, and at the end its tests pass. A block whose first line begins with `> ` is what is
 * typed on the console, and what comes of it.
 */
const pages = ["README.md", "docs/packs.md", ...readdirSync("docs/guide").map((name) => `docs/guide/${name}`)];

/** This page's blocks are put together by the tests of packs. */
const triedElsewhere = ["docs/packs.md"];

const secrets = {
  DISCORD_TOKEN: "discord-token",
  TELEGRAM_TOKEN: "42:telegram-token",
  TELEGRAM_WEBHOOK_PATH: "path",
  TELEGRAM_WEBHOOK_SECRET: "secret",
  SHIPS_SECRET: "ships",
  SLACK_BOT_TOKEN: "xoxb-token",
  SLACK_APP_TOKEN: "xapp-token",
  DEPLOY_SECRET: "deploy",
};

interface Block {
  readonly line: number;
  readonly kind: string;
  readonly text: string;
}

function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(page, "utf8");
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].map(({ 1: kind, 2: block, index }) => ({
    line: text.slice(0, index).split("\n").length,
    kind: kind!,
    text: block!,
  }));
}

/** A part's entries take the place of those of the same name; others come behind. */
function addPart(bot: Document, part: Document): void {
  if (!isMap(part.contents)) throw new Error("a part begins with a section");
  for (const { key, value } of part.contents.items) {
    const section = bot.get(key, true);
    if (isMap(section) && isMap(value)) for (const entry of value.items) section.set(entry.key, entry.value);
    else if (isSeq(section) && isSeq(value)) for (const item of value.items) addItem(section, item);
    else bot.set(key, value);
  }
}

function addItem(section: YAMLSeq, item: unknown): void {
  const name = (one: unknown) => (one instanceof YAMLMap ? one.get("name") : undefined);
  const there = section.items.findIndex((one) => name(one) !== undefined && name(one) === name(item));
  if (there === -1) section.items.push(item);
  else section.items[there] = item;
}

const root = mkdtempSync(join(tmpdir(), "botctl-guide-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Stage {
  readonly folder: string;
  readonly at: string;
}

/** A bot as a page has it behind one of its blocks, written into a folder of its own. */
function write(at: string, files: ReadonlyMap<string, string>): Stage {
  const folder = join(root, at.replaceAll(/\W+/g, "-"));
  for (const [name, text] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return { folder, at };
}

function stagesOf(page: string) {
  const all: Stage[] = [];
  const whole: Stage[] = [];
  const talks: { readonly stage: Stage; readonly text: string; readonly line: number }[] = [];
  let bot: Document | undefined;
  let beside = new Map<string, string>();
  let latest: Stage | undefined;
  const end = () => {
    if (latest !== undefined) whole.push(latest);
  };
  for (const { kind, text, line } of blocksOf(page)) {
    const at = `${page}:${line}`;
    if (kind === "text" && text.startsWith("> ")) {
      if (latest === undefined) throw new Error(`${at} talks to no bot`);
      talks.push({ stage: latest, text, line });
    }
    if (kind !== "yaml") continue;
    const [, file] = /^# (\S+\.yaml)\n/.exec(text) ?? [];
    if (file !== undefined) beside.set(file, text);
    else if (/^(#.*\n)*version:/.test(text)) {
      end();
      bot = parseDocument(text);
      beside = new Map();
    } else if (bot === undefined) throw new Error(`${at} is a part of no bot`);
    else addPart(bot, parseDocument(text));
    if (bot === undefined || file !== undefined) continue;
    latest = write(at, new Map([...beside, ["bot.yaml", bot.toString({ lineWidth: 0 })]]));
    all.push(latest);
  }
  end();
  return { all, whole, talks };
}

const staged = pages.filter((page) => !triedElsewhere.includes(page)).map(stagesOf);
const all = staged.flatMap((page) => page.all);
const whole = staged.flatMap((page) => page.whole);
const talks = staged.flatMap((page) => page.talks);
const fileOf = ({ folder }: Stage) => join(folder, "bot.yaml");

describe("the guide", () => {
  it("shows bots that are valid", async () => {
    expect(all.length).toBeGreaterThan(40);
    const { code, stdout } = await cli(["validate", "--strict", ...all.map(fileOf)], { env: secrets });
    expect({ code, stdout: code === 0 ? "" : stdout }).toEqual({ code: 0, stdout: "" });
  });

  it("shows tests that pass", async () => {
    const tested = whole.filter((stage) => /^tests:/m.test(readFileSync(fileOf(stage), "utf8")));
    expect(tested.length).toBeGreaterThan(8);
    const { code, stdout } = await cli(["test", ...tested.map(fileOf)], { env: secrets });
    expect({ code, stdout: code === 0 ? "" : stdout }).toEqual({ code: 0, stdout: "" });
  });

  it.each(talks.map((talk) => [talk.stage.at, talk.line, talk] as const))(
    "talks to the bot of %s as line %i says",
    async (_at, _line, { stage, text }) => {
      const lines = text.trimEnd().split("\n");
      const typed = lines.filter((line) => line.startsWith("> ")).map((line) => `${line.slice(2)}\n`);
      const answers = lines.filter((line) => !line.startsWith("> ")).map((line) => `${line}\n`);
      const input = typed.join("");
      const { stdout } = await cli(["run", "--platform", "console"], { cwd: stage.folder, input, env: secrets });
      expect(stdout).toBe(answers.join(""));
    },
  );

  it("names commands and flags that exist", async () => {
    const helps = new Map<string, Promise<string>>();
    const help = (...words: readonly string[]) => {
      const known = helps.get(words.join(" "));
      const asked = known ?? cli([...words, "--help"]).then(({ code, stdout }) => (code === 0 ? stdout : ""));
      helps.set(words.join(" "), asked);
      return asked;
    };
    let found = 0;
    for (const page of pages) {
      for (const { kind, text, line } of blocksOf(page)) {
        if (kind !== "sh") continue;
        for (const [, command] of text.matchAll(/(?<=^|\| )botctl ([^#\n|>]*)/gm)) {
          found++;
          const [name, second, ...rest] = command!.trim().split(/\s+/);
          const words = name === "data" || name === "manifest" ? [name, second!] : [name!];
          const said = await help(...words);
          expect(said, `${page}:${line} ${command}`).not.toBe("");
          for (const flag of [second ?? "", ...rest].filter((word) => word.startsWith("-"))) {
            expect(said, `${page}:${line} ${command}`).toContain(flag);
          }
        }
      }
    }
    expect(found).toBeGreaterThan(25);
  });

  it("links to what is there", () => {
    for (const page of pages) {
      for (const [, target] of readFileSync(page, "utf8").matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
        const [path, anchor] = target!.split("#") as [string, string?];
        const file = path === "" ? page : relative(".", join(dirname(page), path));
        expect(existsSync(file), `${page}: ${target}`).toBe(true);
        if (anchor !== undefined) expect(anchorsOf(file), `${page}: ${target}`).toContain(anchor);
      }
    }
  });

  it("is listed page by page in the order of its names", () => {
    const listed = [...readFileSync("docs/guide/README.md", "utf8").matchAll(/\]\((\d[^)]*)\)/g)].map(
      ([, name]) => name,
    );
    expect(listed).toEqual(readdirSync("docs/guide").filter((name) => name !== "README.md"));
  });
});

/** What GitHub makes of headings. */
function anchorsOf(file: string): readonly string[] {
  return [...readFileSync(file, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
