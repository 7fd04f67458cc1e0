import { stringify } from "yaml";
import { renderPretty } from "../diagnostics/render/pretty.ts";
import { slackManifest } from "../platforms/slack/manifest.ts";
import { checkFile } from "./check-file.ts";
import { exitCodes, isWithoutFile } from "./exit-codes.ts";
import type { Io } from "./io.ts";

const hint = `Paste this at https://api.slack.com/apps: "Create New App", "From a manifest"; or, for an app that is there
already, on its page "App Manifest". Then install the app to the workspace (again).
`;

/** Prints the manifest of the Slack app that a file needs; where to paste it is said beside it, on stderr. */
export async function printSlackManifest(file: string, json: boolean, io: Io): Promise<number> {
  const { file: name, sources, plan, diagnostics } = await checkFile(file, undefined, io);
  if (plan === undefined) {
    const errors = diagnostics.filter((one) => one.severity === "error");
    io.err(`${renderPretty(errors, { sourceOf: (name) => sources.get(name), colors: io.errColors })}\n`);
    return isWithoutFile(errors) ? exitCodes.failed : exitCodes.invalid;
  }
  const connection = plan.connections.find((one) => one.platform === "slack");
  if (connection === undefined) {
    io.err(`${name} has no slack under platforms.\n`);
    return exitCodes.failed;
  }
  const manifest = slackManifest(connection);
  io.out(json ? `${JSON.stringify(manifest, null, 2)}\n` : stringify(manifest));
  io.err(`\n${hint}`);
  return exitCodes.valid;
}
