import { Ajv, type ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { loadSpec, specsDirectory } from "../shared/specs.ts";

/** Something on the wire that the published format does not allow. */
export interface Problem {
  /** For instance `POST /channels/{channel_id}/messages` or `gateway op 2`. */
  where: string;
  errors: string[];
  value: unknown;
}

/** Errors in words, none when the value fits. */
export type Check = (value: unknown) => string[];

export interface WireFormats {
  /** Undefined where the route is unknown or takes no body. */
  requestBody(method: string, template: string): Check | undefined;
  responseBody(method: string, template: string, status: number): Check | undefined;
  gatewaySend: Check;
  /** Data of a dispatched event; undefined for an event without a published form. */
  dispatch(event: string): Check | undefined;
  interaction: Check;
}

interface Operation {
  requestBody?: { content: Record<string, unknown> };
  responses?: Record<string, { content?: Record<string, unknown> }>;
}

const permissionFields = ["default_member_permissions", "allow", "deny", "permissions"];
/** Events whose data has the name of another. */
const sharedForms: Record<string, string> = {
  MESSAGE_POLL_VOTE_ADD: "MESSAGE_POLL_VOTE",
  MESSAGE_POLL_VOTE_REMOVE: "MESSAGE_POLL_VOTE",
};

let loaded: WireFormats | undefined;

/** The published formats, compiled piece by piece when first asked for and shared in the process; undefined where they are not here. */
export function wireFormats(): WireFormats | undefined {
  if (specsDirectory() === undefined) return undefined;
  loaded ??= loadFormats();
  return loaded;
}

function loadFormats(): WireFormats {
  const rest = lazily(() => {
    const ajv = new Ajv2020({ strict: false, logger: false });
    formats.default(ajv);
    ajv.addFormat("snowflake", /^\d{1,20}$/);
    const api = loadSpec<{ paths: Record<string, Record<string, Operation>> }>("discord/openapi.json");
    allowTextBits(api);
    ajv.addSchema(api, "openapi");
    return { ajv, paths: api.paths };
  });
  const gateway = lazily(() => {
    const schema = loadGenerated("gateway-receive");
    const ajv = draft7();
    ajv.addSchema(schema, "receive");
    return { ajv, definitions: schema.definitions };
  });
  const whole = (file: string) => lazily(() => checkOf(draft7().compile(loadGenerated(file))));
  const [send, interaction] = [whole("gateway-send"), whole("interaction")];

  const restCheck = memoize((pointer: string) => checkOf(rest().ajv.compile({ $ref: `openapi#${pointer}` })));
  const operation = (method: string, template: string) => rest().paths[template]?.[method.toLowerCase()];
  const pointer = (...steps: string[]) =>
    steps.map((step) => `/${encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("");
  const json = "application/json";
  return {
    requestBody(method, template) {
      if (operation(method, template)?.requestBody?.content[json] === undefined) return undefined;
      return restCheck(pointer("paths", template, method.toLowerCase(), "requestBody", "content", json, "schema"));
    },
    responseBody(method, template, status) {
      if (operation(method, template)?.responses?.[status]?.content?.[json] === undefined) return undefined;
      const steps = ["paths", template, method.toLowerCase(), "responses", `${status}`, "content", json, "schema"];
      return restCheck(pointer(...steps));
    },
    gatewaySend: (value) => send()(value),
    dispatch: memoize((event: string) => {
      const words = (sharedForms[event] ?? event)
        .split("_")
        .map((word) => `${word.charAt(0)}${word.slice(1).toLowerCase()}`);
      const name = `Gateway${words.join("")}DispatchData`;
      const { ajv, definitions } = gateway();
      return name in definitions ? checkOf(ajv.compile({ $ref: `receive#/definitions/${name}` })) : undefined;
    }),
    interaction: (value) => interaction()(value),
  };
}

/**
 * The description wants numbers for permission bits in requests; the documentation ("Permissions") says that since version 8
 * they are texts everywhere, and both are taken.
 */
function allowTextBits(schema: unknown): void {
  if (typeof schema !== "object" || schema === null) return;
  for (const [name, value] of Object.entries(schema)) {
    const types: unknown = typeof value === "object" && value !== null && "type" in value ? value.type : undefined;
    if (permissionFields.includes(name) && Array.isArray(types) && types.includes("integer"))
      Object.assign(value, { type: [...types, "string"], pattern: "^[0-9]+$" });
    allowTextBits(value);
  }
}

/**
 * The generated schemas, with two corrections: they list the single bits of a flags field, where any sum of bits is legal,
 * and they want `unavailable` in GUILD_DELETE, which is absent when the bot was removed ("Gateway Events", Guild Delete).
 */
function loadGenerated(file: string): { definitions: Record<string, object> } {
  const schema = loadSpec<{ definitions: Record<string, object> }>(`discord/generated/${file}.v10.schema.json`);
  for (const name of Object.keys(schema.definitions))
    if (name.endsWith("Flags")) schema.definitions[name] = { type: "integer", minimum: 0 };
  Object.assign(schema.definitions.APIUnavailableGuild ?? {}, { required: ["id"] });
  return schema;
}

function draft7(): Ajv {
  const ajv = new Ajv({ strict: false, logger: false });
  formats.default(ajv);
  return ajv;
}

function checkOf(validate: ValidateFunction): Check {
  return (value) => {
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      (error) => `${error.instancePath || "the whole"} ${error.message ?? error.keyword}`,
    );
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function memoize<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key)!;
  };
}
