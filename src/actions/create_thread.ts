import { defineAction, doneWith, notDone } from "../contracts/word.ts";
import { plainText } from "../language/rich-text.ts";
import { isSentence, type Sentence, say } from "../sentences/sentence.ts";
import { hereOr, reached } from "./shared/place.ts";
import { messagePlace } from "./shared/written-message.ts";

export const create_thread = defineAction({
  name: "create_thread",
  summary: "Begins a thread, open to all or private.",
  tells:
    "begin the {private?yes=private thread|no=thread} {name}[ in {channel}][{under_message?yes= under the message}][ and add {people}]",
  short: "name",
  fields: {
    name: {
      kind: "text",
      about: "What the thread is called.",
      maxLength: 100,
      limit: "privateThreadNameLength",
      limitWith: "private",
    },
    private: { kind: "boolean", about: "Whether only people who are added see it.", default: false },
    under_message: { kind: "boolean", about: "Whether it hangs on the message that caused this.", default: false },
    people: {
      kind: "list",
      of: { kind: "person", about: "Somebody." },
      lone: true,
      about: "Who is added at once.",
      optional: true,
    },
    channel: { kind: "places", about: hereOr("The channel that it belongs to."), optional: true },
  },
  right: "manage_threads",
  botRight: "manage_threads",
  uses: ["threads"],
  usesWhen: { private: "threads.private", people: "threads.private", under_message: "threads.under_message" },
  saves: (_args, types) => types.channel,
  outcomes: {
    done: "The thread is there. save_as keeps it, to send to it.",
    not_done: "There is no channel, or the bot may not begin threads there.",
    failed: "The platform could not be reached.",
  },
  examples: [
    {
      about: "A private thread for a ticket",
      yaml: 'create_thread: { name: "Ticket of {{ user.name }}", private: yes, people: "{{ user }}" }\nsave_as: thread',
    },
  ],
  async run({ name, private: isPrivate, under_message, people, channel }, context) {
    const title = plainText(name).trim().slice(0, 100);
    if (title === "") return notDone(say("thread_without_name"));
    const [place, other] = placesOf(reached(channel, context));
    if (isSentence(place)) return notDone(place);
    if (place === undefined || other !== undefined) return notDone(say("thread_one_channel"));
    const hangsOn = under_message ? messagePlace(undefined, context) : undefined;
    if (isSentence(hangsOn)) return notDone(hangsOn);
    const thread = await place.port.createThread(
      place.channelId,
      { name: title, isPrivate, ...(hangsOn === undefined ? {} : { messageId: hangsOn.messageId }) },
      context.rule,
    );
    for (const person of people ?? []) await place.port.addToThread(thread.id, person.id);
    return doneWith(context.make.channel(thread));
  },
});

const placesOf = <T>(places: readonly T[] | Sentence): readonly (T | Sentence | undefined)[] =>
  isSentence(places) ? [places] : places;
