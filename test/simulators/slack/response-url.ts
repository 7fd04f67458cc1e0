import type { ServerResponse } from "node:http";
import { answerJson, type LoopbackRequest } from "../shared/loopback.ts";
import type { Recording } from "../shared/recording.ts";
import { isJson, type Json, objectsIn, textOf } from "./json.ts";
import { type Misbehaviours, spoil } from "./misbehave.ts";
import { checkAnswerMessage } from "./validate/answers.ts";
import { type SlackMessage, type Workspace, withIds } from "./workspace.ts";

/** Where an answer to an interaction goes, and which message it answers. */
export interface AnswerPlace {
  channel: string;
  user: string;
  /** The message whose button was pressed; a slash command has none. */
  source?: SlackMessage;
}

/** One request to a `response_url`. */
export interface ResponseUrlCall {
  url: string;
  body: Json;
  at: number;
}

export interface ResponseUrls {
  /** An address that takes five messages within thirty minutes (docs.slack.dev, "Handling user interaction"). */
  issue(place: AnswerPlace): string;
  /** Makes the addresses issued so far expire now. */
  expire(): void;
  handle(request: LoopbackRequest, response: ServerResponse): Promise<void>;
}

interface ResponseUrlParts {
  baseUrl: () => string;
  workspace: Workspace;
  responses: Recording<ResponseUrlCall>;
  problems: string[];
  misbehaviours: Misbehaviours;
  now: () => number;
}

export function createResponseUrls(parts: ResponseUrlParts): ResponseUrls {
  const { baseUrl, workspace, responses, problems, misbehaviours, now } = parts;
  const issued = new Map<string, { place: AnswerPlace; until: number; left: number }>();
  return {
    issue(place) {
      const path = `/actions/${workspace.team.id}/${workspace.nextId("")}/${workspace.nextId("")}`;
      issued.set(path, { place, until: now() + 30 * 60_000, left: 5 });
      return `${baseUrl()}${path}`;
    },
    expire() {
      for (const entry of issued.values()) entry.until = 0;
    },
    async handle(request, response) {
      const body: unknown = JSON.parse(request.body.toString() || "{}");
      const message = isJson(body) ? body : {};
      responses.record({ url: `${baseUrl()}${request.path}`, body: message, at: performance.now() });
      const answer = () => {
        const entry = issued.get(request.path);
        if (entry === undefined) return answerJson(response, 404, fault("no_service"));
        if (now() > entry.until) return answerJson(response, 404, fault("expired_url"));
        if (entry.left === 0) return answerJson(response, 404, fault("used_url"));
        const found = checkAnswerMessage(message);
        for (const { pointer, text } of found) problems.push(`response_url ${pointer}: ${text}`);
        if (found.length > 0)
          return answerJson(
            response,
            400,
            fault(found.some(({ text }) => text === "no_text") ? "no_text" : "invalid_blocks"),
          );
        entry.left -= 1;
        applyAnswer(message, entry.place, workspace);
        answerJson(response, 200, { ok: true });
      };
      const misbehaviour = misbehaviours.take("response_url", message);
      if (misbehaviour === undefined) return answer();
      await spoil(misbehaviour, response, answer);
    },
  };
}

const fault = (error: string): Json => ({ ok: false, error });

/** Shows the answer in the workspace: a new message, or the changed or deleted one that was pressed. */
export function applyAnswer(answer: Json, { channel, user, source }: AnswerPlace, workspace: Workspace): void {
  if (answer.delete_original === true) {
    if (source !== undefined && workspace.messages.includes(source)) workspace.remove(source);
    return;
  }
  const blocks = answer.blocks === undefined ? undefined : objectsIn(answer.blocks);
  if (answer.replace_original === true && source !== undefined) {
    source.text = textOf(answer.text) ?? "";
    if (blocks === undefined) delete source.blocks;
    else source.blocks = withIds(blocks, workspace.nextId);
    return;
  }
  const thread_ts = textOf(answer.thread_ts);
  workspace.post({
    channel,
    user: workspace.bot.id,
    bot_id: workspace.bot.bot_id,
    text: textOf(answer.text) ?? "",
    ...(blocks === undefined ? {} : { blocks }),
    ...(answer.response_type === "in_channel" ? {} : { ephemeral_to: user }),
    ...(thread_ts === undefined ? {} : { thread_ts }),
  });
}
