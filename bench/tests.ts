import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Figure, median, ms } from "./figure.ts";

const count = 1000;
const rounds = 3;

/** `botctl test` of a file with many tests, the whole process. */
export async function benchTests(folder: string): Promise<readonly Figure[]> {
  const file = join(folder, "tested.yaml");
  writeFileSync(file, tested());
  const took = Array.from({ length: rounds }, () => {
    const begin = process.hrtime.bigint();
    const { status, stdout } = spawnSync(process.execPath, ["dist/main.cjs", "test", file], { encoding: "utf8" });
    if (status !== 0) throw new Error(stdout);
    return Number(process.hrtime.bigint() - begin) / 1e6;
  });
  return [{ what: `botctl test of ${count} tests, whole process`, value: ms(median(took)), wish: "under 5000 ms" }];
}

/** Tests as people write them: a command with data, a button, a mute that ends. */
function tested(): string {
  const lines = [
    "version: 1",
    "bot: { name: Bench }",
    "platforms: { console: {} }",
    "data: { coins: { type: integer, minimum: 0 } }",
    "commands:",
    "  give:",
    "    options: { member: member, amount: integer }",
    "    do:",
    '      - transfer: { data: coins, from: "{{ user }}", to: "{{ options.member }}", amount: "{{ options.amount }}" }',
    "      - reply: { text: Sent, buttons: [ { label: My balance, run: balance } ] }",
    '  balance: "You have {{ data.coins }} coins"',
    "rules:",
    '  - { name: Spam, when: message, if: { text: spam }, do: [ { mute: { member: "{{ user }}", for: 10m } } ] }',
    "tests:",
  ];
  for (let n = 0; n < count; n++)
    if (n % 2 === 0)
      lines.push(
        `  - name: giving ${n}`,
        "    given: { people: { ada: { data: { coins: 50 } }, bob: {} } }",
        "    steps:",
        "      - ada: /give @bob 20",
        "      - bot: Sent",
        "      - { as: ada, press: My balance }",
        "      - bot: You have 30 coins",
        "      - expect: { data: { coins: { ada: 30, bob: 20 } }, audit: { command: give } }",
      );
    else
      lines.push(
        `  - name: spam ${n}`,
        "    steps:",
        "      - ada: this is spam",
        "      - bot: mutes ada for 10 minutes",
        "      - after: 10m",
        "      - bot: unmutes ada",
      );
  return lines.join("\n");
}
