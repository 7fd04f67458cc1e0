/** How much a platform takes. What may be left out has no limit then; texts are counted as people see them. */
export interface PlatformLimits {
  readonly textLength: number;
  /** Commands of one bot, the built-in help among them. */
  readonly commands: number;
  /** Options of one command. */
  readonly options: number;
  readonly descriptionLength: number;
  /** Characters of a command with all that is shown of it: names, descriptions and choices. */
  readonly commandLength?: number;
  readonly buttons: number;
  readonly buttonLabelLength: number;
  /** Choices in one menu. */
  readonly menuChoices?: number;
  /** Characters of one choice, in menus and forms, that people see. */
  readonly choiceLength?: number;
  readonly menuDescriptionLength?: number;
  /** How many buttons a menu under the same message takes the room of; none, if left out. */
  readonly menuRoom?: number;
  /** Characters of a box's title, text, footer and fields together. */
  readonly embedLength?: number;
  /** Fields in one form. */
  readonly formFields?: number;
  /** Characters of a field's label that people see. */
  readonly formLabelLength?: number;
  /** Characters that people can type into a field. */
  readonly formInputLength?: number;
  readonly nicknameLength?: number;
  readonly threadNameLength?: number;
  /** Of a thread that only those see who are added. */
  readonly privateThreadNameLength?: number;
  /** Files with one message. */
  readonly files?: number;
  /** Size of a file in bytes. */
  readonly fileSize?: number;
}

export type PlatformLimit = keyof PlatformLimits;
