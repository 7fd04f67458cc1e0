import { ErrorCode } from "../constants.ts";

/** What Discord answers when it refuses; thrown by a route, sent by the router. */
export class DiscordError extends Error {
  readonly status: number;
  readonly code: number;
  readonly details: object | undefined;

  constructor(status: number, code: number, message: string, details?: object) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  /** The JSON of the answer. */
  body(): object {
    return { message: this.message, code: this.code, ...(this.details === undefined ? {} : { errors: this.details }) };
  }
}

export const missingPermissions = () => new DiscordError(403, ErrorCode.MissingPermissions, "Missing Permissions");
export const missingAccess = () => new DiscordError(403, ErrorCode.MissingAccess, "Missing Access");

type Thing = "Application" | "Channel" | "Guild" | "Member" | "Message" | "Role" | "User" | "Emoji" | "Webhook" | "Ban";

export function unknownThing(thing: Thing): DiscordError {
  return new DiscordError(404, ErrorCode[`Unknown${thing}`], `Unknown ${thing}`);
}
