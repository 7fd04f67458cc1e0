import type { Generated } from "./generator.ts";
import { filePage } from "./reference/file.ts";
import { generatedNote, page, table } from "./reference/markdown.ts";
import { errorsPage, filtersPage, platformsPage } from "./reference/others.ts";
import { actionsPage, conditionsPage, triggersPage } from "./reference/words.ts";

/** The pages of the reference: every key, word, filter, platform and mistake, from the definitions alone. */
export function generateReference(): Generated[] {
  const pages: readonly (readonly [string, string, () => string])[] = [
    ["file", "Every key of a bot.yaml", filePage],
    ["triggers", "What starts a rule", triggersPage],
    ["conditions", "What can be asked", conditionsPage],
    ["actions", "What a bot can do, and how each action ends", actionsPage],
    ["filters", "What can be done with a value in a text", filtersPage],
    ["platforms", "What each platform needs and can do", platformsPage],
    ["errors", "Every mistake that botctl tells you of", errorsPage],
  ];
  const contents = pages.map(([name, about]) => [`[${name}](${name}.md)`, about]);
  return [
    {
      path: "docs/reference/README.md",
      text: page(generatedNote, "# Reference", table(["page", "what stands there"], contents)),
    },
    ...pages.map(([name, , make]) => ({ path: `docs/reference/${name}.md`, text: make() })),
  ];
}
