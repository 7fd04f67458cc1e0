import { formatDuration } from "../../language/duration.ts";

/** Every sentence that the bot says of its own accord, in one place. */
export const sentences = {
  unknownCommand: (name: string, near: string | undefined) =>
    near === undefined
      ? `There is no command "${name}". Send help to see what I can do.`
      : `There is no command "${name}". Did you mean "${near}"?`,
  notAllowed: (command: string) => `You are not allowed to use "${command}".`,
  rightNeeded: (command: string, right: string) => `To use "${command}" one must be allowed to ${right} here.`,
  limited: (ms: number, locale: string) =>
    `That was a bit fast. Try again in ${formatDuration(Math.max(1000, ms), locale)}.`,
  oldButton: "This button is no longer in use.",
  usedButton: "This button has been used already.",
  notYourButton: "This button is not for you.",
  justChanged: (command: string) => `"${command}" has just changed. Please try again.`,
  failed: "Something went wrong, and it has been written down for the people who run me.",
  onlyOnServer: "This only works on a server, not in a private conversation.",
  notYourself: "You cannot do that to yourself.",
  notMe: "I will not do that to myself.",
  notOwner: "Nobody can do that to the owner of this server.",
  aboveYou: (name: string) => `${name} stands as high as you here, or higher.`,
  aboveMe: (name: string) => `${name} stands as high as I do here, or higher, so I am not able to do that.`,
  roleAboveYou: (role: string) => `The role ${role} stands as high as your own, or higher.`,
  roleAboveMe: (role: string) =>
    `The role ${role} stands as high as mine, or higher, so I am not able to give or take it.`,
  cannotCheckYou: "I could not check what you may do here, so I left it.",
  cannotCheckMe: "I could not check what I may do here, so I left it.",
  iLackRight: (right: string) => `I am not allowed to ${right} here. Somebody has to give me that right first.`,
  notRecorded: "I could not write this down in the audit log, so I did not do it.",
  noPlace: (name: string, near: string | undefined) =>
    near === undefined ? `I find no channel "${name}" here.` : `I find no channel "${name}" here. Is it "${near}"?`,
  noRole: (name: string, near: string | undefined) =>
    near === undefined ? `I find no role "${name}" here.` : `I find no role "${name}" here. Is it "${near}"?`,
  noPerson: (name: string) => `I do not know anybody called "${name}" here.`,
  several: (name: string) => `"${name}" fits more than one here, so I left it.`,
  cannotLook: (name: string) => `I could not look up "${name}" just now. Please try again.`,
  platformAway: (platform: string) => `I am not connected to ${platform} right now.`,
};
