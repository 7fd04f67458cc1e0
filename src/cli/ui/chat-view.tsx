import { Box, Static, Text, useInput } from "ink";
import { type ReactNode, useSyncExternalStore } from "react";
import type { RichText } from "../../language/rich-text.ts";
import { plainMention } from "../../language/rich-text.ts";
import { controlLines, visible } from "../console/render.ts";
import type { ChatState, Entry } from "./chat-state.ts";
import type { Draft, Keys } from "./draft.ts";

/** The conversation, the line being written and the state of the bot. */
export function Chat({ state }: { readonly state: ChatState }): ReactNode {
  const view = useSyncExternalStore(state.subscribe, state.view);
  useInput((input, key) => state.press(input, key satisfies Keys));
  return (
    <>
      <Static items={[...view.entries]}>{(entry) => <EntryLine key={entry.id} entry={entry} />}</Static>
      <Box flexDirection="column" marginTop={1}>
        <Prompt who={view.who} draft={view.draft} />
        <Text dimColor wrap="truncate">
          {view.status}
        </Text>
      </Box>
    </>
  );
}

function EntryLine({ entry }: { readonly entry: Entry }): ReactNode {
  if (entry.kind === "log") return <Text dimColor>{visible(entry.text)}</Text>;
  if (entry.kind === "typed")
    return (
      <Text>
        <Text color="cyan">{entry.who}</Text> {visible(entry.text)}
      </Text>
    );
  const { message } = entry;
  if (message.kind === "event")
    return (
      <Text dimColor>
        (<Rich text={message.text} />)
      </Text>
    );
  const buttons = controlLines(message);
  return (
    <Box flexDirection="column">
      <Text>
        <Text color="green" bold>
          {visible(message.author)}
        </Text>
        {message.place === undefined ? " " : ` [${visible(message.place)}] `}
        <Rich text={message.text} />
      </Text>
      {buttons.map((line) => (
        <Text key={line} color="yellow">
          {line}
        </Text>
      ))}
    </Box>
  );
}

function Rich({ text }: { readonly text: RichText }): ReactNode {
  return text.map((node, index) => {
    const key = `${index}`;
    switch (node.type) {
      case "text":
        return <Text key={key}>{visible(node.text)}</Text>;
      case "code":
      case "code_block":
        return (
          <Text key={key} color="magenta">
            {visible(node.text)}
          </Text>
        );
      case "mention":
        return (
          <Text key={key} color="cyan">
            {visible(plainMention(node.target))}
          </Text>
        );
      case "link":
        return (
          <Text key={key} underline>
            <Rich text={node.children} /> ({visible(node.url)})
          </Text>
        );
      case "list_item":
        return (
          <Text key={key}>
            - <Rich text={node.children} />
          </Text>
        );
      default:
        return (
          <Text
            key={key}
            bold={node.type === "bold"}
            italic={node.type === "italic"}
            strikethrough={node.type === "strike"}
          >
            <Rich text={node.children} />
          </Text>
        );
    }
  });
}

function Prompt({ who, draft }: { readonly who: string; readonly draft: Draft }): ReactNode {
  const { text, cursor } = draft;
  const under = [...text.slice(cursor)][0] ?? " ";
  return (
    <Text>
      <Text color="cyan">{who}&gt; </Text>
      {text.slice(0, cursor)}
      <Text inverse>{under}</Text>
      {text.slice(cursor + under.length)}
    </Text>
  );
}
