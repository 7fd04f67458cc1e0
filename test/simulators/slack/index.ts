import { startLoopback } from "../shared/loopback.ts";
import { createRecording, type Recording } from "../shared/recording.ts";
import { type Actors, createActors } from "./actors.ts";
import { createDeliveries, type Deliveries } from "./deliveries.ts";
import { createEcho } from "./echo.ts";
import type { Delivery, Envelope } from "./envelope.ts";
import { isJson, type Json } from "./json.ts";
import { usualScopes } from "./methods/index.ts";
import type { MethodContext } from "./methods/method.ts";
import { createMisbehaviours, type Misbehaving, type Misbehaviour, spoil } from "./misbehave.ts";
import { createResponseUrls, type ResponseUrlCall, type ResponseUrls } from "./response-url.ts";
import { type Forgery, type HttpAnswer, postSigned, type RequestUrls, urlFor } from "./signed-sender.ts";
import { attachSocketMode, type SocketMode } from "./socket-mode.ts";
import { createTokens, type Tokens } from "./tokens.ts";
import { createTriggers, type Triggers } from "./triggers.ts";
import { prepareSchemas } from "./validate/arguments.ts";
import { type Call, createWebApi } from "./web-api.ts";
import { createWorkspace, type SlackMessage, type Workspace, type WorkspaceSeed } from "./workspace.ts";

export type { Ack, Delivery, Envelope } from "./envelope.ts";
export type { Misbehaviour } from "./misbehave.ts";
export type { Call } from "./web-api.ts";
export type { SlackChannel, SlackMessage, SlackUser, SlackView } from "./workspace.ts";

export interface SlackSimulatorOptions extends WorkspaceSeed {
  botToken?: string;
  appToken?: string;
  signingSecret?: string;
  /** Granted scopes; the usual ones unless told. */
  scopes?: readonly string[];
  /** Most entries of a page, to make lists come in several. */
  pageLimit?: number;
  /** Whether the bot gets events of its own doings; yes unless told. */
  echo?: boolean;
  /** Milliseconds since 1970; sets message times, signatures and how long triggers live (a clock that stands: for ever). */
  now?: () => number;
}

/** A Slack of its own on 127.0.0.1: Web API, Socket Mode, signed HTTP requests and `response_url`. */
export interface SlackSimulator extends Omit<Actors, "remove"> {
  /** For `slackApiUrl`, with a slash at the end. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly workspace: Workspace;
  readonly calls: Recording<Call>;
  /** What the bot sent that Slack would not take, one sentence each; a test asserts that there is none. */
  readonly problems: string[];
  readonly acks: Deliveries["acks"];
  readonly deliveries: Deliveries["all"];
  /** Bodies sent to a `response_url`. */
  readonly responses: Recording<ResponseUrlCall>;
  /** Bytes sent to an upload address, as the client framed them, by file id. */
  readonly uploads: Recording<{ id: string; body: Buffer }>;
  readonly sockets: SocketMode;
  readonly tokens: Tokens;
  readonly triggers: Triggers;
  readonly responseUrls: Pick<ResponseUrls, "expire">;
  /** A person deletes a message. */
  removeMessage: Actors["remove"];
  /** What one person sees in a channel, oldest first: ephemeral messages for others are left out. */
  seen(channel: string, user?: string): SlackMessage[];
  misbehave(misbehaviour: Misbehaviour): Misbehaving;
  redeliver(earlier: Delivery | Envelope, retry?: { retry_num?: number; reason?: string }): Delivery;
  /** From now on everything goes to the bot's own HTTP server, signed, and no longer over sockets. */
  deliverTo(urls: RequestUrls): void;
  /** Sends the `url_verification` request; true when the challenge came back. */
  verifyUrl(url: string): Promise<boolean>;
  /** Posts a payload to the bot's HTTP server with something wrong about it; nothing is recorded. */
  forge(earlier: Delivery | Envelope, forgery: Forgery): Promise<HttpAnswer>;
  close(): Promise<void>;
}

