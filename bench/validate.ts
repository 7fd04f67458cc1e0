import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Figure, median, ms, times } from "./figure.ts";

const rounds = 21;

/** The whole process, as somebody at a shell feels it. */
function run(...args: string[]): number {
  const begin = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${String(stderr)}`);
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

export async function benchValidate(folder: string): Promise<readonly Figure[]> {
  const empty: number[] = [];
  const validate: number[] = [];
  for (let round = 0; round < rounds; round++) {
    empty.push(run("-e", "0"));
    validate.push(run("dist/main.cjs", "validate", "examples/bot.yaml"));
  }
  const long = join(folder, "long.yaml");
  writeFileSync(long, longFile(10_000));
  const longTimes = Array.from({ length: 5 }, () => run("dist/main.cjs", "validate", long));
  return [
    { what: "node -e 0, whole process", value: ms(median(empty)), wish: "-" },
    { what: "botctl validate examples/bot.yaml, whole process", value: ms(median(validate)), wish: "-" },
    { what: "ratio", value: times(median(validate) / median(empty)), wish: "at most 3 x" },
    {
      what: "botctl validate of a 10,000-line file, whole process",
      value: ms(median(longTimes)),
      wish: "under 1000 ms",
    },
  ];
}

/** A file of commands that each do a little. */
export function longFile(lines: number): string {
  const head = ["version: 1", "bot: { name: Long }", "platforms: { console: {} }", "commands:"];
  const body: string[] = [];
  for (let n = 0; head.length + body.length < lines; n++) {
    body.push(
      `  command_${n}:`,
      "    description: One of very many",
      "    options:",
      "      amount: { type: integer, minimum: 1, maximum: 100 }",
      "    do:",
      '      - if: options.amount > 50 and user.name != "nobody"',
      "        do:",
      '          - reply: "**{{ options.amount | plus: 1 }}** is much, {{ user.name }}"',
      "        else:",
      '          - reply: "{% if options.amount == 1 %}one{% else %}{{ options.amount }}{% endif %}"',
    );
  }
  return [...head, ...body].join("\n");
}
