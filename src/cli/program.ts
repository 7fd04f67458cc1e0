import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import { exitCodes } from "./exit-codes.ts";
import { type Io, processIo } from "./io.ts";
import { troubleSentence } from "./trouble.ts";

/** Runs botctl with the arguments behind its name. @returns the exit code; never rejects. */
export async function main(args: readonly string[], io: Io = processIo()): Promise<number> {
  let exitCode: number = exitCodes.valid;
  const program = createProgram(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(isCommand(program, args[0]) ? args : args.slice(0, 1), { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.valid : exitCodes.failed;
    io.err(`botctl: ${troubleSentence(error)}\n`);
    if (io.env.BOTCTL_DEBUG === "1" && error instanceof Error) io.err(`${error.stack}\n`);
    return exitCodes.failed;
  }
}

/** Whether it may be a subcommand or a flag: `botctl plan --help` is told of "plan", not helped with everything else. */
function isCommand(program: Command, word: string | undefined): boolean {
  if (word === undefined || word.startsWith("-") || word === "help") return true;
  return program.commands.some((command) => command.name() === word || command.aliases().includes(word));
}

/** The subcommands. What they need is loaded when they run, so that each starts as fast as it can. */
function createProgram(io: Io, finish: (exitCode: number) => void): Command {
  const program = new Command("botctl")
    .description("Runs a chat bot on Discord, Telegram and Slack from one bot.yaml.")
    .version(packageJson.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .showHelpAfterError(seeHelp("botctl"))
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .addHelpText("after", examples("botctl init my-bot", "botctl validate", "botctl run --platform console"));

  /** Several subcommands under one name. */
  const group = (name: string, about: string) =>
    program
      .command(name)
      .description(about)
      .showHelpAfterError(seeHelp(`botctl ${name}`));
  const subcommandOf = (parent: Command, name: string, about: string, ...lines: string[]) =>
    parent
      .command(name)
      .description(about)
      .showHelpAfterError(seeHelp(parent === program ? `botctl ${name}` : `botctl ${parent.name()} ${name}`))
      .addHelpText("after", examples(...lines));
  const subcommand = (name: string, about: string, ...lines: string[]) => subcommandOf(program, name, about, ...lines);

  subcommand(
    "init",
    "Begin a new bot: writes a bot.yaml and what belongs beside it.",
    "botctl init",
    "botctl init my-bot --platform discord --template community --yes",
  )
    .argument("[folder]", "where the bot goes", ".")
    .addOption(listOption("--platform <name>", "discord, telegram, slack or console; may be given several times"))
    .option("--template <name>", "what the bot begins with: minimal, community or team")
    .option("-y, --yes", "ask nothing, take what is not said by flags from the defaults", false)
    .option("--force", "write over files that are there already", false)
    .action(
      async (folder: string, options: { platform?: string[]; template?: string; yes: boolean; force: boolean }) => {
        const { init } = await import("./init.ts");
        finish(await init({ folder, platforms: options.platform, ...options }, io));
      },
    );

  subcommand(
    "validate",
    "Check a bot.yaml without starting anything. Exit code 0: valid, 1: mistakes, 2: botctl could not check it.",
    "botctl validate",
    "botctl validate bots/*.yaml --format github",
    "cat bot.yaml | botctl validate -",
  )
    .argument("[file...]", "files to check; - reads what another program writes", ["bot.yaml"])
    .addOption(
      new Option("--format <name>", "how mistakes are shown").choices(["pretty", "json", "github"]).default("pretty"),
    )
    .option("--strict", "count warnings as mistakes", false)
    .option("--explain", "read the file back in plain sentences", false)
    .option("--env <name>", "read secrets from .env.<name> instead of .env")
    .action(
      async (
        files: string[],
        options: { format: "pretty" | "json" | "github"; strict: boolean; explain: boolean; env?: string },
      ) => {
        const { validate } = await import("./validate.ts");
        const { env, ...rest } = options;
        finish(await validate(files, { ...rest, ...(env === undefined ? {} : { environmentName: env }) }, io));
      },
    );

  subcommand(
    "test",
    "Run the tests of a bot.yaml, without a network and without a token.",
    "botctl test",
    "botctl test --platform discord --watch",
    "botctl test bots/*.yaml --reporter junit > results.xml",
  )
    .argument("[file...]", "files whose tests are run", ["bot.yaml"])
    .addOption(listOption("--platform <name>", "only on this platform of the file; all, if left out"))
    .addOption(
      new Option("--reporter <name>", "how results are shown").choices(["pretty", "json", "junit"]).default("pretty"),
    )
    .option("--watch", "run them again whenever the file changes", false)
    .action(
      async (
        files: string[],
        options: { platform?: string[]; reporter: "pretty" | "json" | "junit"; watch: boolean },
      ) => {
        const { test } = await import("./test.ts");
        const { platform, ...rest } = options;
        finish(await test(files, { ...rest, platforms: platform }, io));
      },
    );

  subcommand(
    "run",
    "Run the bot. It follows changes of its file while it runs.",
    "botctl run",
    "botctl run --platform console --as ada --role Moderator",
    "botctl run staging.yaml --env staging --no-watch",
  )
    .argument("[file]", "the bot's file", "bot.yaml")
    .addOption(listOption("--platform <name>", "only this platform; may be given several times; console always works"))
    .option("--env <name>", "read secrets from .env.<name> instead of .env")
    .option("--no-watch", "do not follow changes of the file")
    .option("--as <name>", "console: who types; the owner, if left out")
    .addOption(listOption("--role <name>", "console: a role of who types; may be given several times"))
    .option("--owner", "console: who types with --as is the owner", false)
    .action(async (file: string, options: RunFlags) => {
      const { run } = await import("./run.ts");
      finish(await run({ file, ...options }, io));
    });

  subcommand(
    "explain",
    "Explain a section, a key or a word of the file, or a mistake that botctl told you of.",
    "botctl explain rules",
    "botctl explain unknown-action",
    "botctl explain reply",
    "botctl explain actions",
  )
    .argument(
      "[name]",
      "the name of a section, key, word or mistake, or a list: sections, actions, conditions, triggers, filters, variables, packs",
    )
    .action(async (name: string | undefined) => {
      const { explain } = await import("./explain.ts");
      finish(await explain(name, io));
    });

  subcommand(
    "eject",
    "Print a pack as plain commands, rules and data, with the settings of the file, to change as you like.",
    "botctl eject fun > fun-commands.yaml",
    "botctl eject ./packs/mine.yaml bot.yaml",
  )
    .argument("<pack>", "the pack, as it is named under packs")
    .argument("[file]", "the bot's file", "bot.yaml")
    .action(async (pack: string, file: string) => {
      const { eject } = await import("./eject.ts");
      finish(await eject(pack, file, io));
    });

  subcommand("schema", "Print the JSON Schema of bot.yaml, for editors.", "botctl schema > bot.schema.json").action(
    async () => {
      const { printSchema } = await import("./schema.ts");
      finish(await printSchema(io));
    },
  );

  const data = group("data", "Take out, put back or delete what the bot remembers; the bot may run meanwhile.");
  subcommandOf(
    data,
    "export",
    "Write what is remembered as JSON: of one person with what the audit log holds about them, or of all.",
    "botctl data export --out backup.json",
    "botctl data export --user discord:ada",
  )
    .argument("[file]", "the bot's file", "bot.yaml")
    .option("--user <name>", "only this person: discord:ada, @ada, or an id")
    .option("--out <file>", "write into this file instead of the standard output")
    .option("--env <name>", "read secrets from .env.<name> instead of .env")
    .action(async (file: string, options: { user?: string; out?: string; env?: string }) => {
      const { exportData } = await import("./data.ts");
      finish(await exportData({ file, ...options }, io));
    });
  subcommandOf(
    data,
    "import",
    "Put an export back: values replace those that are there.",
    "botctl data import backup.json",
  )
    .argument("<backup>", "what botctl data export wrote")
    .argument("[file]", "the bot's file", "bot.yaml")
    .option("--env <name>", "read secrets from .env.<name> instead of .env")
    .action(async (backup: string, file: string, options: { env?: string }) => {
      const { importData } = await import("./data.ts");
      finish(await importData(backup, { file, ...options }, io));
    });
  subcommandOf(
    data,
    "delete",
    "Delete all that is kept of one person, and empty what the audit log holds about them.",
    "botctl data delete --user discord:ada",
  )
    .argument("[file]", "the bot's file", "bot.yaml")
    .requiredOption("--user <name>", "who: discord:ada, @ada, or an id")
    .option("-y, --yes", "do not ask", false)
    .option("--env <name>", "read secrets from .env.<name> instead of .env")
    .action(async (file: string, options: { user: string; yes: boolean; env?: string }) => {
      const { deleteData } = await import("./data.ts");
      finish(await deleteData({ file, ...options }, io));
    });

  const audit = group("audit", "Look at the audit log; the bot may run meanwhile.");
  subcommandOf(
    audit,
    "verify",
    "Say whether an entry of the audit log was changed, or taken out from between others.",
    "botctl audit verify",
  )
    .argument("[file]", "the bot's file", "bot.yaml")
    .option("--env <name>", "read secrets from .env.<name> instead of .env")
    .action(async (file: string, options: { env?: string }) => {
      const { verifyAudit } = await import("./audit.ts");
      finish(await verifyAudit({ file, ...options }, io));
    });

  const manifest = group("manifest", "Print what a platform wants to be told about the bot; only Slack asks for it.");
  subcommandOf(
    manifest,
    "slack",
    "Print the app manifest that Slack asks for when an app is made.",
    "botctl manifest slack",
    "botctl manifest slack bot.yaml --json > manifest.json",
  )
    .argument("[file]", "the bot's file", "bot.yaml")
    .option("--json", "as JSON instead of YAML", false)
    .action(async (file: string, { json }: { json: boolean }) => {
      const { printSlackManifest } = await import("./manifest.ts");
      finish(await printSlackManifest(file, json, io));
    });
  return program;
}

interface RunFlags {
  readonly platform?: string[];
  readonly env?: string;
  readonly watch: boolean;
  readonly as?: string;
  readonly role?: string[];
  readonly owner: boolean;
}

/** `--platform discord --platform slack`, and `--platform discord,slack` too. */
function listOption(flags: string, about: string): Option {
  return new Option(flags, about).argParser((text: string, earlier: string[] | undefined) => {
    const names = text.split(",").map((name) => name.trim());
    if (names.includes("")) throw new InvalidArgumentError("A name is missing.");
    return [...(earlier ?? []), ...names];
  });
}

function seeHelp(command: string): string {
  return `Run ${command} --help to see what can be written.`;
}

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}
