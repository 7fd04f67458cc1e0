import { freePort } from "../support/free-port.ts";
import { describeBehaviours } from "./behaviours.ts";
import { slackStage } from "./slack-stage.ts";

describeBehaviours("Slack by Socket Mode", () => slackStage());
describeBehaviours("Slack by signed requests", async () => slackStage({ httpPort: await freePort() }));
