/** Slack's own names of the emoji that people react with most (Slack takes names only). */
const names: Readonly<Record<string, string>> = Object.fromEntries(
  `
👍 +1 👎 -1 👌 ok_hand 👏 clap 🙌 raised_hands 🙏 pray 💪 muscle 👋 wave ✋ hand 🤝 handshake ✌ v 🤞 crossed_fingers 🤟 i_love_you_hand_sign
🤘 the_horns 🤙 call_me_hand 👈 point_left 👉 point_right 👆 point_up_2 👇 point_down ☝ point_up ✊ fist 👊 facepunch 🫡 saluting_face
😀 grinning 😃 smiley 😄 smile 😁 grin 😆 laughing 😅 sweat_smile 😂 joy 🤣 rolling_on_the_floor_laughing 🙂 slightly_smiling_face
🙃 upside_down_face 😉 wink 😊 blush 😇 innocent 😍 heart_eyes 🥰 smiling_face_with_3_hearts 😘 kissing_heart 😋 yum 😜 stuck_out_tongue_winking_eye
🤪 zany_face 🤩 star-struck 🥳 partying_face 😎 sunglasses 🤓 nerd_face 🧐 face_with_monocle 🤗 hugging_face 🤭 face_with_hand_over_mouth
🤫 shushing_face 🤔 thinking_face 🤐 zipper_mouth_face 🤨 face_with_raised_eyebrow 😐 neutral_face 😑 expressionless 😶 no_mouth 😏 smirk
😒 unamused 🙄 face_with_rolling_eyes 😬 grimacing 😔 pensive 😴 sleeping 🤒 face_with_thermometer 🤯 exploding_head 😕 confused 😟 worried
😮 open_mouth 😲 astonished 😳 flushed 🥺 pleading_face 😢 cry 😭 sob 😱 scream 😡 rage 😠 angry 🤬 face_with_symbols_on_mouth 😈 smiling_imp
💀 skull 💩 hankey 🤡 clown_face 👻 ghost 👽 alien 🤖 robot_face 🙈 see_no_evil 🙉 hear_no_evil 🙊 speak_no_evil
❤ heart 🧡 orange_heart 💛 yellow_heart 💚 green_heart 💙 blue_heart 💜 purple_heart 🖤 black_heart 🤍 white_heart 💔 broken_heart 💯 100
💥 boom 🔥 fire ✨ sparkles ⭐ star 🌟 star2 🎉 tada 🎊 confetti_ball 🎈 balloon 🎁 gift 🏆 trophy 🥇 first_place_medal 🥈 second_place_medal
🥉 third_place_medal 🎯 dart 🎮 video_game 🎲 game_die 🎵 musical_note 🎶 notes 🚀 rocket 💡 bulb 💰 moneybag 🪙 coin 💎 gem
👀 eyes 👁 eye 🧠 brain 🗣 speaking_head_in_silhouette 💬 speech_balloon 💤 zzz 📌 pushpin 📎 paperclip 📝 memo 📣 mega 📢 loudspeaker
🔔 bell 🔕 no_bell 🔒 lock 🔓 unlock 🔑 key 🔨 hammer 🔧 wrench ⚙ gear 🔗 link 🔍 mag 📅 date 📈 chart_with_upwards_trend 📉 chart_with_downwards_trend
✅ white_check_mark ✔ heavy_check_mark ☑ ballot_box_with_check ❌ x ❎ negative_squared_cross_mark ⚠ warning ⛔ no_entry 🚫 no_entry_sign 🚨 rotating_light
❓ question ❔ grey_question ❗ exclamation ❕ grey_exclamation ‼ bangbang ⁉ interrobang ➕ heavy_plus_sign ➖ heavy_minus_sign 🆗 ok 🆕 new 🆘 sos
🔴 red_circle 🟠 large_orange_circle 🟡 large_yellow_circle 🟢 large_green_circle 🔵 large_blue_circle 🟣 large_purple_circle ⚪ white_circle ⚫ black_circle
⬆ arrow_up ⬇ arrow_down ⬅ arrow_left ➡ arrow_right 🔄 arrows_counterclockwise ⏰ alarm_clock ⏳ hourglass_flowing_sand ⌛ hourglass ⏱ stopwatch
☀ sunny 🌈 rainbow ☁ cloud ⚡ zap ❄ snowflake 🌊 ocean 🌍 earth_africa 🌎 earth_americas 🌏 earth_asia 🌙 crescent_moon 🌸 cherry_blossom 🌹 rose 🌻 sunflower
🌲 evergreen_tree 🍀 four_leaf_clover 🍕 pizza 🍔 hamburger 🍎 apple 🍌 banana 🍺 beer 🍻 beers 🥂 clinking_glasses ☕ coffee 🍵 tea 🎂 birthday 🍰 cake 🍪 cookie
🐶 dog 🐱 cat 🐭 mouse 🦊 fox_face 🐻 bear 🐼 panda_face 🐸 frog 🐵 monkey_face 🐔 chicken 🐧 penguin 🦄 unicorn_face 🐝 bee 🐛 bug 🦋 butterfly 🐢 turtle
🐍 snake 🐙 octopus 🐠 tropical_fish 🐳 whale 🦈 shark ⚓ anchor ⛵ boat 🚢 ship ⚽ soccer 🏀 basketball ♟ chess_pawn 🃏 black_joker
0⃣ zero 1⃣ one 2⃣ two 3⃣ three 4⃣ four 5⃣ five 6⃣ six 7⃣ seven 8⃣ eight 9⃣ nine 🔟 keycap_ten #⃣ hash *⃣ keycap_star
🏳 waving_white_flag 🏴 waving_black_flag 🏁 checkered_flag 🚩 triangular_flag_on_post
`
    .trim()
    .split(/\s*\n\s*/)
    .flatMap((line) => pairs(line.split(" "))),
);

