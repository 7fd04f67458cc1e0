import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/**
 * What people see in an editor, through the very server that most of them use: the published schema must complete,
 * explain and mark a bot.yaml.
 */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

const folder = mkdtempSync(join(tmpdir(), "botctl-editor-"));
/** Each text is a file of its own, so that what is told of one is told of no other. */
let uri = "";
const arrived = new EventEmitter();
let server: ChildProcess;
let nextId = 0;
let files = 0;

beforeAll(async () => {
  copyFileSync("schemas/bot.schema.json", join(folder, "bot.schema.json"));
  const bin = createRequire(import.meta.url).resolve("yaml-language-server/bin/yaml-language-server");
  server = spawn(process.execPath, [bin, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  readMessages(server, (message) => {
    if (message.method !== undefined && message.id !== undefined) answer(message);
    else arrived.emit(message.method ?? `answer:${message.id}`, message);
  });
  await ask("initialize", { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities: {} });
  tell("initialized", {});
  tell("workspace/didChangeConfiguration", { settings: {} });
});
afterAll(() => void server.kill());

/** The server asks for its settings: completion, hover and validation are on, and no schemas from elsewhere. */
function answer({ id, method, params }: Message): void {
  const items = (params as { items?: readonly { section?: string }[] } | undefined)?.items ?? [];
  const settings = { validate: true, hover: true, completion: true, schemaStore: { enable: false } };
  const result =
    method === "workspace/configuration" ? items.map(({ section }) => (section === "yaml" ? settings : {})) : null;
  send({ id, result } as Message);
}

function send(message: object): void {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  server.stdin!.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
const tell = (method: string, params: unknown): void => send({ method, params });

async function ask<Result>(method: string, params: unknown): Promise<Result> {
  const id = ++nextId;
  const answered = once(arrived, `answer:${id}`);
  send({ id, method, params });
  const [message] = (await answered) as [Message];
  return message.result as Result;
}

/** Opens a text; `|` marks where the cursor stands. @returns its place. */
function open(text: string): { readonly line: number; readonly character: number } {
  const at = text.indexOf("|>");
  const before = text.slice(0, Math.max(at, 0));
  const plain = `# yaml-language-server: $schema=bot.schema.json\n${text.replace("|>", "")}`;
  const file = join(folder, `bot-${++files}.yaml`);
  uri = pathToFileURL(file).href;
  writeFileSync(file, plain);
  tell("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text: plain } });
  return { line: before.split("\n").length, character: before.length - before.lastIndexOf("\n") - 1 };
}

async function completions(text: string): Promise<readonly string[]> {
  const position = open(text);
  const list = await ask<{ items: readonly { label: string }[] }>("textDocument/completion", {
    textDocument: { uri },
    position,
  });
  return list.items.map(({ label }) => label);
}

async function hover(text: string): Promise<string> {
  const position = open(text);
  const found = await ask<{ contents: { value: string } } | null>("textDocument/hover", {
    textDocument: { uri },
    position,
  });
  return found?.contents.value ?? "";
}

interface Marks {
  readonly uri: string;
  readonly diagnostics: readonly { readonly message: string; readonly range: { readonly start: { line: number } } }[];
}

function marks(text: string): Promise<readonly { line: number; message: string }[]> {
  open(text);
  const about = uri;
  // Heard without a pause: those of an earlier file may come in one piece with these.
  return new Promise((resolve) => {
    const hear = ({ params }: Message): void => {
      const told = params as Marks;
      if (told.uri !== about) return;
      arrived.off("textDocument/publishDiagnostics", hear);
      resolve(told.diagnostics.map(({ message, range }) => ({ line: range.start.line, message })));
    };
    arrived.on("textDocument/publishDiagnostics", hear);
  });
}

const head = "version: 1\nbot: { name: Harbour }\nplatforms: { console: {} }\n";

describe("in an editor", () => {
  it("completes sections, keys, actions, triggers and choices", async () => {
    expect(await completions(`${head}|>`)).toEqual(
      expect.arrayContaining(["commands", "rules", "packs", "tests", "data"]),
    );
    expect(await completions(`${head}commands:\n  hello:\n    |>`)).toEqual(
      expect.arrayContaining(["description", "allow", "options", "do", "rate_limit"]),
    );
    expect(await completions(`${head}commands:\n  hello:\n    do:\n      - |>`)).toEqual(
      expect.arrayContaining(["reply", "send", "mute", "add_role"]),
    );
    expect(await completions(`${head}rules:\n  - name: A\n    when: |>\n    do: [stop]\n`)).toEqual(
      expect.arrayContaining(["message", "member_joined"]),
    );
    expect(await completions(`${head}data:\n  coins:\n    scope: |>`)).toEqual(
      expect.arrayContaining(["member", "server", "bot"]),
    );
    expect(await completions(`${head}tests:\n  - name: A\n    steps:\n      - |>`)).toEqual(
      expect.arrayContaining(["as", "bot", "expect", "webhook"]),
    );
    expect(await completions(`${head}tests:\n  - name: A\n    steps:\n      - webhook: deploy\n        |>`)).toEqual([
      "body",
    ]);
  });

  it("explains what stands under the mouse", async () => {
    expect(await hover(`${head}com|>mands:\n  hello: Hi\n`)).toContain("What people can ask for by name");
    expect(await hover(`${head}commands:\n  hello:\n    do:\n      - mu|>te: { member: "{{ user }}" }\n`)).toContain(
      "Keeps somebody from writing",
    );
    expect(await hover(`${head}data:\n  coins: { type: integer, sco|>pe: member }\n`)).toContain("Whose value it is");
  });

  it("marks what is wrong, and nothing in a file that is right", async () => {
    expect(await marks(`${head}commands:\n  hello:\n    do:\n      - repy: Hi\n`)).toMatchObject([{ line: 7 }]);
    expect(await marks(`${head}data:\n  coins: { type: intger }\n`)).toMatchObject([{ line: 5 }]);
    expect(await marks(`${head}commands:\n  hello: Hi\n`)).toEqual([]);
  });
});

/** Reads the frames of the protocol: a header with the length, a blank line, JSON. */
function readMessages(child: ChildProcess, take: (message: Message) => void): void {
  let buffer = Buffer.alloc(0);
  child.stdout!.on("data", (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const end = buffer.indexOf("\r\n\r\n");
      const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, Math.max(end, 0)).toString())?.[1]);
      if (end === -1 || !(buffer.length >= end + 4 + length)) return;
      const body = buffer.subarray(end + 4, end + 4 + length).toString();
      buffer = buffer.subarray(end + 4 + length);
      take(JSON.parse(body) as Message);
    }
  });
}
