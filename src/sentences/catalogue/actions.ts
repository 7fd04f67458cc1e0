import { sentencesOf } from "../form.ts";

/** Why single actions are not done, and what some of them say. */
export const actions = sentencesOf({
  message_empty: {
    about: "A message says nothing, so it is not sent.",
    text: "The message would be empty, so it was not sent.",
    variables: {},
  },
  not_a_color: {
    about: "The colour of a box is none.",
    text: '"{{ color }}" is not a colour. It can be {{ colors | join: ", " }}, or a code such as #2ecc71.',
    variables: { color: "text", colors: "list" },
  },
  file_too_large: {
    about: "A file is larger than the platform takes.",
    text: "The file {{ file }} is too large to be sent: at most {{ most }} are possible.",
    variables: { file: "text", most: "text" },
  },
  no_place_to_send: {
    about: "A message has no place to go to.",
    text: "No place was named to send the message to.",
    variables: {},
  },
  no_channel_here: {
    about: "An action needs a channel and happens in none.",
    text: "There is no channel here: name one.",
    variables: {},
  },
  no_message_here: {
    about: "An action needs a message and there is none.",
    text: "There is no message here that this could be about.",
    variables: {},
  },
  not_a_message: {
    about: "What an action is given is no message.",
    text: "That is not a message that I know.",
    variables: {},
  },
  no_warnings: {
    about: "Somebody has no warnings to take back.",
    text: "{{ name }} has no warnings.",
    variables: { name: "text" },
  },
  no_such_warning: {
    about: "Somebody has no warning of that number.",
    text: "{{ name }} has no warning with the number {{ number }}.",
    variables: { name: "text", number: "number" },
  },
  slowmode_too_long: {
    about: "slowmode is asked for too long a wait.",
    text: "The wait between two messages can be at most 6 hours.",
    variables: {},
  },
  thread_without_name: { about: "A new thread has no name.", text: "A thread needs a name.", variables: {} },
  thread_one_channel: {
    about: "A new thread has no channel, or several.",
    text: "A thread belongs to one channel: name one.",
    variables: {},
  },
  roles_one_channel: {
    about: "choose_role has no channel, or several.",
    text: "Roles are chosen in one channel at a time.",
    variables: {},
  },
  roles_own_platform: {
    about: "choose_role is to stand on another platform.",
    text: "Roles are chosen on the platform that they are on.",
    variables: {},
  },
  choose_roles: { about: "What choose_role says above its roles.", text: "Choose your roles:", variables: {} },
  roles_now: {
    about: "Which of the roles somebody has after choosing.",
    text: "{% if roles %}Your roles here: {{ roles }}.{% else %}You have none of these roles now.{% endif %}",
    variables: { roles: "text?" },
  },
  not_an_address: {
    about: "http, a box or a button is given no web address.",
    text: "That is not a web address.",
    variables: {},
  },
  web_refused: {
    about: "A web address answers with an error.",
    text: "{{ host }} answered with {{ status }}.",
    variables: { host: "text", status: "number" },
  },
  too_many_branches: {
    about: "parallel has too many branches.",
    text: "There are more than {{ most }} branches to do side by side.",
    variables: { most: "number" },
  },
  list_too_long: {
    about: "for_each is given too long a list.",
    text: "This list has {{ count }} items, and I can go through at most {{ most }} of them{% if together %} together{% endif %}.",
    variables: { count: "number", most: "number", together: "yes_no" },
  },
  nothing_to_pick: { about: "random has nothing to pick from.", text: "There is nothing to pick from.", variables: {} },
  bad_dice: {
    about: "Dice are not written as dice are.",
    text: '"{{ dice }}" cannot be thrown: write for example 2d6+1, with at most 100 dice.',
    variables: { dice: "text" },
  },
  status_running: {
    about: "First line of status: how long the bot has been running.",
    text: "Running for {{ time }}.",
    variables: { time: "duration" },
  },
  status_platform: {
    about: "A line of status for each platform.",
    text: "{{ platform }}: {{ state }}{% if why %}, {{ why }}{% endif %}",
    variables: { platform: "text", state: "text", why: "text?" },
  },
  status_rules: {
    about: "The line of status that counts what the file has.",
    text: "{{ commands }} command{% if commands != 1 %}s{% endif %}, {{ rules }} rule{% if rules != 1 %}s{% endif %}, {{ schedules }} schedule{% if schedules != 1 %}s{% endif %}.",
    variables: { commands: "number", rules: "number", schedules: "number" },
  },
  status_off: {
    about: "The line of status that names what is switched off.",
    text: 'Switched off: {{ names | join: ", " }}.',
    variables: { names: "list" },
  },
  status_waiting: {
    about: "The last line of status.",
    text: "{{ runs }} run{% if runs != 1 %}s{% endif %} waiting.",
    variables: { runs: "number" },
  },
  help_unknown: {
    about: "help is asked for a command that the person cannot use.",
    text: "There is no command {{ command }} that you can use here.",
    variables: { command: "text" },
  },
  help_switched_off: {
    about: "Stands behind a command in help that is switched off.",
    text: "(switched off)",
    variables: {},
  },
  help_option: {
    about: "A line of help for an option of a command.",
    text: '{{ name }}: {{ about }}{% if choices %} ({{ choices | join: ", " }}){% endif %}{% if optional %}, may be left out{% endif %}',
    variables: { name: "text", about: "text", choices: "list", optional: "yes_no" },
  },
});
