import { SocketModeClient } from "@slack/socket-mode";
import { silent } from "./client.ts";
import type { Http } from "./http.ts";
import { isPayload } from "./intake.ts";

/** Why Slack asks a connection to go (docs.slack.dev: "Using Socket Mode", Disconnect messages). */
export type LeaveReason = "warning" | "refresh_requested" | "link_disabled" | "too_many_websockets" | "unknown";

/**
 * The library's client without its own reconnecting, which leaves five seconds without any connection: told to leave,
 * it says so with the event `asked_to_leave` and stays until it is let go.
 */
export class GentleSocket extends SocketModeClient {
  constructor(appToken: string, apiRoot: string, http: Http) {
    super({
      appToken,
      logger: silent,
      autoReconnectEnabled: false,
      clientOptions: {
        slackApiUrl: apiRoot,
        fetch: http.fetch,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
      },
    });
  }

  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const reason = leaveReason(data);
    if (reason !== undefined) {
      this.emit("asked_to_leave", reason);
      return;
    }
    // A frame that is not as documented must not end the process.
    await super.onWebSocketMessage(data, isBinary).catch(() => undefined);
  }

  /**
   * Opens and waits for the greeting. A failure leaves nothing behind.
   * @throws what the library throws, or Error when no greeting came in time or the signal was given
   */
  async open(withinMs: number, signal: AbortSignal): Promise<void> {
    const started = this.start();
    let end: (why: string) => void = () => undefined;
    const ended = new Promise<never>((_resolve, reject) => {
      end = (why) => reject(new Error(why));
    });
    const cut = () => end("the bot is closing");
    const timer = setTimeout(() => end("no greeting came"), withinMs);
    signal.addEventListener("abort", cut);
    try {
      if (signal.aborted) cut();
      await Promise.race([started, ended]);
    } catch (error) {
      // It may still fail later, when nobody waits for it any more.
      started.catch(() => undefined);
      await this.letGo();
      throw error ?? new Error("the connection was closed before the greeting");
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", cut);
      ended.catch(() => undefined);
    }
  }

  /** Closes, also in the middle of the handshake. Waits a second for Slack's side and then cuts. Never rejects. */
  async letGo(): Promise<void> {
    if (this.websocket === undefined) {
      // Still asking for an address: the connection that is opened with it goes at once.
      this.once("connecting", () => queueMicrotask(() => void this.letGo()));
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, closeWithinMs);
    });
    await Promise.race([this.disconnect(), patience]);
    clearTimeout(timer);
    // The library cuts a connection that it is asked to close twice.
    if (this.websocket.readyState !== undefined) this.websocket.disconnect();
  }
}

const closeWithinMs = 1000;

function leaveReason(data: string | ArrayBuffer): LeaveReason | undefined {
  if (typeof data !== "string" || !data.includes('"disconnect"')) return undefined;
  try {
    const frame: unknown = JSON.parse(data);
    if (!isPayload(frame) || frame.type !== "disconnect") return undefined;
    const known: readonly unknown[] = ["warning", "refresh_requested", "link_disabled", "too_many_websockets"];
    return known.includes(frame.reason) ? (frame.reason as LeaveReason) : "unknown";
  } catch {
    return undefined;
  }
}
