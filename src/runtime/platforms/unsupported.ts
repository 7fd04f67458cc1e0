import { PlatformError, type PlatformPort } from "../../contracts/platform.ts";

/** The part of a port that only platforms with certain capabilities have. */
export type Abilities = Pick<
  PlatformPort,
  | "editMessage"
  | "pin"
  | "typing"
  | "history"
  | "purge"
  | "slowmode"
  | "lock"
  | "setNickname"
  | "createThread"
  | "closeThread"
  | "addToThread"
  | "openForm"
>;

/** What a platform answers that cannot do these things: an adapter writes those over that it can. */
export function notOn(title: string): Abilities {
  const cannot = (what: string) => async (): Promise<never> => {
    throw new PlatformError("unsupported", `${title} has no way to ${what}.`);
  };
  return {
    editMessage: cannot("change a message"),
    pin: cannot("pin messages"),
    typing: cannot("show that the bot is writing"),
    history: cannot("read earlier messages"),
    purge: cannot("delete many messages"),
    slowmode: cannot("slow a channel down"),
    lock: cannot("lock a channel"),
    setNickname: cannot("change somebody's name"),
    createThread: cannot("begin a thread"),
    closeThread: cannot("close a thread"),
    addToThread: cannot("add people to a thread"),
    openForm: async () => false,
  };
}
