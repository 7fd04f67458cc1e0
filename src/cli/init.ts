import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../contracts/make-folder.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { readAsset } from "./assets.ts";
import { exitCodes } from "./exit-codes.ts";
import { type Answers, askAnswers } from "./init-questions.ts";
import { envExample, readmeOf } from "./init-texts.ts";
import type { Io } from "./io.ts";
import { schemaPath } from "./schema.ts";
import { fillTemplate, type PlatformName, platformTitles, type TemplateName, templates } from "./templates.ts";
import { Trouble } from "./trouble.ts";

export interface InitOptions {
  readonly folder: string;
  readonly platforms?: readonly string[] | undefined;
  readonly template?: string | undefined;
  /** Asks nothing. */
  readonly yes: boolean;
  /** Writes over files that are there already. */
  readonly force: boolean;
}

/** Writes a new bot into a folder. @returns the exit code. */
export async function init(options: InitOptions, io: Io): Promise<number> {
  const given = {
    platforms: options.platforms?.map((name) => known("platform", name, platformTitles) as PlatformName),
    template:
      options.template === undefined ? undefined : (known("template", options.template, templates) as TemplateName),
  };
  const answers = await answer(given, options.yes);
  if (answers === undefined) {
    io.err("Nothing was written.\n");
    return exitCodes.failed;
  }
  const files = filesOf(answers);
  const inTheWay = [...files.keys()].filter((name) => exists(join(options.folder, name)));
  if (inTheWay.length > 0 && !options.force) {
    const list = inTheWay.map((name) => `  ${join(options.folder, name)}\n`).join("");
    io.err(`Nothing was written, because these files are there already:\n${list}`);
    io.err("Choose another folder, or write over them with --force.\n");
    return exitCodes.failed;
  }
  files.set(".gitignore", ignoreFile(join(options.folder, ".gitignore")));
  for (const [name, text] of files) {
    const path = join(options.folder, name);
    makeFolder(join(path, ".."));
    writeFileSync(path, text);
    io.out(`${io.outColors.green("+")} ${path}\n`);
  }
  io.out(
    `\nNow type:\n${nextCommands(options.folder)
      .map((line) => `  ${io.outColors.bold(line)}\n`)
      .join("")}`,
  );
  return exitCodes.valid;
}

async function answer(given: Partial<Answers>, yes: boolean): Promise<Answers | undefined> {
  const { platforms = ["console"], template = "minimal" } = given;
  const complete = given.platforms !== undefined && given.template !== undefined;
  const hasTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  if (yes || complete || !hasTerminal) return { platforms: [...new Set(platforms)], template };
  return askAnswers(given);
}

/** Everything that `init` makes but the .gitignore, by path inside the folder. */
function filesOf({ platforms, template }: Answers): Map<string, string> {
  const bot = fillTemplate(template, platforms);
  return new Map([
    ["bot.yaml", bot],
    [".env.example", envExample(bot)],
    ["README.md", readmeOf(platforms)],
    [schemaPath, readAsset(schemaPath)],
  ]);
}

const ignored = [".env", ".env.*", "!.env.example", "data/", "logs/"];

/** A .gitignore that is there already keeps its lines and gets those that are missing. */
function ignoreFile(path: string): string {
  const present = exists(path) ? readFileSync(path, "utf8") : "";
  const lines = present.split(/\r?\n/);
  const missing = ignored.filter((line) => !lines.includes(line));
  const start = present === "" || present.endsWith("\n") ? present : `${present}\n`;
  return start + missing.map((line) => `${line}\n`).join("");
}

function nextCommands(folder: string): string[] {
  const inside =
    folder === "." || folder === "" ? "botctl validate" : `cd ${/[^\w./-]/.test(folder) ? `"${folder}"` : folder}`;
  return [inside, "botctl run --platform console"];
}

function known(what: string, name: string, all: Readonly<Record<string, string>>): string {
  if (Object.hasOwn(all, name)) return name;
  const near = suggest(name, Object.keys(all));
  const instead = near === undefined ? `Possible are ${Object.keys(all).join(", ")}.` : `Did you mean "${near}"?`;
  throw new Trouble(`There is no ${what} "${name}". ${instead}`);
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
