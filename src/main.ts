import { main } from "./cli/program.ts";

const exitCode = await main(process.argv.slice(2));
await Promise.all([process.stdout, process.stderr].map(flushed));
// Not left to the event loop: a socket that some library keeps must not hold up the end.
process.exit(exitCode);

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => void stream.write("", () => resolve()));
}
