import { sentencesOf } from "../form.ts";

/** Ranks, rights and names: why an action is not done to somebody or something. */
export const checks = sentencesOf({
  not_yourself: {
    about: "Somebody would act on themselves.",
    text: "You cannot do that to yourself.",
    variables: {},
  },
  not_me: { about: "Somebody would act on the bot.", text: "I will not do that to myself.", variables: {} },
  not_owner: {
    about: "Somebody would act on the owner.",
    text: "Nobody can do that to the owner of this server.",
    variables: {},
  },
  above_you: {
    about: "Whom it is done to has a rank as high as the person.",
    text: "{{ name }} stands as high as you here, or higher.",
    variables: { name: "text" },
  },
  above_me: {
    about: "Whom it is done to has a rank as high as the bot.",
    text: "{{ name }} stands as high as I do here, or higher, so I cannot do that.",
    variables: { name: "text" },
  },
  role_above_you: {
    about: "A role is as high as the person's own.",
    text: "The role {{ role }} stands as high as your own, or higher.",
    variables: { role: "text" },
  },
  role_above_me: {
    about: "A role is as high as the bot's own.",
    text: "The role {{ role }} stands as high as mine, or higher, so I cannot give or take it.",
    variables: { role: "text" },
  },
  cannot_check_you: {
    about: "The platform did not tell what the person may do.",
    text: "I could not check what you may do here, so I did nothing.",
    variables: {},
  },
  cannot_check_me: {
    about: "The platform did not tell what the bot may do.",
    text: "I could not check what I may do here, so I did nothing.",
    variables: {},
  },
  bot_lacks_right: {
    about: "The bot itself has not the right that an action needs.",
    text: "I am not allowed to {{ right }} here. Somebody has to give me that right first.",
    variables: { right: "text" },
  },
  not_recorded: {
    about: "A moderation action could not be written into the audit log.",
    text: "I could not write this down in the audit log, so I did not do it.",
    variables: {},
  },
  no_channel: {
    about: "There is no channel of that name.",
    text: 'There is no channel "{{ name }}" here.{% if near %} Is it "{{ near }}"?{% endif %}',
    variables: { name: "text", near: "text?" },
  },
  no_role: {
    about: "There is no role of that name.",
    text: 'There is no role "{{ name }}" here.{% if near %} Is it "{{ near }}"?{% endif %}',
    variables: { name: "text", near: "text?" },
  },
  no_person: {
    about: "There is nobody of that name.",
    text: 'I do not know anybody called "{{ name }}" here.',
    variables: { name: "text" },
  },
  several_fit: {
    about: "A name fits more than one.",
    text: '"{{ name }}" fits more than one here, so I did nothing.',
    variables: { name: "text" },
  },
  cannot_look: {
    about: "A name could not be looked up just now.",
    text: 'I could not look up "{{ name }}" just now. Please try again.',
    variables: { name: "text" },
  },
  not_a_member: {
    about: "Data of members is asked for of somebody from another platform.",
    text: "That person is not on this server.",
    variables: {},
  },
  elsewhere: {
    about: "Somebody is on another platform than the action.",
    text: "{{ name }} is on {{ platform }}, so nothing can be done to them from {{ here }}.",
    variables: { name: "text", platform: "text", here: "text" },
  },
  not_at_home: {
    about: "The bot is told to reload or to switch something where it takes no orders.",
    text: "That can only be done on a server that this bot belongs to.",
    variables: {},
  },
  nothing_to_switch: {
    about: "What is to be switched on or off is not there.",
    text: 'There is no command, rule or schedule called "{{ name }}".{% if near %} Is it "{{ near }}"?{% endif %}',
    variables: { name: "text", near: "text?" },
  },
  several_switches: {
    about: "What is to be switched on or off has a name that several have; `kinds` are kind_ sentences.",
    text: '"{{ name }}" is a {{ kinds | join: " and a " }}, so it must be said which of them is meant.',
    variables: { name: "text", kinds: "list" },
  },
  last_switch: {
    about: "What switches things on again would be switched off.",
    text: '"{{ name }}" is what switches things on again, so it stays on.',
    variables: { name: "text" },
  },
  kind_command: { about: "The word for a command.", text: "command", variables: {} },
  kind_rule: { about: "The word for a rule.", text: "rule", variables: {} },
  kind_schedule: { about: "The word for a schedule.", text: "schedule", variables: {} },
  reload_refused: {
    about: "The file has mistakes, so that reload did nothing; `problems` are in English.",
    text: "The file was not taken over. {{ problems }}",
    variables: { problems: "text" },
  },
});
