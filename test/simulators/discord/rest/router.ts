import type { UploadedFile } from "../messages.ts";
import type { Simulation } from "../simulation.ts";

/** A request that has found its route. */
export interface RestCall {
  simulation: Simulation;
  /** The `{names}` of the template. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** JSON, checked against the published format; undefined without a body. */
  body: unknown;
  files: UploadedFile[];
  /** From X-Audit-Log-Reason. */
  reason: string | null;
}

/** 204 without a body unless told otherwise. */
export interface RestAnswer {
  status?: number;
  body?: unknown;
}

export interface Route {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As in the published description, so that its formats can be looked up. */
  template: string;
  handle(call: RestCall): RestAnswer;
  /** Authenticated by a token in the path instead of the bot's. */
  open?: boolean;
}

/** The route and its parameters; a literal step wins over a parameter. */
export function findRoute(routes: readonly Route[], method: string, path: string) {
  const steps = path.split("/");
  const found = routes
    .filter((route) => route.method === method)
    .flatMap((route) => {
      const params = match(route.template.split("/"), steps);
      return params === undefined ? [] : [{ route, params }];
    });
  return found.sort((one, other) => Object.keys(one.params).length - Object.keys(other.params).length)[0];
}

function match(template: readonly string[], steps: readonly string[]): Record<string, string> | undefined {
  if (template.length !== steps.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const step = steps[index] as string;
    if (expected.startsWith("{")) params[expected.slice(1, -1)] = decodeURIComponent(step);
    else if (expected !== decodeURIComponent(step)) return undefined;
  }
  return params;
}
