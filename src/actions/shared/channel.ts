import type { Channel } from "../../contracts/event.ts";
import { mention, type ObjectValue } from "../../language/values.ts";

/** A channel as texts and expressions read it. */
export const channelValueOf = ({ id, name, direct }: Channel): ObjectValue => ({
  id,
  name,
  direct,
  mention: mention("channel", id, name),
});