export async function startSlackSimulator(options: SlackSimulatorOptions = {}): Promise<SlackSimulator> {
  prepareSchemas();
  const now = options.now ?? Date.now;
  const appToken = options.appToken ?? "xapp-1-A1-1-simulated";
  const signingSecret = options.signingSecret ?? "simulated-signing-secret";
  const workspace = createWorkspace(options, now);
  const tokens = createTokens(options.botToken ?? "xoxb-1-simulated", workspace.nextId);
  const triggers = createTriggers(workspace.nextId, now);
  const problems: string[] = [];
  const calls = createRecording<Call>(({ method, args }) => `${method} ${JSON.stringify(args)}`);
  const responses = createRecording<ResponseUrlCall>();
  const uploads = createRecording<{ id: string; body: Buffer }>(({ id }) => id);
  const misbehaviours = createMisbehaviours();
  const granted = new Set(options.scopes ?? usualScopes);
  let urls: RequestUrls | undefined;

  const server = await startLoopback(
    async (request, response) => {
      if (request.path.startsWith("/api/")) return webApi.handle(request, response);
      if (request.path.startsWith("/actions/")) return responseUrls.handle(request, response);
      if (request.path.startsWith("/upload/")) {
        const id = request.path.slice("/upload/".length);
        uploads.record({ id, body: request.body });
        const awaited = workspace.uploads.get(id);
        if (awaited !== undefined) awaited.received = request.body.length;
        const fault = misbehaviours.take("upload", {});
        if (fault !== undefined) return spoil(fault, response, () => void response.end("OK"));
        response.end(`OK - ${request.body.length}`);
        return;
      }
      response.writeHead(404).end();
    },
    { onError: (error) => problems.push(`the simulator failed: ${String(error)}`) },
  );
  const sockets = attachSocketMode(server.server, {
    host: () => `127.0.0.1:${server.port}`,
    appId: workspace.app.id,
    nextId: workspace.nextId,
    onFrame: (frame) => deliveries.frame(frame),
  });
  const deliveries = createDeliveries(workspace.nextId, problems, (envelope) =>
    urls === undefined ? sockets.send(envelope) : overHttp(envelope, urls),
  );
  const overHttp = async (envelope: Envelope, to: RequestUrls) => {
    const { status, text } = await postSigned(urlFor(to, envelope.type), envelope, signingSecret, now);
    return { status, payload: envelope.accepts_response_payload ? answerIn(text) : undefined };
  };
  const echo = createEcho(workspace, deliveries, now, options.echo ?? true);
  const responseUrls = createResponseUrls({
    baseUrl: () => server.url,
    workspace,
    responses,
    problems,
    misbehaviours,
    now,
  });
  const context = (args: Json, arrived: number): MethodContext => ({
    args,
    arrived,
    workspace,
    tokens,
    triggers,
    granted,
    pageLimit: options.pageLimit ?? 1000,
    url: server.url,
    socketUrl: sockets.ticketUrl,
    echo,
  });
  const webApi = createWebApi({ appToken, context, calls, problems, misbehaviours, now });
  const { remove, ...actors } = createActors({
    workspace,
    deliveries,
    responseUrls,
    triggers,
    now,
    overHttp: () => urls !== undefined,
  });

  return {
    ...actors,
    removeMessage: remove,
    apiUrl: `${server.url}/api/`,
    get botToken() {
      return tokens.botToken;
    },
    appToken,
    signingSecret,
    workspace,
    calls,
    problems,
    acks: deliveries.acks,
    deliveries: deliveries.all,
    responses,
    uploads,
    sockets,
    tokens,
    triggers,
    responseUrls,
    seen(place, user) {
      const channel = workspace.channel(place);
      const eyes = user === undefined ? undefined : workspace.user(user).id;
      return workspace.messages.filter(
        (message) =>
          message.channel === channel.id && (message.ephemeral_to === undefined || message.ephemeral_to === eyes),
      );
    },
    misbehave: misbehaviours.add,
    redeliver: (earlier, { retry_num = 1, reason = "timeout" } = {}) =>
      deliveries.redeliver(envelopeOf(earlier), retry_num, reason),
    deliverTo(to) {
      urls = to;
    },
    async verifyUrl(url) {
      const challenge = workspace.nextId("");
      const payload = { token: "verification-token", challenge, type: "url_verification" };
      const envelope: Envelope = { envelope_id: "", type: "events_api", payload, accepts_response_payload: true };
      const { status, text } = await postSigned(url, envelope, signingSecret, now);
      return status === 200 && (text === challenge || answerIn(text)?.challenge === challenge);
    },
    forge(earlier, forgery) {
      if (urls === undefined) throw new Error("say deliverTo(url) first");
      const envelope = envelopeOf(earlier);
      return postSigned(urlFor(urls, envelope.type), envelope, signingSecret, now, forgery);
    },
    async close() {
      sockets.close();
      await server.close();
    },
  };
}

function envelopeOf(earlier: Delivery | Envelope): Envelope {
  return "envelope" in earlier ? earlier.envelope : earlier;
}

/** An HTTP answer that says something: an object, or plain text, which Slack shows as it is. */
function answerIn(text: string): Json | undefined {
  if (text.trim() === "") return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return isJson(parsed) ? parsed : { text };
  } catch {
    return { text };
  }
}
