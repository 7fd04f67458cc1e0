import { loadConfig } from "../../src/config/load.ts";
import { textReader } from "../../src/config/text-reader.ts";
import type { Standing } from "../../src/contracts/event.ts";
import type { Actor, NamedId } from "../../src/contracts/permission.ts";
import { compilePlan, type Planned } from "../../src/plan/compile.ts";
import type { BotPlan } from "../../src/plan/program.ts";
import { registry } from "../../src/words/registry.ts";

const head = "version: 1\nbot: { name: Harbour }\n";

/** Loads and plans a file; `platforms:` is the console's unless the text has one. */
export async function planned(yaml: string): Promise<Planned> {
  const text = head + (yaml.includes("platforms:") ? "" : "platforms: { console: {} }\n") + yaml;
  const read = await loadConfig({ file: "bot.yaml", reader: textReader({ "bot.yaml": text }), words: registry });
  if (!read.ok) throw new Error(JSON.stringify(read.diagnostics, null, 2));
  return compilePlan(read.config, read.origins, registry);
}

export async function planOf(yaml: string): Promise<BotPlan> {
  const result = await planned(yaml);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 2));
  return result.plan;
}

/** Somebody with a standing and roles whose ids are their names. */
export function actor(
  standing: Standing | undefined,
  roles: Readonly<Record<string, NamedId>> = {},
  { platform = "console", id = "ada", username = "ada" } = {},
): Actor {
  return {
    person: { platform, id, name: id, username, isBot: false },
    platform,
    serverId: "harbour",
    standing: () => standing,
    roleId: (name) => roles[name] ?? { id: name },
  };
}
