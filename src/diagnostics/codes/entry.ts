/** The page of one code. Both examples are run by the tests, so that no page goes stale. */
export interface CodeEntry {
  /** A few words, for lists. */
  readonly title: string;
  /** Why this is refused and what to write instead, for somebody who does not program. */
  readonly explanation: string;
  /**
   * A whole file or the part of one that matters: sections every file needs (version, bot, platforms) may be left out.
   * With `shell`, a command line instead.
   */
  readonly wrong: string;
  readonly right: string;
  /** Told as a warning or notice, which a comment in the file can allow. */
  readonly allowable?: true;
  /** Files beside it that the examples name. */
  readonly files?: Readonly<Record<string, string>>;
  /** The examples are command lines, because the mistake is not in the text of a file. */
  readonly shell?: true;
  /** The page that `botctl explain` should offer, where a list of words helps more than this page. */
  readonly see?: string;
}
