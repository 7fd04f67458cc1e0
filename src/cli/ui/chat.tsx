import { stripVTControlCharacters } from "node:util";
import { render } from "ink";
import type { App } from "../../app.ts";
import type { ConsoleTerminal } from "../../contracts/terminal.ts";
import { createChatState } from "./chat-state.ts";
import { Chat } from "./chat-view.tsx";

export interface OpenChat {
  readonly terminal: ConsoleTerminal;
  /** Shows what is not part of the conversation. */
  readonly note: (text: string) => void;
  /** Shows the state of a running bot. */
  readonly attach: (app: App) => void;
  /** Gives the terminal back. */
  close(): Promise<void>;
}

/** How often the state of the platforms is looked at. Milliseconds. */
const statusMs = 500;

/** Opens the chat view on a terminal. What is written to stderr meanwhile appears in it, because it would tear the view. */
export function openChat(streams: Pick<NodeJS.Process, "stdin" | "stdout" | "stderr">): OpenChat {
  const endListeners: (() => void)[] = [];
  const waiting: string[] = [];
  let listener: ((line: string) => Promise<void>) | undefined;
  let busy = false;
  let ended = false;

  const work = async () => {
    if (busy || listener === undefined) return;
    busy = true;
    for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) await listener(line);
    busy = false;
    if (ended) for (const end of endListeners.splice(0)) end();
  };
  const state = createChatState({
    line(line) {
      waiting.push(line);
      void work();
    },
    interrupt: () => void process.kill(process.pid, "SIGINT"),
    end() {
      ended = true;
      void work();
    },
  });
  const note = (text: string) => state.log(stripVTControlCharacters(text).replace(/\n+$/, ""));
  const { stdin, stdout } = streams;
  const view = render(<Chat state={state} />, { stdin, stdout, exitOnCtrlC: false, patchConsole: false });
  const giveBack = captureErrors(streams.stderr, note);
  let timer: NodeJS.Timeout | undefined;

  return {
    terminal: {
      onLine(next) {
        listener = next;
        void work();
      },
      onEnd: (end) => void endListeners.push(end),
      write: state.message,
      typingAs: ({ name }) => state.typingAs(name),
    },
    note,
    attach(app) {
      state.log("Type /help to see the commands, /as bob to be somebody else (/as alone tells how); Ctrl-D ends it.");
      let reload = "";
      const show = () => state.setStatus([statusOf(app), reload].filter((part) => part !== "").join("  |  "));
      app.onReport((report) => {
        reload = reloadSentence(report.ok, report.sentences);
        show();
      });
      show();
      timer = setInterval(show, statusMs);
      timer.unref();
    },
    async close() {
      clearInterval(timer);
      view.unmount();
      await view.waitUntilExit();
      giveBack();
    },
  };
}

function statusOf(app: App): string {
  return app
    .status()
    .map(({ platform, state, why }) => `${platform} ${state}${why === undefined ? "" : `: ${why}`}`)
    .join("  ");
}

function reloadSentence(ok: boolean, sentences: readonly string[]): string {
  if (!ok) return "the changed file was not taken over";
  return sentences.length === 0 ? "read again, nothing changed" : sentences.join("; ");
}

function captureErrors(stream: NodeJS.WriteStream, show: (text: string) => void): () => void {
  const write = stream.write;
  stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    show(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8"));
    const done = rest.find((one) => typeof one === "function") as (() => void) | undefined;
    if (done !== undefined) queueMicrotask(done);
    return true;
  }) as typeof stream.write;
  return () => {
    stream.write = write;
  };
}
