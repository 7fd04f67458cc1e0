import { specsDirectory } from "../../shared/specs.ts";
import { isJson, type Json, objectsIn } from "../json.ts";
import { blockLimits, viewLimits } from "./limits.ts";
import { generatedCheck, type Problem } from "./schemas.ts";

/** Fields of a message in an acknowledgement or sent to a `response_url` (docs.slack.dev, "Handling user interaction"). */
const messageFields = new Set([
  "text",
  "blocks",
  "attachments",
  "response_type",
  "replace_original",
  "delete_original",
  "thread_ts",
  "unfurl_links",
  "unfurl_media",
  "mrkdwn",
  "metadata",
  "link_names",
  "parse",
]);

const checks = new Map<string, (value: unknown) => Problem[]>();
function schemaCheck(file: string): (value: unknown) => Problem[] {
  if (specsDirectory() === undefined) return () => [];
  const check = checks.get(file) ?? generatedCheck(file);
  checks.set(file, check);
  return check;
}

/** Problems of a message that answers an interaction, whether as acknowledgement or through its `response_url`. */
export function checkAnswerMessage(message: Json): Problem[] {
  const problems: Problem[] = [];
  for (const name of Object.keys(message))
    if (!messageFields.has(name)) problems.push({ pointer: `/${name}`, text: "unknown field of a message" });
  if (typeof message.text === "string" && message.text.length > 40_000)
    problems.push({ pointer: "/text", text: "must be less than 40001 characters" });
  if (message.response_type !== undefined && !["ephemeral", "in_channel"].includes(String(message.response_type)))
    problems.push({ pointer: "/response_type", text: "must be ephemeral or in_channel" });
  if (message.blocks !== undefined) {
    for (const problem of schemaCheck("Blocks")(message.blocks))
      problems.push({ ...problem, pointer: `/blocks${problem.pointer}` });
    problems.push(...blockLimits(objectsIn(message.blocks), 50));
  }
  if (message.text === undefined && objectsIn(message.blocks).length === 0 && message.delete_original !== true)
    if (!Array.isArray(message.attachments)) problems.push({ pointer: "", text: "no_text" });
  return problems;
}

/** Problems of what acknowledges a submitted view (docs.slack.dev, "Modals": response_action). */
export function checkViewAnswer(answer: Json): Problem[] {
  const action = answer.response_action;
  if (action === "clear") return [];
  if (action === "errors")
    return isJson(answer.errors) && Object.values(answer.errors).every((text) => typeof text === "string")
      ? []
      : [{ pointer: "/errors", text: "must be texts by block_id" }];
  if (action === "update" || action === "push") return checkView(answer.view);
  return [{ pointer: "/response_action", text: "must be errors, update, push or clear" }];
}

function checkView(view: unknown): Problem[] {
  const found = schemaCheck("ViewPayload")(view).map((problem) => ({ ...problem, pointer: `/view${problem.pointer}` }));
  return isJson(view) ? [...found, ...viewLimits(view)] : [{ pointer: "/view", text: "is missing" }];
}
