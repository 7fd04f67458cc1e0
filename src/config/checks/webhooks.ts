import { errorAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";

/** One address has one secret, whichever rules listen there. */
export const webhooks: Check = function* ({ config, origins }) {
  const known = new Map<string, string>();
  for (const { trigger, args } of config.rules.flatMap((rule) => rule.when)) {
    if (trigger !== "webhook") continue;
    const path = String(args.path).replace(/^\//, "");
    const key = `${String(args.listen)} ${path}`;
    const secret = JSON.stringify(args.secret);
    const at = origins.position(args, "secret");
    if (at !== undefined && (known.get(key) ?? secret) !== secret)
      yield errorAt(at, {
        code: "bad-argument",
        message: `another rule listens at "${path}" with another secret.`,
        hint: "write the same secret in both, or give one of them another path",
      });
    known.set(key, known.get(key) ?? secret);
  }
};
