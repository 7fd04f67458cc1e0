import { formatDuration } from "../../language/duration.ts";

/**
 * Every sentence that the bot says of its own accord, in one place. Commands are shown as people type them: `/give`,
 * `/harbour give`.
 */
export const sentences = {
  unknownCommand: (typed: string, near: string | undefined, help: string) =>
    near === undefined
      ? `There is no command ${typed}. Try ${help} to see what I can do.`
      : `There is no command ${typed}. Did you mean ${near}?`,
  notAllowed: (command: string) => `You may not use ${command}.`,
  rightNeeded: (what: string, right: string) => `Only people who may ${right} here can use ${what}.`,
  limited: (ms: number, locale: string) =>
    `That was a bit fast. Try again in ${formatDuration(Math.max(1000, ms), locale)}.`,
  cooling: (ms: number, locale: string) => `You can do that again in ${formatDuration(ms, locale)}.`,
  oldButton: "This button is no longer in use.",
  usedButton: "This button has been used already.",
  notNow: "This is not possible for you just now.",
  ticked: (labels: string) =>
    labels === "" ? "Nothing is picked." : `Picked: ${labels}. Press Done when that is all.`,
  notYourButton: "This button is not for you.",
  justChanged: (command: string) => `${command} has just changed. Please try again.`,
  oldQuestion: "This question is no longer open.",
  tooManyQuestions: "I am asking too many people at once just now. Please try again later.",
  unanswered: "Nobody answered in time.",
  endedWithItsRule: "What you asked for earlier is no longer possible, so I stopped it.",
  samePerson: "Both are the same person, so there is nothing to move.",
  tooMuchFor: (name: string) => `${name} cannot have that much.`,
  notAMember: "That person is not on this server.",
  switchedOff: (command: string) => `${command} is switched off at the moment.`,
  nothingToSwitch: (name: string, near: string | undefined) =>
    near === undefined
      ? `There is no command, rule or schedule called "${name}".`
      : `There is no command, rule or schedule called "${name}". Is it "${near}"?`,
  severalSwitches: (name: string, kinds: readonly string[]) =>
    `"${name}" is a ${kinds.join(" and a ")}, so it must be said which of them is meant.`,
  lastSwitch: (name: string) => `"${name}" is what switches things on again, so it stays on.`,
  underWay: {
    busy: "This is still under way from before.",
    queued: "This is still under way from before. Yours comes after it.",
    full: "Too many of these are waiting for their turn already. Try again later.",
  },
  failed: "Something went wrong. The people who run me can see what it was.",
  onlyOnServer: "This only works on a server, not in a private conversation.",
  notYourself: "You cannot do that to yourself.",
  notMe: "I will not do that to myself.",
  notOwner: "Nobody can do that to the owner of this server.",
  aboveYou: (name: string) => `${name} stands as high as you here, or higher.`,
  aboveMe: (name: string) => `${name} stands as high as I do here, or higher, so I cannot do that.`,
  roleAboveYou: (role: string) => `The role ${role} stands as high as your own, or higher.`,
  roleAboveMe: (role: string) => `The role ${role} stands as high as mine, or higher, so I cannot give or take it.`,
  cannotCheckYou: "I could not check what you may do here, so I did nothing.",
  cannotCheckMe: "I could not check what I may do here, so I did nothing.",
  iLackRight: (right: string) => `I am not allowed to ${right} here. Somebody has to give me that right first.`,
  notRecorded: "I could not write this down in the audit log, so I did not do it.",
  noPlace: (name: string, near: string | undefined) =>
    near === undefined ? `There is no channel "${name}" here.` : `There is no channel "${name}" here. Is it "${near}"?`,
  noRole: (name: string, near: string | undefined) =>
    near === undefined ? `There is no role "${name}" here.` : `There is no role "${name}" here. Is it "${near}"?`,
  noPerson: (name: string) => `I do not know anybody called "${name}" here.`,
  several: (name: string) => `"${name}" fits more than one here, so I did nothing.`,
  cannotLook: (name: string) => `I could not look up "${name}" just now. Please try again.`,
  platformAway: (platform: string) => `I am not connected to ${platform} right now.`,
};
