/** Where an answer goes; stored with suspended runs. */
export type Origin =
  | { readonly to: "message"; readonly channel: string; readonly message: string }
  | InteractionOrigin
  /** Something happened in a channel that is no message, or none any more. */
  | { readonly to: "channel"; readonly channel: string }
  /** Something happened to somebody: there is nothing to answer but the person. */
  | { readonly to: "server"; readonly server: string };

export interface InteractionOrigin {
  readonly to: "interaction";
  readonly id: string;
  readonly token: string;
  readonly channel: string;
  readonly user: string;
  /** When it arrived, in milliseconds since the epoch. */
  readonly at: number;
  /** Whether it came from a component, whose message stands there already. */
  readonly button: boolean;
  /** Whether a form was sent: Discord opens no form in answer to a form. */
  readonly form?: true;
  /** The component's message, where only this person sees it: it is out of reach without the interaction. */
  readonly privateMessage?: string;
}
