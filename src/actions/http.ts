import type { Json } from "../contracts/event.ts";
import { defineAction, doneWith, notDone } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import { isDate, isDuration, isInstant, isList, isMention, type Value } from "../language/values.ts";
import { say } from "../sentences/sentence.ts";

export const http = defineAction({
  name: "http",
  summary: "Asks another server on the web for something, or tells it something.",
  tells:
    "{method?GET=ask|POST=send to|PUT=put at|PATCH=change at|DELETE=delete at} {url}[, with {query}][, sending {json}]",
  short: "url",
  fields: {
    url: {
      kind: "plain",
      about: "The address. Its beginning, up to the / behind the server's name, is written as it is.",
      maxLength: 2000,
      format: "fixed_host",
      examples: ["https://api.example.org/jokes"],
    },
    method: {
      kind: "choice",
      values: ["GET", "POST", "PUT", "PATCH", "DELETE"],
      about: "What is asked of the server: GET reads, POST sends.",
      default: "GET",
    },
    query: {
      kind: "map",
      of: {
        kind: "value",
        asWritten: true,
        about: "Its value, written into the address so that it stays one value.",
      },
      about: "What stands behind the ? of the address.",
      optional: true,
    },
    headers: {
      kind: "map",
      of: { kind: "secret", about: 'Its value, such as "Bearer ${API_TOKEN}".' },
      about: "Lines that are sent along, such as authorization.",
      keys: "^[A-Za-z0-9-]{1,64}$",
      optional: true,
    },
    json: {
      kind: "map",
      of: { kind: "value", about: "Its value." },
      about: "What is sent, as JSON.",
      optional: true,
    },
    timeout: {
      kind: "duration",
      about: "How long to wait for the answer.",
      default: "10s",
      minimumMs: 1000,
      maximumMs: 60_000,
    },
  },
  saves: t.object("answer", { status: t.integer, text: t.text, json: t.unknown }, "text"),
  outcomes: {
    done: "The server answered that all went well. save_as keeps its .status, its .text and, where it is JSON, what it holds as .json, such as steps.joke.json.title.",
    not_done: "The server answered that it did not go well.",
    failed: "The server could not be reached, or did not answer in time.",
  },
  examples: [
    {
      about: "Fetch something and show it",
      yaml: 'http: { url: https://api.example.org/jokes, query: { about: "{{ options.member.name }}" } }\nsave_as: joke',
    },
    {
      about: "Tell another service, with a token from the environment",
      yaml: 'http:\n  url: https://api.example.org/tickets\n  method: POST\n  headers: { authorization: "Bearer ${TICKETS_TOKEN}" }\n  json: { who: "{{ user.name }}" }',
    },
  ],
  async run({ url, method, query, headers, json, timeout }, { web }) {
    const address = URL.canParse(url) ? new URL(url) : undefined;
    if (address === undefined || leadsElsewhere(url)) return notDone(say("not_an_address"));
    for (const [name, value] of Object.entries(query ?? {})) address.searchParams.append(name, asText(value));
    const answer = await web.request({
      method: method as "GET",
      url: address.href,
      headers: headers ?? {},
      timeoutMs: timeout,
      ...(json === undefined ? {} : { body: JSON.stringify(asJson(json)) }),
    });
    if (answer.status < 200 || answer.status > 299)
      return notDone(say("web_refused", { host: address.host, status: answer.status }));
    return doneWith({ status: answer.status, text: answer.text, json: parsed(answer.text) });
  },
});

/** No file writes `..` into an address: where it stands, somebody typed it, and it would lead to other pages of that server. */
function leadsElsewhere(url: string): boolean {
  const [path = ""] = url.split(/[?#]/, 1);
  return path.split(/[/\\]/).some((part) => /^(\.|%2e){1,2}$/i.test(part));
}

/** People and places as their names, times as ISO 8601, durations as seconds: what other programs understand. */
function asJson(value: Value | undefined): Json {
  if (typeof value !== "object" || value === null) return value ?? null;
  if (isList(value)) return value.map(asJson);
  if (isDuration(value)) return value.ms / 1000;
  if (isInstant(value)) return new Date(value.ms).toISOString();
  if (isDate(value)) return value.iso;
  if (isMention(value)) return value.target.name;
  if (typeof value.name === "string" && isMention(value.mention)) return value.name;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asJson(inner)]));
}

function asText(value: Value): string {
  const json = asJson(value);
  if (typeof json === "string") return json;
  return json === null ? "" : JSON.stringify(json);
}

function parsed(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return null;
  }
}
