import { join } from "node:path";
import { expect, it } from "vitest";
import { cli } from "../support/build.ts";
import { otherProgram } from "../support/other-program.ts";
import { folderWith } from "./files.ts";

const bot = `version: 1
bot: { name: Harbour }
platforms: { console: {} }
storage: sqlite:./bot.db
audit: { record: [moderation] }
commands:
  punish: { options: { member: member }, do: [ { warn: { member: "{{ options.member }}", reason: Shouting } } ] }
`;

/** A folder with a bot whose audit log has three entries or more, and its database. */
async function usedBot(): Promise<{ readonly folder: string; change(sql: string): void }> {
  const folder = folderWith({ "bot.yaml": bot });
  const ran = await cli(["run", "--platform", "console", "--as", "captain", "--owner"], {
    cwd: folder,
    input: "/punish @ada\n/punish @bob\n/punish @carol\n",
  });
  expect(ran.code).toBe(0);
  return {
    folder,
    change(sql) {
      const database = otherProgram(join(folder, "bot.db"));
      expect(database.prepare(sql).run().changes).toBe(1);
      database.close();
    },
  };
}

it("says that nothing was changed", async () => {
  const { folder } = await usedBot();
  const { code, stdout } = await cli(["audit", "verify"], { cwd: folder });
  expect(stdout).toMatch(
    /^\d+ entries, the newest is entry \d+: nothing was changed, and none is missing in between\.\n$/,
  );
  expect(code).toBe(0);
});

it("says that there is nothing yet", async () => {
  expect(await cli(["audit", "verify"], { cwd: folderWith({ "bot.yaml": bot }) })).toMatchObject({
    code: 0,
    stdout: "The audit log is empty.\n",
  });
});

it("tells an entry that was changed, and one that was taken out", async () => {
  const { folder, change } = await usedBot();
  change("update audit set content = replace(content, 'bob', 'eve') where sequence = 3");
  expect(await cli(["audit", "verify"], { cwd: folder })).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/at entry 3, written .+Z, what it says was changed\.\n$/) as string,
  });
  change("delete from audit where sequence = 3");
  expect((await cli(["audit", "verify"], { cwd: folder })).stdout).toContain("at entry 4");
});

it("keeps verifying what was emptied because somebody wanted to be forgotten", async () => {
  const { folder } = await usedBot();
  expect(await cli(["data", "delete", "--user", "console:ada", "--yes"], { cwd: folder })).toMatchObject({ code: 0 });
  expect(await cli(["audit", "verify"], { cwd: folder })).toMatchObject({ code: 0 });
});
