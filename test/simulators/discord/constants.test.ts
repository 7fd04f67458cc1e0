import { expect, it } from "vitest";
import { loadSpec, noSpecs, specsDirectory } from "../shared/specs.ts";
import {
  CallbackKind,
  ChannelKind,
  Close,
  ComponentKind,
  ErrorCode,
  Intent,
  InteractionKind,
  knownIntents,
  MessageFlag,
  Op,
  OptionKind,
  Permission,
} from "./constants.ts";

type Tables = Record<string, Record<string, number | string>>;

it("uses the numbers that Discord publishes", ({ skip }) => {
  skip(specsDirectory() === undefined, noSpecs);
  const tables = loadSpec<Tables>("discord/enums.discord-api-types.json");
  const ours: Record<string, Record<string, number | bigint>> = {
    PermissionFlagsBits: Permission,
    GatewayIntentBits: Intent,
    GatewayOpcodes: Op,
    GatewayCloseCodes: Close,
    RESTJSONErrorCodes: ErrorCode,
    MessageFlags: MessageFlag,
    ChannelType: ChannelKind,
    ComponentType: ComponentKind,
    ApplicationCommandOptionType: OptionKind,
    InteractionType: InteractionKind,
    InteractionResponseType: CallbackKind,
  };
  for (const [table, numbers] of Object.entries(ours)) {
    const published = Object.fromEntries(Object.keys(numbers).map((name) => [name, String(tables[table]?.[name])]));
    const stated = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]));
    expect(stated, table).toEqual(published);
  }
  const bits = Object.values(tables.GatewayIntentBits!).reduce<number>((sum, bit) => sum | Number(bit), 0);
  expect(knownIntents).toBe(bits);
});
