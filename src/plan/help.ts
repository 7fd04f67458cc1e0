import { type CanonicalRule, plainRule } from "../contracts/canonical.ts";
import { defineAction, done } from "../contracts/word.ts";
import type { RichNode, RichText } from "../language/rich-text.ts";
import { say } from "../sentences/sentence.ts";
import { permission } from "./permission.ts";
import type { CompiledRule, RunScope, Sequence } from "./program.ts";
import { type Spelled, spelling, usageOf } from "./spelling.ts";

/** Shows the list; its arguments are worked out by the compiled rule itself, so the file cannot write this word. */
const showHelp = defineAction({
  name: "help",
  summary: "Lists the commands that the person may use.",
  tells: "list the commands that the person may use",
  examples: [],
  fields: { text: { kind: "text", about: "The list." } },
  outcomes: { done: "The list was shown." },
  async run({ text }, context) {
    await context.reply({ text, ephemeral: true });
    return done;
  },
});

/** The canonical form of the built-in command; it exists unless the file has a command of that name. */
export const helpRule: CanonicalRule = {
  id: "command:help",
  name: "help",
  ...plainRule,
  do: [],
  command: {
    description: "Shows what this bot can do",
    options: [{ name: "command", description: "Tell more about one command", type: "text", required: false }],
    names: {},
  },
};

/** Gives the built-in `help` its answer, made from the file's commands: only those the person may use are listed. */
export function helpSequence(commands: () => readonly CompiledRule[], spelled: Spelled): Sequence {
  const usage = (rule: CompiledRule, platform: string): string =>
    usageOf(spelled(platform, spelling(rule.canonical, platform)), rule.command?.options ?? []);
  return [
    {
      word: showHelp as unknown as Sequence[number]["word"],
      blocks: new Map(),
      savedInside: [],
      waits: false,
      buttons: [],
      roleFromFile: false,
      line: () => undefined,
      async args(scope) {
        const { platform } = scope.event;
        const here = commands().filter((rule) => rule.platforms === undefined || rule.platforms.has(platform));
        const options = scope.values.options as { command?: string | null } | undefined;
        const wanted = options?.command?.replace(/^[/!]/, "").toLowerCase();
        if (wanted !== undefined && wanted !== "") {
          const rule = here.find((one) => spelling(one.canonical, platform) === wanted);
          if (rule === undefined || !(await mayUse(rule, scope)))
            return { text: scope.say(say("help_unknown", { command: spelled(platform, wanted) })) };
          return { text: details(rule, usage(rule, platform), scope) };
        }
        const lines: RichNode[][] = [];
        for (const rule of here) {
          if (!(await mayUse(rule, scope))) continue;
          const about = rule.command?.description;
          lines.push([
            { type: "code", text: usage(rule, platform) },
            ...(about ? [{ type: "text", text: ` ${about}` } as const] : []),
            ...(scope.isOff(rule)
              ? [{ type: "text", text: " " } as const, ...scope.say(say("help_switched_off"))]
              : []),
          ]);
        }
        return { text: join(lines) };
      },
    },
  ];
}

async function mayUse(rule: CompiledRule, { actor }: RunScope): Promise<boolean> {
  return (await permission(rule.command!, rule.rights, actor)) === "allowed";
}

function details(rule: CompiledRule, usage: string, scope: RunScope): RichText {
  const options = rule.command?.options ?? [];
  const lines: RichNode[][] = [[{ type: "code", text: usage }]];
  if (rule.command?.description) lines.push([{ type: "text", text: rule.command.description }]);
  for (const option of options) {
    const { name, description, type, choices = [], required } = option;
    lines.push([...scope.say(say("help_option", { name, about: description || type, choices, optional: !required }))]);
  }
  return join(lines);
}

/** Lines to one text; neighbouring texts are joined as the rich text promises. */
function join(lines: readonly (readonly RichNode[])[]): RichText {
  const out: RichNode[] = [];
  const push = (node: RichNode) => {
    const last = out.at(-1);
    if (node.type === "text" && last?.type === "text")
      out[out.length - 1] = { type: "text", text: last.text + node.text };
    else out.push(node);
  };
  lines.forEach((line, index) => {
    if (index > 0) push({ type: "text", text: "\n" });
    line.forEach(push);
  });
  return out;
}
