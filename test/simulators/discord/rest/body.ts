import type { LoopbackRequest } from "../../shared/loopback.ts";
import type { UploadedFile } from "../messages.ts";

/** The JSON of a request and its uploaded files; `payload_json` carries the JSON of a form ("Reference", Uploading Files). */
export async function readBody(request: LoopbackRequest): Promise<{ body: unknown; files: UploadedFile[] }> {
  if (request.body.length === 0) return { body: undefined, files: [] };
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) return { body: JSON.parse(request.body.toString()), files: [] };
  const form = await new Response(new Uint8Array(request.body), { headers: { "content-type": type } }).formData();
  const files: UploadedFile[] = [];
  let body: unknown = {};
  for (const [name, value] of form) {
    if (typeof value === "string") {
      if (name === "payload_json") body = JSON.parse(value);
    } else files.push({ name: value.name, type: value.type, content: Buffer.from(await value.arrayBuffer()) });
  }
  return { body, files };
}
