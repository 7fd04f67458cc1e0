import { freePort } from "../support/free-port.ts";
import { describeBehaviours } from "./behaviours.ts";
import { telegramStage } from "./telegram-stage.ts";

describeBehaviours("Telegram by long polling", () => telegramStage());
describeBehaviours("Telegram by webhook", async () => telegramStage({ webhookPort: await freePort() }));
