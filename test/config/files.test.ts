import { expect, it } from "vitest";
import { diagnosticsOf, loadText } from "./support.ts";

const megabytes = (count: number) => "x".repeat(count * 1024 ** 2);

const bot = (platforms: string) => `version: 1
bot: { name: Harbour }
platforms: { ${platforms} }
commands:
  map:
    do:
      - reply: { text: Here, file: maps/harbour.png }
`;
const discord = `discord: { token: "\${DISCORD_TOKEN}", servers: [Harbour] }`;

async function said(platforms: string, size: number) {
  const loaded = await loadText(bot(platforms), { "maps/harbour.png": megabytes(size) });
  return diagnosticsOf(loaded).flatMap(({ code, severity, message, line }) =>
    code === "bad-file" ? [`${line} ${severity}: ${message}`] : [],
  );
}

it("tells a file that is larger than a platform takes", async () => {
  const onDiscord = '"maps/harbour.png" has 11 MB, and at most 10 MB can be sent on Discord.';
  expect(await said(discord, 11)).toEqual([`7 error: ${onDiscord}`]);
  expect(await said(`console: {}, ${discord}`, 11)).toEqual([`7 warning: ${onDiscord}`]);
  expect(await said(`console: {}, ${discord}`, 10)).toEqual([]);
  const anywhere = '"maps/harbour.png" has 26 MB, and at most 25 MB can be sent on Console.';
  expect(await said("console: {}", 26)).toEqual([`7 error: ${anywhere}`]);
});
