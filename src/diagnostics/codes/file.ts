import type { CodeEntry } from "./entry.ts";

/** Mistakes about the file as a whole, before any of its words is read. */
export const fileCodes = {
  "file-not-found": {
    title: "There is no such file",
    explanation:
      "botctl looked for the file at the path you gave, from the folder you are in, and found nothing. Check the spelling and the folder.",
    wrong: "botctl validate bto.yaml",
    right: "botctl validate bot.yaml",
    shell: true,
  },
  "file-unreadable": {
    title: "The file cannot be read",
    explanation:
      "The file is there, but the system does not let botctl read it. Usually the user that runs botctl has no permission for it.",
    wrong: "sudo -u nobody botctl validate /srv/bot/bot.yaml",
    right: "botctl validate bot.yaml",
    shell: true,
  },
  "file-is-directory": {
    title: "This is a folder, not a file",
    explanation: "Give the path of the bot.yaml inside the folder.",
    wrong: "botctl validate ./my-bot",
    right: "botctl validate ./my-bot/bot.yaml",
    shell: true,
  },
  "file-not-regular": {
    title: "This is not an ordinary file",
    explanation:
      "The path leads to a device, a socket or a pipe. Give an ordinary file, or `-` to read what another program writes.",
    wrong: "botctl validate /dev/zero",
    right: "generate-config | botctl validate -",
    shell: true,
  },
  "file-too-large": {
    title: "The file is too large",
    explanation:
      "A bot.yaml is written by people and never comes near one megabyte. Something else was probably saved under this name. A large list of words belongs into `data` or into files named by `include`.",
    wrong: "botctl validate backup.tar",
    right: "botctl validate bot.yaml",
    shell: true,
  },
  "file-empty": {
    title: "The file is empty",
    explanation:
      "There is nothing in the file, or only comments. Perhaps it has not been saved yet. `botctl init` writes one to start from.",
    wrong: "# nothing here yet\n",
    right: "version: 1\nbot:\n  name: Harbour\nplatforms:\n  console: {}\n",
  },
  "file-binary": {
    title: "The file is not text",
    explanation:
      "The file holds bytes that no text has, so it is a picture, an archive or a program. Give the path of your bot.yaml.",
    wrong: "botctl validate photo.png",
    right: "botctl validate bot.yaml",
    shell: true,
  },
  "file-not-utf8": {
    title: "The file is saved in another encoding",
    explanation:
      "botctl reads UTF-8. Some editors on Windows still save in an older encoding, which breaks letters with accents. Choose “Save with encoding… UTF-8” in your editor.",
    wrong: "iconv -t LATIN1 bot.yaml | botctl validate -",
    right: "iconv -f LATIN1 -t UTF-8 bot.yaml | botctl validate -",
    shell: true,
  },
} satisfies Record<string, CodeEntry>;
