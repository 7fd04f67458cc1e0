import { warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";
import { argumentsOfKind, platformsOf } from "./walk.ts";

/** `react: ":wave:"`: an ordinary emoji by the name that some platforms show for it. */
export const emojiNames: Check = function* (context) {
  for (const { rule, field, value, node, key } of argumentsOfKind(context, "emoji")) {
    const all = platformsOf(context, rule).flatMap((name) => context.words.platforms.get(name) ?? []);
    const without = all.find(({ capabilities }) => !capabilities.has("emoji.names"));
    if (without === undefined || typeof value !== "string") continue;
    // What is no reaction somewhere is told as that.
    if (field.reaction === true && all.some(({ reactions }) => reactions?.has(value) === false)) continue;
    const name = /^:?([a-z0-9_+-]+):?$/.exec(value.trim())?.[1];
    const emoji = name === undefined ? undefined : ordinary()[name];
    const at = emoji === undefined ? undefined : context.origins.position(node, key);
    if (at === undefined) continue;
    const message = `"${value}" is the name of an emoji, and ${without.title} knows such names only of a server's own emoji.`;
    yield warningAt(at, { code: "emoji-by-name", message, hint: `write the emoji itself: "${emoji}"` });
  }
};

/** The names that people know best. The table is made when it is asked for, because hardly any file needs it. */
const ordinary = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    "wave 👋 +1 👍 thumbsup 👍 thumbs_up 👍 -1 👎 thumbsdown 👎 heart ❤️ fire 🔥 tada 🎉 smile 😄 joy 😂 cry 😢 eyes 👀 rocket 🚀 star ⭐ 100 💯 clap 👏 pray 🙏 ok_hand 👌 ok 🆗 white_check_mark ✅ check ✅ x ❌ warning ⚠️ question ❓ thinking 🤔 heart_eyes 😍 sob 😭 skull 💀 muscle 💪 sparkles ✨ rose 🌹 trophy 🏆 bell 🔔 lock 🔒 link 🔗 robot 🤖 ping_pong 🏓 game_die 🎲 coin 🪙 gift 🎁 cake 🎂 party 🥳"
      .split(" ")
      .reduce<[string, string][]>((pairs, word, at, all) => {
        if (at % 2 === 0) pairs.push([word, all[at + 1]!]);
        return pairs;
      }, []),
  );
