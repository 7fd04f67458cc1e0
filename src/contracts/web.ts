import type { SecretText } from "../language/secret-reference.ts";

export interface WebRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Whole, with its query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, SecretText>>;
  readonly body?: string;
  /** Milliseconds for the whole answer. */
  readonly timeoutMs: number;
}

export interface WebAnswer {
  readonly status: number;
  /** At most a megabyte. */
  readonly text: string;
}

/** The rest of the web, as far as a file asks for it. Redirects are answers, and nothing is asked twice. */
export interface Web {
  /** @throws Error with a sentence that holds no secret. */
  request(request: WebRequest): Promise<WebAnswer>;
}
