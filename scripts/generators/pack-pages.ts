import { packMarkdown, packPage } from "../../src/cli/packs.ts";
import { packs } from "../../src/words/registry.ts";
import type { Generated } from "./generator.ts";

/** The page of each pack. Made with the reader of files, so all that this one needs must be written before. */
export function generatePackPages(): Promise<Generated[]> {
  const names = [...packs.keys()];
  return Promise.all(
    names.map(async (name) => ({ path: `docs/packs/${name}.md`, text: packMarkdown(await packPage(name)) })),
  );
}
