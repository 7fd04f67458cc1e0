import { GatewayCloseCodes } from "discord.js";

/** Close codes after which trying again is useless (documentation: "Opcodes and Status Codes", Gateway Close Event Codes). */
export function isFatal(code: number): boolean {
  return code === GatewayCloseCodes.AuthenticationFailed || (code >= 4010 && code <= 4014);
}

/** Close codes after which the session cannot be resumed. */
export function endsSession(code: number): boolean {
  return (
    code === GatewayCloseCodes.NotAuthenticated ||
    code === GatewayCloseCodes.InvalidSeq ||
    code === GatewayCloseCodes.SessionTimedOut
  );
}

/** A refusal by the gateway that trying again does not change. */
export class GatewayRefusal extends Error {
  override readonly name = "GatewayRefusal";
  constructor(readonly code: number) {
    super(`the gateway closed with ${code}`);
  }
}
