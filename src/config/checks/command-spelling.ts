import { errorAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";
import { platformsOf } from "./walk.ts";

/** On each platform every command has a name of its own that the platform accepts. */
export const commandSpelling: Check = function* (context) {
  const { config, origins } = context;
  const taken = new Map<string, string>();
  const hasOwnHelp = config.rules.some(
    ({ command, enabled, name }) => command !== undefined && enabled && name === "help",
  );
  for (const rule of config.rules) {
    if (rule.command === undefined) continue;
    for (const platform of platformsOf(context, rule)) {
      const written = rule.command.names[platform];
      const name = written ?? rule.name;
      const names = rule.command.names;
      const place = () =>
        written === undefined ? origins.position(rule, undefined, "key") : origins.position(names, platform);
      if (!/^[a-z0-9_]{1,32}$/.test(name)) {
        const at = place();
        const message = `"${name}" cannot be the name of a command: small letters, digits and _ only, at most 32.`;
        if (at !== undefined) yield errorAt(at, { code: "bad-name", message });
        continue;
      }
      if (name === "help" && !hasOwnHelp) {
        const at = place();
        const message = 'the bot has a command of its own that is called "help".';
        const hint = "to put this one in its place, write help: instead of its name under commands";
        if (at !== undefined) yield errorAt(at, { code: "duplicate-command-name", message, hint });
        continue;
      }
      const other = taken.get(`${platform} ${name}`);
      taken.set(`${platform} ${name}`, rule.name);
      if (other === undefined || other === rule.name) continue;
      const at = place();
      const message = `on ${platform} the command "${other}" is already called "${name}".`;
      if (at !== undefined) yield errorAt(at, { code: "duplicate-command-name", message });
    }
  }
};
