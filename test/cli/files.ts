import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder of its own for one test, with these files. */
export function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "botctl-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** A small bot for the console. */
export const pingBot = `version: 1
bot: { name: Harbour }
platforms: { console: {} }
commands:
  ping: Pong!
  greet:
    description: Say hello
    options: { member: { type: member } }
    do:
      - reply:
          text: "Hello {{ options.member.mention }}"
          buttons: [{ label: Wave, do: [{ reply: "{{ user.name }} waves" }] }]
rules:
  - name: Echo
    when: message
    if: [{ text: { equals: marco } }]
    do: [{ reply: polo }]
`;
