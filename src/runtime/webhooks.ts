import type { IncomingMessage, ServerResponse } from "node:http";
import { PlatformError } from "../contracts/platform.ts";
import type { SecretText } from "../language/secret-reference.ts";
import type { CompiledWebhook } from "../plan/program.ts";
import { type Listening, listen } from "./platforms/listener.ts";
import { readBody, refuse } from "./platforms/request.ts";
import type { Generation, Services } from "./services.ts";
import type { TakeCall } from "./webhook-calls.ts";
import { deliveryOf, isSigned, showsSecret, typeOf } from "./webhook-request.ts";

/** More than what programs tell each other of an event. Bytes. */
const mostBytes = 256 * 1024;
/** How often the log says that requests were turned away, at most. Milliseconds. */
const reportEveryMs = 60_000;

export interface Webhooks {
  /** Listens where the plan in force wants it, and nowhere else. @returns sentences about what is not possible. */
  settle(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/**
 * Takes requests of other programs and hands them to the rules. Whoever does not know the secret learns nothing: not
 * whether there is such an address, nor why it was turned away.
 */
export function createWebhooks(
  services: Services,
  current: () => Generation,
  secretOf: (secret: SecretText) => string,
  take: TakeCall,
): Webhooks {
  const open = new Map<string, Listening>();
  let told: ReadonlySet<string> = new Set();
  let turnedAwayAt = Number.NEGATIVE_INFINITY;

  const hooksAt = (address: string): readonly CompiledWebhook[] =>
    current().plan.webhooks.filter((hook) => addressOf(hook) === address);

  const find = (address: string, url: string): readonly CompiledWebhook[] => {
    const path = url.replace(/[?#].*$/, "").replace(/^\//, "");
    return hooksAt(address).filter((hook) => hook.path === path);
  };

  const turnAway = (response: ServerResponse): void => {
    const now = services.clock.now();
    if (now - turnedAwayAt >= reportEveryMs) {
      turnedAwayAt = now;
      services.log.warn({}, "a request to a webhook was turned away: its address or its secret is not right");
    }
    refuse(response, 404, "Nothing was taken. The log of the bot says why.");
  };

  const handle = async (address: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [hook] = find(address, request.url ?? "");
    if (hook === undefined || request.method !== "POST") return turnAway(response);
    const secret = secretOf(hook.secret);
    const shown = secret === "" ? false : showsSecret(request, secret);
    if (shown === false) return turnAway(response);
    const body = await readBody(request, mostBytes);
    if (shown === undefined && (body === undefined || !isSigned(request, body, secret))) return turnAway(response);
    if (body === undefined)
      return refuse(response, 413, `Nothing was taken: more than ${mostBytes / 1024} KB were sent.`);
    const taken = await take(hook, { type: typeOf(request), body, delivery: deliveryOf(request) });
    if (!taken.ok) return refuse(response, taken.status, `Nothing was taken: ${taken.why}`);
    response.writeHead(202).end();
  };

  /** Says the whole address of what can be called since the last time. */
  const tellAddresses = (): void => {
    const hooks = current().plan.webhooks.filter((hook) => open.has(addressOf(hook)));
    const lines = new Map(hooks.map((hook) => [`${urlOf(hook)} ${hook.rule.id}`, hook]));
    for (const [line, hook] of lines) {
      if (told.has(line)) continue;
      const url = urlOf(hook);
      services.log.info({ url, rule: hook.rule.name }, "a webhook waits for other programs to POST to it");
    }
    told = new Set(lines.keys());
  };

  return {
    async settle() {
      const problems: string[] = [];
      const wanted = new Map(current().plan.webhooks.map((hook) => [addressOf(hook), hook]));
      for (const [address, listening] of open) {
        if (wanted.has(address)) continue;
        open.delete(address);
        await listening.close();
      }
      for (const [address, { host, port }] of wanted) {
        if (open.has(address)) continue;
        const listener = {
          takes: (url: string) => find(address, url).length > 0,
          handle: (request: IncomingMessage, response: ServerResponse) => handle(address, request, response),
        };
        try {
          open.set(address, await listen({ host, port }, listener, "listen"));
        } catch (error) {
          if (!(error instanceof PlatformError)) throw error;
          problems.push(`webhooks cannot be taken: ${error.message}`);
        }
      }
      tellAddresses();
      return problems;
    },
    async stop() {
      await Promise.all([...open.values()].map((listening) => listening.close()));
      open.clear();
    },
  };
}

const urlOf = ({ host, port, path }: CompiledWebhook): string =>
  `http://${host.includes(":") ? `[${host}]` : host}:${port}/${path}`;

const addressOf = ({ host, port }: CompiledWebhook): string => `${host} ${port}`;
