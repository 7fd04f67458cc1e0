/** Bot tokens that expire and are renewed (docs.slack.dev, "Using token rotation"). */
export interface Tokens {
  /** What is wrong with a bot token, as the Web API says it; nothing when it is good. */
  problemOf(token: string | undefined): "not_authed" | "invalid_auth" | "token_expired" | "token_revoked" | undefined;
  /** Makes the current bot token expire now. */
  expire(): void;
  /** Makes every bot token unusable, as when the app is uninstalled. */
  revoke(): void;
  /** The refresh token that works now; each works once. */
  readonly refreshToken: string;
  readonly botToken: string;
  /** A new pair for a refresh token, or nothing when it was used before or never existed. */
  renew(refreshToken: string): { access_token: string; refresh_token: string; expires_in: number } | undefined;
}

export function createTokens(botToken: string, nextId: (prefix: string) => string): Tokens {
  const states = new Map<string, "good" | "token_expired" | "token_revoked">([[botToken, "good"]]);
  let current = botToken;
  let refreshToken = `xoxe-1-${nextId("R")}`;
  return {
    problemOf(token) {
      if (token === undefined || token === "") return "not_authed";
      const state = states.get(token);
      if (state === undefined) return "invalid_auth";
      return state === "good" ? undefined : state;
    },
    expire() {
      states.set(current, "token_expired");
    },
    revoke() {
      for (const token of states.keys()) states.set(token, "token_revoked");
    },
    get refreshToken() {
      return refreshToken;
    },
    get botToken() {
      return current;
    },
    renew(given) {
      if (given !== refreshToken) return undefined;
      current = `xoxe.xoxb-1-${nextId("X")}`;
      states.set(current, "good");
      refreshToken = `xoxe-1-${nextId("R")}`;
      return { access_token: current, refresh_token: refreshToken, expires_in: 43_200 };
    },
  };
}
