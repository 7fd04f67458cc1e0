import type { Json } from "../contracts/event.ts";

/** What stands where a redacted value stood. */
const redacted = "[redacted]";

type Details = { readonly [key: string]: Json };

/** Replaces the values at paths such as `options.password`, before anything is stored. Lists are gone through. */
export function redact(details: Details, paths: readonly string[]): Details {
  let result: Json = details;
  for (const path of paths) result = replaceAt(result, path);
  return result as Details;
}

function replaceAt(value: Json, path: string): Json {
  if (Array.isArray(value)) return value.map((item: Json) => replaceAt(item, path));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]): [string, Json] => {
      if (key === path) return [key, redacted];
      return [key, path.startsWith(`${key}.`) ? replaceAt(inner, path.slice(key.length + 1)) : inner];
    }),
  );
}
