import { describeBehaviours } from "./behaviours.ts";
import { discordStage } from "./discord-stage.ts";

describeBehaviours("Discord", () => discordStage());
