import type { BotCommand, BotCommandScope } from "grammy/types";
import type { DeliveryService } from "../delivery.ts";
import { refusal } from "../errors.ts";
import type { World } from "../world.ts";
import type { Handlers } from "./handlers.ts";

/** What concerns the bot's own account: who it is, its command menu, its webhook. `getUpdates` is answered apart. */
export function ownMethods(world: World, delivery: DeliveryService): Handlers {
  const menus = new Map<string, BotCommand[]>();
  const key = (args: { scope?: BotCommandScope; language_code?: string } | undefined) =>
    JSON.stringify([args?.scope ?? { type: "default" }, args?.language_code ?? ""]);

  return {
    getMe: () => world.bot,

    setMyCommands(args) {
      if (args.commands.length > 100) throw refusal("tooManyCommands");
      if (args.commands.some(({ command }) => !/^[a-z0-9_]{1,32}$/.test(command))) throw refusal("commandInvalid");
      menus.set(key(args), [...args.commands]);
      return true;
    },
    getMyCommands: (args) => menus.get(key(args)) ?? [],
    deleteMyCommands(args) {
      menus.delete(key(args));
      return true;
    },

    setWebhook(args) {
      if (args.url === "") {
        delivery.deleteWebhook(args.drop_pending_updates ?? false);
        return true;
      }
      if (!/^https:\/\/./.test(args.url) && !args.url.startsWith("http://127.0.0.1:")) throw refusal("webhookUrl");
      if (args.secret_token !== undefined && !/^[A-Za-z0-9_-]+$/.test(args.secret_token))
        throw refusal("secretTokenCharacters");
      const { certificate: _, ...settings } = args;
      delivery.setWebhook(settings);
      return true;
    },
    deleteWebhook(args) {
      delivery.deleteWebhook(args?.drop_pending_updates ?? false);
      return true;
    },
    getWebhookInfo: () => delivery.info(),
  };
}
