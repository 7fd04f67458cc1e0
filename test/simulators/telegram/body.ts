import type { LoopbackRequest } from "../shared/loopback.ts";
import type { WireValidator } from "./validate.ts";

/** A file that a bot uploaded, in place of the `attach://` reference or the form field. */
export interface UploadedFile {
  file_name: string;
  size: number;
  content: Buffer;
}

/** A request's parameters and, apart from them, the files that came with it by field name. */
export interface RequestBody {
  params: Record<string, unknown>;
  files: Map<string, UploadedFile>;
}

/**
 * Reads the ways in which the Bot API takes parameters: query, JSON, form and multipart.
 * A file field's parameter becomes `attach://<field>`. Throws on a body that is none of these.
 */
export async function readBody(
  request: LoopbackRequest,
  method: string,
  validator: WireValidator | undefined,
): Promise<RequestBody> {
  const params: Record<string, unknown> = {};
  const files = new Map<string, UploadedFile>();
  const field = (name: string, value: string) => {
    const isText = name === "text" || name === "caption" || validator?.isText(method, name) === true;
    params[name] = isText ? value : parsed(value);
  };
  for (const [name, value] of request.query) field(name, value);
  const type = request.headers["content-type"] ?? "";
  if (request.body.length === 0) return { params, files };
  if (type.startsWith("application/json")) {
    const body: unknown = JSON.parse(request.body.toString());
    if (typeof body !== "object" || body === null || Array.isArray(body)) throw new Error("expected an object");
    return { params: Object.assign(params, body), files };
  }
  const form = await new Response(new Uint8Array(request.body), { headers: { "content-type": type } }).formData();
  for (const [name, value] of form) {
    if (typeof value === "string") {
      field(name, value);
    } else {
      const content = Buffer.from(await value.arrayBuffer());
      files.set(name, { file_name: value.name, size: content.length, content });
      params[name] ??= `attach://${name}`;
    }
  }
  for (const name of files.keys()) {
    const attached = Object.entries(params).some(
      ([key, value]) => key !== name && JSON.stringify(value).includes(`attach://${name}`),
    );
    if (attached) delete params[name];
  }
  return { params, files };
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
