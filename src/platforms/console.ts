import type { PlatformDefinition } from "../contracts/platform.ts";
import { capabilities, type Right, rights } from "../contracts/right.ts";

/** A conversation in the terminal: nothing is missing here, so that every file can be tried out. */
export const console: PlatformDefinition = {
  name: "console",
  title: "Console",
  settings: {},
  capabilities: new Set(capabilities),
  rights: new Set(Object.keys(rights) as Right[]),
  roles: true,
  limits: {
    textLength: 20_000,
    commands: 100_000,
    options: 25,
    descriptionLength: 1000,
    buttons: 25,
    buttonLabelLength: 80,
  },
  idPattern: /^\d+$/,
  usernamesIdentify: true,
  findsPeople: true,
  commandsAreMessages: true,
};
