import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { edit, emptyDraft, type Keys } from "../../src/cli/ui/draft.ts";
import { bin } from "../support/build.ts";
import { folderWith, pingBot } from "./files.ts";
import { talk } from "./process.ts";

/** `script` of util-linux makes a terminal; other systems have another `script`, or none. */
const hasScript = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") === true;

/** botctl in a terminal of 100 columns. */
function inTerminal(args: string, cwd: string) {
  const line = `stty cols 100 rows 30; exec "${process.execPath}" "${bin}" ${args}`;
  return talk(["--quiet", "--return", "--command", line, "/dev/null"], {
    cwd,
    env: { TERM: "xterm-256color", SHELL: "/bin/sh" },
    command: ["script"],
  });
}

describe.runIf(hasScript)("the chat view", () => {
  it("shows what is typed, the answers, buttons and the state, and gives the terminal back", async () => {
    const cwd = folderWith({ "bot.yaml": pingBot });
    const chat = inTerminal("run", cwd);
    await chat.sees("console open");
    await chat.sees("Type /help to see the commands");
    chat.write("/ping\r");
    await chat.sees("Pong!");
    chat.write("/greet @bob\r");
    await chat.sees("[1] Wave");
    chat.write("/as bobby\u007f\u007f\r");
    await chat.sees("(you type as bob)");
    writeFileSync(join(cwd, "bot.yaml"), pingBot.replace("Pong!", "Changed"));
    await chat.sees("1 command changed: ping");
    chat.write("\u0004");
    expect((await chat.ended).code).toBe(0);
    const screen = stripVTControlCharacters(chat.output());
    expect(screen).toContain("you /ping");
    expect(screen).toContain("Harbour Pong!");
    expect(chat.output().lastIndexOf("\u001b[?25h")).toBeGreaterThan(chat.output().lastIndexOf("\u001b[?25l"));
  });

  it("stops on Ctrl-C", async () => {
    const chat = inTerminal("run", folderWith({ "bot.yaml": pingBot }));
    await chat.sees("console open");
    chat.write("\u0003");
    expect((await chat.ended).code).toBe(0);
  });

  it("shows mistakes of the file after the terminal is given back", async () => {
    const chat = inTerminal("run", folderWith({ "bot.yaml": pingBot.replace("reply: polo", "repy: polo") }));
    const { code } = await chat.ended;
    expect(code).toBe(1);
    expect(stripVTControlCharacters(chat.output())).toContain('there is no action "repy"');
  });

  it("asks for what flags do not say, when a bot is begun", async () => {
    const cwd = folderWith();
    const questions = inTerminal("init my-bot", cwd);
    await questions.sees("Where does it run?");
    questions.write("\r");
    await questions.sees("What does it begin with?");
    questions.write("\u001b[B\r");
    await questions.sees("Now type:");
    expect((await questions.ended).code).toBe(0);
    const checked = talk(["validate", "my-bot/bot.yaml"], { cwd });
    await checked.sees("my-bot/bot.yaml is valid");
  });
});

describe("the line being written", () => {
  const none: Keys = {
    leftArrow: false,
    rightArrow: false,
    upArrow: false,
    downArrow: false,
    home: false,
    end: false,
    return: false,
    backspace: false,
    delete: false,
    ctrl: false,
    meta: false,
  };
  type Press = string | Partial<Keys> | [string, Partial<Keys>];
  const pressed = (...presses: Press[]) => {
    const lines: string[] = [];
    let draft = emptyDraft;
    let asks: string | undefined;
    for (const press of presses) {
      const [input, keys] = typeof press === "string" ? [press, {}] : Array.isArray(press) ? press : ["", press];
      const edited = edit(draft, input, { ...none, ...keys });
      draft = edited.draft;
      lines.push(...edited.lines);
      asks = edited.asks;
    }
    return { text: draft.text, cursor: draft.cursor, lines, asks };
  };
  const left = { leftArrow: true };
  const backspace = { backspace: true };
  const enter = { return: true };
  const ctrl = (input: string): Press => [input, { ctrl: true }];

  it("moves and deletes by what people see as one character", () => {
    expect(pressed("a👩‍👩‍👧b", left, left)).toMatchObject({ cursor: 1 });
    expect(pressed("a👩‍👩‍👧b", left, backspace)).toMatchObject({ text: "ab", cursor: 1 });
    expect(pressed("ab", left, left, left, backspace, "x")).toMatchObject({ text: "xab", cursor: 1 });
  });

  it("knows the keys of other shells", () => {
    expect(pressed("one two", ctrl("w"))).toMatchObject({ text: "one ", cursor: 4 });
    expect(pressed("one two", ctrl("a"), ctrl("d"))).toMatchObject({ text: "ne two", cursor: 0 });
    expect(pressed("one", left, ctrl("k"))).toMatchObject({ text: "on" });
    expect(pressed("one", left, ctrl("u"))).toMatchObject({ text: "e", cursor: 0 });
    expect(pressed(ctrl("d")).asks).toBe("end");
    expect(pressed("x", ctrl("c")).asks).toBe("interrupt");
  });

  it("reads several keys that arrive together", () => {
    expect(pressed("bobby\u007f\u007f\r/as\b")).toMatchObject({ lines: ["bob"], text: "/a", cursor: 2 });
  });

  it("sends every whole line of a pasted text and keeps the rest", () => {
    expect(pressed("one\r\ntwo\nthr\tee")).toMatchObject({ lines: ["one", "two"], text: "thr ee" });
    expect(pressed("  ", enter, enter)).toMatchObject({ lines: [], text: "" });
  });

  it("brings back lines sent before", () => {
    const [up, down] = [{ upArrow: true }, { downArrow: true }];
    expect(pressed("one", enter, "two", enter, up, up, up)).toMatchObject({ text: "one", cursor: 3 });
    expect(pressed("one", enter, "two", enter, up, up, down, down)).toMatchObject({ text: "" });
    expect(pressed("one", enter, up, enter).lines).toEqual(["one", "one"]);
  });
});
