import { GatewayCloseCodes } from "discord.js";
import { PlatformError } from "../../../contracts/platform.ts";
import { GatewayRefusal } from "./gateway/closing.ts";

/** What a refusal by the gateway means; `reason` finds out which privileged intents are the reason. */
export async function refusalError(
  error: unknown,
  reason: () => Promise<{ message: string; setting: string } | undefined>,
): Promise<PlatformError | undefined> {
  if (!(error instanceof GatewayRefusal)) return undefined;
  switch (error.code) {
    case GatewayCloseCodes.AuthenticationFailed:
      return badToken();
    case GatewayCloseCodes.DisallowedIntents:
    case GatewayCloseCodes.InvalidIntents: {
      const intents = await reason();
      return new PlatformError(
        "start",
        intents?.message ??
          "Discord does not let the bot see what its rules need. Open https://discord.com/developers/applications, choose your application, then Bot, and switch on the Privileged Gateway Intents.",
        { setting: intents?.setting ?? "token" },
      );
    }
    case GatewayCloseCodes.ShardingRequired:
      return new PlatformError(
        "unavailable",
        "The bot has come to so many servers that Discord wants to be asked anew how to share them out: start it again.",
      );
    case GatewayCloseCodes.InvalidAPIVersion:
      return new PlatformError(
        "start",
        "Discord no longer speaks with this version of botctl: install the newest one.",
        { setting: "token" },
      );
    default:
      return new PlatformError("start", `Discord's gateway turned the bot away for good (code ${error.code}).`, {
        setting: "token",
      });
  }
}

export const badToken = () =>
  new PlatformError(
    "start",
    "Discord does not accept the token: copy it again from the page Bot of your application in the Discord Developer Portal.",
    { setting: "token" },
  );
