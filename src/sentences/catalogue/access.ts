import { sentencesOf } from "../form.ts";

/** Commands, buttons, limits: who may do what now. */
export const access = sentencesOf({
  unknown_command: {
    about: "There is no command of that name.",
    text: "There is no command {{ command }}.{% if near %} Did you mean {{ near }}?{% else %} Try {{ help }} to see what I can do.{% endif %}",
    variables: { command: "text", near: "text?", help: "text" },
  },
  not_allowed: {
    about: "Somebody uses a command that is not for them.",
    text: "You may not use {{ command }}.",
    variables: { command: "text" },
  },
  right_needed: {
    about: "A command needs a right that the person has not; `right` is one of the right_ sentences.",
    text: "Only people who may {{ right }} here can use {{ command }}.",
    variables: { right: "text", command: "text" },
  },
  switched_off: {
    about: "A command is switched off for now.",
    text: "{{ command }} is switched off at the moment.",
    variables: { command: "text" },
  },
  just_changed: {
    about: "A slash command was filled in while the file changed it.",
    text: "{{ command }} has just changed. Please try again.",
    variables: { command: "text" },
  },
  limited: {
    about: "A rate limit is used up and says nothing else.",
    text: "That was a bit fast. Try again in {{ retry_after }}.",
    variables: { retry_after: "duration" },
  },
  cooling: {
    about: "A cooldown is not over and says nothing else.",
    text: "You can do that again in {{ retry_after }}.",
    variables: { retry_after: "duration" },
  },
  still_running: {
    about: "The same is still under way, and overlap is single.",
    text: "This is still under way from before.",
    variables: {},
  },
  queued: {
    about: "The same is still under way, and overlap is queue.",
    text: "This is still under way from before. Yours comes after it.",
    variables: {},
  },
  queue_full: {
    about: "Too many wait for their turn already.",
    text: "Too many of these are waiting for their turn already. Try again later.",
    variables: {},
  },
  failed: {
    about: "An action failed and no on_error answers.",
    text: "Something went wrong. The people who run me can see what it was.",
    variables: {},
  },
  only_on_server: {
    about: "Something that needs a server is asked for in private.",
    text: "This only works on a server, not in a private conversation.",
    variables: {},
  },
  platform_away: {
    about: "Another platform that is meant is not connected.",
    text: "I am not connected to {{ platform }} right now.",
    variables: { platform: "text" },
  },
  platform_said: {
    about: "A platform refuses what was asked of it; `text` is its reason, in English.",
    text: "{{ text }}",
    variables: { text: "text" },
  },
  old_button: {
    about: "A button or menu is pressed that nothing belongs to any more.",
    text: "This button is no longer in use.",
    variables: {},
  },
  used_button: {
    about: "A button that works once is pressed again.",
    text: "This button has been used already.",
    variables: {},
  },
  not_your_button: {
    about: "Somebody presses a button that is not for them.",
    text: "This button is not for you.",
    variables: {},
  },
  button_right_needed: {
    about: "A button needs a right that the person has not.",
    text: "Only people who may {{ right }} here can use this button.",
    variables: { right: "text" },
  },
  not_now: {
    about: "The condition of a button does not hold now.",
    text: "This is not possible for you just now.",
    variables: {},
  },
  picked_so_far: {
    about: "What is ticked in a menu that is made of buttons, where messages cannot be changed.",
    text: "{% if labels %}Picked: {{ labels }}. Press {{ done }} when that is all.{% else %}Nothing is picked.{% endif %}",
    variables: { labels: "text?", done: "text" },
  },
});
