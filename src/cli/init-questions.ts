import { type PlatformName, platformTitles, type TemplateName, templates } from "./templates.ts";

/** What a new bot is made from. */
export interface Answers {
  readonly platforms: readonly PlatformName[];
  readonly template: TemplateName;
}

/** Asks at the terminal for what the flags did not say. @returns undefined when the person gives up. */
export async function askAnswers(
  given: { [Key in keyof Answers]?: Answers[Key] | undefined },
): Promise<Answers | undefined> {
  const { cancel, intro, isCancel, multiselect, outro, select } = await import("@clack/prompts");
  const giveUp = (): undefined => cancel("Given up.") as undefined;
  intro("A new bot");
  const platforms =
    given.platforms ??
    (await multiselect<PlatformName>({
      message: "Where does it run? (space chooses, enter goes on)",
      options: entries(platformTitles).map(([value, label]) => ({ value, label })),
      initialValues: ["console"],
      required: true,
    }));
  if (isCancel(platforms)) return giveUp();
  const template =
    given.template ??
    (await select<TemplateName>({
      message: "What does it begin with?",
      options: entries(templates).map(([value, hint]) => ({ value, label: value, hint })),
    }));
  if (isCancel(template)) return giveUp();
  outro("Writing the files.");
  return { platforms, template };
}

function entries<K extends string>(record: Readonly<Record<K, string>>): [K, string][] {
  return Object.entries(record) as [K, string][];
}
