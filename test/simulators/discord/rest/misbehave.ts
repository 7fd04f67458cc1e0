/** How an answer goes wrong. Rules are asked in the order in which they were made; each is used up after `times`. */
export interface Misbehaviour {
  /**
   * `POST /channels/{channel_id}/messages` (the published template), a test for method and path as asked,
   * or left out for every request.
   */
  route?: string | ((method: string, path: string) => boolean);
  /** Answer this instead of acting; without it (and `hang`, `close`) the request is served as usual, with `headers` added. */
  status?: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON, a text as HTML. */
  body?: unknown;
  /** 1 unless told; `Number.POSITIVE_INFINITY` for ever. */
  times?: number;
  /** Wait this long (milliseconds) or for this promise first. */
  delay?: number | Promise<unknown>;
  /** Never answer. */
  hang?: boolean;
  /** Cut the line instead of answering. */
  close?: boolean;
  /** With `status`, `hang` or `close`: act first, so that the effect is there and only the answer is lost. */
  afterEffect?: boolean;
}

/** What Discord answers to too many requests ("Rate Limits"); "cloudflare" comes without any header that helps. */
export function rateLimited(
  scope: "user" | "shared" | "global" | "cloudflare",
  retryAfterSeconds: number,
): Pick<Misbehaviour, "status" | "headers" | "body"> {
  if (scope === "cloudflare") return { status: 429, body: "<html><title>Access denied</title>error code: 1015</html>" };
  const headers: Record<string, string> = {
    "retry-after": String(Math.ceil(retryAfterSeconds)),
    "x-ratelimit-scope": scope,
  };
  if (scope === "global") headers["x-ratelimit-global"] = "true";
  else {
    headers["x-ratelimit-limit"] = "10";
    headers["x-ratelimit-remaining"] = scope === "shared" ? "9" : "0";
    headers["x-ratelimit-reset-after"] = String(retryAfterSeconds);
  }
  const message = scope === "shared" ? "The resource is being rate limited." : "You are being rate limited.";
  return { status: 429, headers, body: { message, retry_after: retryAfterSeconds, global: scope === "global" } };
}

/** The rule for this request, used up by one. */
export function takeMisbehaviour(
  rules: Misbehaviour[],
  method: string,
  path: string,
  template: string | undefined,
): Misbehaviour | undefined {
  const index = rules.findIndex(({ route }) => {
    if (route === undefined) return true;
    return typeof route === "string" ? route === `${method} ${template}` : route(method, path);
  });
  const rule = rules[index];
  if (rule === undefined) return undefined;
  rule.times = (rule.times ?? 1) - 1;
  if (rule.times <= 0) rules.splice(index, 1);
  return rule;
}
