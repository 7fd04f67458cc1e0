import type { Web } from "../contracts/web.ts";
import type { SecretText } from "../language/secret-reference.ts";

/** How much of an answer is read: more is refused. Bytes. */
const mostBytes = 1_000_000;

/**
 * Requests to the rest of the web. The library is loaded with the first one.
 * @param secret - the value of what a header refers to, masked from now on; throws a sentence where it is not set
 */
export function createWeb(secret: (text: SecretText) => string): Web & { close(): Promise<void> } {
  let loading: Promise<typeof import("undici")> | undefined;
  let agent: import("undici").Agent | undefined;
  return {
    async request({ method, url, headers, body, timeoutMs }) {
      loading ??= import("undici");
      const { Agent, request } = await loading;
      agent ??= new Agent({ keepAliveTimeout: 5_000 });
      const { host } = new URL(url);
      const sent: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
      for (const [name, text] of Object.entries(headers)) sent[name.toLowerCase()] = secret(text);
      // One limit for the whole: an answer that trickles in must not hold the run up.
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const answer = await request(url, {
          method,
          headers: sent,
          signal,
          dispatcher: agent,
          ...(body === undefined ? {} : { body }),
        });
        const chunks: Buffer[] = [];
        let size = 0;
        for await (const chunk of answer.body as AsyncIterable<Buffer>) {
          size += chunk.length;
          if (size > mostBytes) throw new Error(`${host} answered with more than a megabyte, which is not read.`);
          chunks.push(chunk);
        }
        return { status: answer.statusCode, text: Buffer.concat(chunks).toString("utf8") };
      } catch (error) {
        if (signal.aborted) throw new Error(`${host} did not answer in ${timeoutMs / 1000} seconds.`);
        if (error instanceof Error && error.message.startsWith(host)) throw error;
        const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
        throw new Error(`${host} could not be reached${code}.`);
      }
    },
    async close() {
      await agent?.destroy();
    },
  };
}
