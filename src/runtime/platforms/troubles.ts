import { PlatformError } from "../../contracts/platform.ts";

/** Codes of network errors after which a request surely did not reach the platform. */
const neverSent: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** What keeps calls of a platform from working that is no fault of the call, told with the platform's title. */
export function troublesOf(title: string) {
  return {
    ownTrouble: () =>
      new PlatformError("unavailable", `${title} has trouble of its own right now.`, { uncertain: true }),
    /** @param cause - what the request failed with; its `code` tells whether it was sent */
    unreachable(cause: unknown): PlatformError {
      const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "";
      const uncertain = !neverSent.has(code);
      return new PlatformError("unavailable", `${title} cannot be reached right now.`, { uncertain });
    },
    /** @param seconds - how long to wait, where the platform says so */
    tooFast(seconds: number | undefined): PlatformError {
      const span = seconds === undefined ? "" : ` for ${Math.max(1, Math.ceil(seconds))} seconds`;
      const details = seconds === undefined ? {} : { retryAfterMs: Math.round(seconds * 1000) };
      return new PlatformError("rate_limited", `${title} asks the bot to slow down${span}.`, details);
    },
  };
}
