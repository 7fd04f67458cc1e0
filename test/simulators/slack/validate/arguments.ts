import { specsDirectory } from "../../shared/specs.ts";
import { isJson, type Json, objectsIn } from "../json.ts";
import { blockLimits, blocksText, blocksTextLimit, viewLimits } from "./limits.ts";
import { type ArgumentKind, describedMethods, generatedMethod, type MethodSchema, type Problem } from "./schemas.ts";

/** Methods whose arguments have a generated schema, and its file. */
const generated: Record<string, string> = {
  "chat.postMessage": "ChatPostMessage",
  "chat.postEphemeral": "ChatPostEphemeral",
  "chat.update": "ChatUpdate",
  "conversations.kick": "ConversationsKick",
  "reactions.add": "ReactionsAdd",
  "views.open": "ViewsOpen",
  "views.update": "ViewsUpdate",
};

/**
 * Methods and parameters that are newer than the 2021 description (docs.slack.dev, "Web API methods");
 * `required` replaces what the description requires.
 */
const newer: Record<string, { kinds: Record<string, ArgumentKind>; required?: string[] }> = {
  "apps.connections.open": { kinds: {} },
  "conversations.open": { kinds: { prevent_creation: "boolean" } },
  "conversations.history": { kinds: { include_all_metadata: "boolean" } },
  "conversations.replies": { kinds: { include_all_metadata: "boolean" } },
  "oauth.v2.access": { kinds: { grant_type: "string", refresh_token: "string" }, required: ["grant_type"] },
  "files.getUploadURLExternal": {
    kinds: { filename: "string", length: "number", alt_txt: "string", snippet_type: "string" },
    required: ["filename", "length"],
  },
  "files.completeUploadExternal": {
    kinds: {
      files: "json",
      channel_id: "string",
      channels: "string",
      thread_ts: "string",
      initial_comment: "string",
      blocks: "json",
    },
    required: ["files"],
  },
};
/** Every method takes these, whatever its description says. */
const everywhere: [string, ArgumentKind][] = [
  ["token", "string"],
  ["team_id", "string"],
];
/** Described as strings, and hold JSON. */
const encoded = new Set(["blocks", "attachments", "view", "metadata", "files"]);

/** Kinds by name, for want of a description. */
const usualKinds: Record<string, ArgumentKind> = {
  limit: "number",
  length: "number",
  inclusive: "boolean",
  exclude_archived: "boolean",
  include_users: "boolean",
  return_im: "boolean",
  is_private: "boolean",
};

const known = new Map<string, MethodSchema | undefined>();

function schemaOf(method: string): MethodSchema | undefined {
  if (known.has(method) || specsDirectory() === undefined) return known.get(method);
  const file = generated[method];
  const described = file === undefined ? describedMethods().get(method) : generatedMethod(file);
  const added = newer[method];
  const schema: MethodSchema | undefined =
    described === undefined && added === undefined
      ? undefined
      : {
          kinds: new Map([...(described?.kinds ?? []), ...Object.entries(added?.kinds ?? {}), ...everywhere]),
          required: added?.required ?? described?.required ?? [],
          check: described?.check ?? (() => []),
        };
  known.set(method, schema);
  return schema;
}

/** Compiles every schema now (a third of a second, once per process), so that no call is late for it. */
export function prepareSchemas(): void {
  for (const method of Object.keys(generated)) schemaOf(method)?.check({});
}

export interface Arguments {
  args: Json;
  /** Mistakes in names and values; told as `invalid_arguments`. */
  problems: Problem[];
  /** Mistakes in `blocks`; told as `invalid_blocks`. */
  blockProblems: Problem[];
  /** The error code that Slack has for a mistake of this sort. */
  error: string | undefined;
}

/** Decodes the arguments of a call (JSON in form fields, booleans and numbers as text) and checks all of them. */
export function readArguments(method: string, given: Json): Arguments {
  const schema = schemaOf(method);
  const args: Json = {};
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(given)) {
    const kind = encoded.has(name) ? "json" : (schema?.kinds.get(name) ?? usualKinds[name] ?? "string");
    const decoded = decode(value, kind);
    if (decoded === undefined) problems.push({ pointer: `/${name}`, text: `is not a ${kind}` });
    else args[name] = decoded;
    if (schema !== undefined && !schema.kinds.has(name))
      problems.push({ pointer: `/${name}`, text: "unknown argument" });
  }
  for (const name of schema?.required ?? [])
    if (given[name] === undefined) problems.push({ pointer: "", text: `missing required field: ${name}` });

  const { token: _token, team_id: _team, ...own } = args;
  const found = problems.length > 0 ? [] : (schema?.check(own) ?? []);
  found.push(...textLimits(args));
  if (isJson(args.view)) found.push(...viewLimits(args.view));
  const blocks = objectsIn(args.blocks);
  found.push(...blockLimits(blocks, 50));
  const blocksTooLong = blocksText(blocks) > blocksTextLimit;
  if (blocksTooLong)
    found.push({ pointer: "/blocks", text: `must have less than ${blocksTextLimit + 1} characters of text` });

  const inBlocks = ({ pointer }: Problem) => pointer.startsWith("/blocks");
  const blockProblems = found.filter(inBlocks);
  problems.push(...found.filter((problem) => !inBlocks(problem)));
  return { args, problems, blockProblems, error: errorOf(problems, blockProblems, blocksTooLong) };
}

function errorOf(problems: Problem[], blockProblems: Problem[], blocksTooLong: boolean): string | undefined {
  if (problems.some(({ pointer }) => pointer === "/text")) return "msg_too_long";
  if (problems.length > 0) return "invalid_arguments";
  if (blocksTooLong) return "msg_blocks_too_long";
  return blockProblems.length > 0 ? "invalid_blocks" : undefined;
}

function textLimits(args: Json): Problem[] {
  const text = args.text;
  return typeof text === "string" && text.length > 40_000
    ? [{ pointer: "/text", text: "must be less than 40001 characters" }]
    : [];
}

function decode(value: unknown, kind: ArgumentKind): unknown {
  if (kind === "string") return typeof value === "string" ? value : undefined;
  if (typeof value !== "string") return value;
  if (kind === "boolean") return { true: true, false: false, "1": true, "0": false }[value];
  if (kind === "number") return value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}
