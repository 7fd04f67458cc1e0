/** The part of Block Kit that messages are made of (docs.slack.dev: "Block Kit reference"). */
export type Block = RichTextBlock | HeaderBlock | FieldsBlock | MenuBlock | ContextBlock | ImageBlock | ActionsBlock;

/** Text whose marks are data: nothing in it is parsed, so nothing needs escaping. */
export interface RichTextBlock {
  type: "rich_text";
  elements: RichTextPart[];
}

export type RichTextPart =
  | { type: "rich_text_section"; elements: RichTextElement[] }
  | { type: "rich_text_preformatted"; elements: { type: "text"; text: string }[] };

export interface TextStyle {
  bold?: true;
  italic?: true;
  strike?: true;
  code?: true;
}

export type RichTextElement = { style?: TextStyle } & (
  | { type: "text"; text: string }
  | { type: "link"; url: string; text?: string }
  | { type: "user"; user_id: string }
  | { type: "usergroup"; usergroup_id: string }
  | { type: "channel"; channel_id: string }
  | { type: "broadcast"; range: "here" | "channel" | "everyone" }
);

export interface PlainText {
  type: "plain_text";
  text: string;
  emoji?: boolean;
}

export interface Mrkdwn {
  type: "mrkdwn";
  text: string;
  verbatim: true;
}

interface HeaderBlock {
  type: "header";
  text: PlainText;
}

export interface FieldsBlock {
  type: "section";
  fields: (PlainText | Mrkdwn)[];
}

/** A menu beside a text: the only place in a message for one that takes several choices. */
interface MenuBlock {
  type: "section";
  block_id: string;
  text: PlainText;
  accessory: MultiSelectElement;
}

interface ContextBlock {
  type: "context";
  elements: PlainText[];
}

interface ImageBlock {
  type: "image";
  image_url: string;
  alt_text: string;
}

export interface ActionsBlock {
  type: "actions";
  block_id?: string;
  elements: (ButtonElement | SelectElement)[];
}

export interface SelectOption {
  text: PlainText;
  value: string;
  description?: PlainText;
}

export interface SelectElement {
  type: "static_select";
  action_id: string;
  placeholder?: PlainText;
  options: SelectOption[];
}

export interface MultiSelectElement {
  type: "multi_static_select";
  action_id: string;
  placeholder?: PlainText;
  options: SelectOption[];
}

export interface TextInputElement {
  type: "plain_text_input";
  action_id: string;
  multiline: boolean;
  min_length?: number;
  max_length?: number;
  placeholder?: PlainText;
}

/** One field of a form. */
export interface InputBlock {
  type: "input";
  block_id: string;
  label: PlainText;
  optional: boolean;
  element: TextInputElement | SelectElement;
}

/** A form as Slack shows it (docs.slack.dev: "Views"). */
export interface Modal {
  type: "modal";
  callback_id: string;
  title: PlainText;
  submit: PlainText;
  close: PlainText;
  private_metadata: string;
  blocks: (InputBlock | { type: "section"; text: PlainText })[];
}

export interface ButtonElement {
  type: "button";
  action_id: string;
  text: PlainText;
  value?: string;
  url?: string;
  style?: "primary" | "danger";
}