const skinTones = /[\u{1F3FB}-\u{1F3FF}]/u;
const flag = /^([\u{1F1E6}-\u{1F1FF}])([\u{1F1E6}-\u{1F1FF}])$/u;
/** Flags whose names are short for want of a country's code in front. */
const shortFlags = new Set(["cn", "de", "es", "fr", "gb", "it", "jp", "kr", "ru", "us"]);

/** The name by which Slack knows an emoji: of the character itself, or written as `:name:` or `name`. */
export function emojiName(written: string): string | undefined {
  const named = /^:?([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):?$/.exec(written.trim());
  if (named !== null) return named[1];
  const bare = written.trim().replaceAll("\ufe0f", "");
  const letters = flag.exec(bare);
  if (letters !== null) {
    const code = [letters[1]!, letters[2]!]
      .map((letter) => String.fromCharCode(letter.codePointAt(0)! - 0x1f1a5))
      .join("");
    const country = code.toLowerCase();
    return shortFlags.has(country) ? country : `flag-${country}`;
  }
  const tone = skinTones.exec(bare)?.[0];
  const name = Object.hasOwn(names, bare.replace(skinTones, "")) ? names[bare.replace(skinTones, "")] : undefined;
  if (name === undefined || tone === undefined) return name;
  return `${name}::skin-tone-${tone.codePointAt(0)! - 0x1f3fb + 2}`;
}

const characters: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(names).map(([character, name]) => [name, character]),
);

/** The emoji by the name that Slack tells: the character itself where it is known, else the name. */
export function emojiOf(name: string): string {
  const [, bare = name, tone] = /^(.+?)::skin-tone-([2-6])$/.exec(name) ?? [];
  const country = /^flag-([a-z]{2})$/.exec(bare)?.[1] ?? (shortFlags.has(bare) ? bare : undefined);
  if (country !== undefined)
    return [...country].map((letter) => String.fromCodePoint(letter.charCodeAt(0) - 0x61 + 0x1f1e6)).join("");
  const character = Object.hasOwn(characters, bare) ? characters[bare]! : undefined;
  if (character === undefined) return bare;
  return tone === undefined ? character : `${character}${String.fromCodePoint(0x1f3fb + Number(tone) - 2)}`;
}

function pairs(words: readonly string[]): [string, string][] {
  return words.flatMap((word, index): [string, string][] => (index % 2 === 0 ? [[word, words[index + 1]!]] : []));
}
