import { exitCodes } from "./cli/exit-codes.ts";
import { main } from "./cli/program.ts";

const streams = [process.stdout, process.stderr];
let isOutputLost = false;
// Whoever reads may go away early (`botctl validate | head`), which is no trouble of ours; a full disk is.
for (const stream of streams)
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") isOutputLost = true;
  });

const exitCode = await main(process.argv.slice(2));
await Promise.all(streams.map(flushed));
// Not left to the event loop: a socket that some library keeps must not hold up the end.
process.exit(isOutputLost ? exitCodes.failed : exitCode);

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => void stream.write("", () => resolve()));
}
