/** Every emoji that people and bots can react with (ReactionTypeEmoji), written without variation selectors. */
const offered: ReadonlySet<string> = new Set(
  `
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈
😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
`
    .trim()
    .split(/\s+/),
);

/** An emoji as Telegram writes it. */
export const reactionOf = (emoji: string): string => emoji.trim().replaceAll("\ufe0f", "");

export const isReaction = (emoji: string): boolean => offered.has(reactionOf(emoji));
