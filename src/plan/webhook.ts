import type { SecretText } from "../language/secret-reference.ts";
import type { CompiledRule, CompiledWebhook } from "./program.ts";

/** The addresses at which other programs start rules. */
export function compileWebhooks(rules: readonly CompiledRule[]): readonly CompiledWebhook[] {
  return rules.flatMap((rule) =>
    rule.canonical.when.flatMap(({ trigger, args }): CompiledWebhook[] => {
      if (trigger !== "webhook") return [];
      const [, host = "", port = ""] = /^(.+):(\d{1,5})$/.exec(String(args.listen)) ?? [];
      return [
        {
          rule,
          path: String(args.path).replace(/^\//, ""),
          secret: args.secret as unknown as SecretText,
          host: host.replace(/^\[|\]$/g, ""),
          port: Number(port),
        },
      ];
    }),
  );
}
