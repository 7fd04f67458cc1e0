/** The command line as a process: arguments in, output and exit code out. */
import { exitCodes } from "./cli/exit-codes.ts";
import { main } from "./cli/program.ts";

const streams = [process.stdout, process.stderr];
let isOutputLost = false;
// Where nothing is left to wait for before the end is reached, something was forgotten: that is no success.
process.exitCode = exitCodes.failed;
// Whoever reads may go away early (`botctl validate | head`), which is no trouble of ours; a full disk is.
for (const stream of streams)
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") isOutputLost = true;
  });

void start();

async function start(): Promise<void> {
  const exitCode = await main(process.argv.slice(2));
  await Promise.all(streams.map(flushed));
  // Not left to the event loop: a socket that some library keeps must not hold up the end.
  process.exit(isOutputLost ? exitCodes.failed : exitCode);
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => void stream.write("", () => resolve()));
}
