/** The whole program as a process of its own: `{ file, env }` as its argument; ends by itself when its input ends. */
import { startApp } from "../../src/app.ts";
import { testHost } from "../support/app.ts";

const { file, env } = JSON.parse(process.argv[2]!) as { file: string; env: Record<string, string> };
const started = await startApp({ file, watch: true, logTo: "stdout" }, testHost(env));
if (started.ok) {
  process.stdout.write('{"level":"info","msg":"running"}\n');
  process.stdin.on("end", () => void started.app.stop()).resume();
  process.exitCode = await started.app.finished;
} else process.exitCode = started.exitCode;
