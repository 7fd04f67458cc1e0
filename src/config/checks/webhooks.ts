import { errorAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";

/** One path has one secret, wherever it is listened at: a call starts all rules of its path. */
export const webhooks: Check = function* ({ config, origins }) {
  const known = new Map<string, string>();
  for (const { trigger, args } of config.rules.flatMap((rule) => rule.when)) {
    if (trigger !== "webhook") continue;
    const path = String(args.path).replace(/^\//, "");
    const secret = JSON.stringify(args.secret);
    const at = origins.position(args, "secret");
    if (at !== undefined && (known.get(path) ?? secret) !== secret)
      yield errorAt(at, {
        code: "bad-argument",
        message: `another rule listens at "${path}" with another secret.`,
        hint: "write the same secret in both, or give one of them another path",
      });
    known.set(path, known.get(path) ?? secret);
  }
};
