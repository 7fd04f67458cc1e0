/**
 * Finds which of very many words stand in a text, in one pass over the text however many words there are
 * (Aho and Corasick, "Efficient string matching", 1975).
 */
export interface KeywordIndex {
  /** Calls `found` with the owner of every word that occurs; an owner may be called more than once. */
  search(text: string, found: (owner: number) => void): void;
}

interface Node {
  readonly next: Map<number, Node>;
  fail: Node | undefined;
  /** The nearest shorter word that also ends here. */
  output: Node | undefined;
  owners: number[] | undefined;
}

const makeNode = (): Node => ({ next: new Map(), fail: undefined, output: undefined, owners: undefined });

/** Builds the index. Words are compared as they are: hand both words and texts over in lower case. */
export function keywordIndex(entries: Iterable<readonly [word: string, owner: number]>): KeywordIndex {
  const root = makeNode();
  for (const [word, owner] of entries) {
    let node = root;
    for (let i = 0; i < word.length; i++) {
      const unit = word.charCodeAt(i);
      let next = node.next.get(unit);
      if (next === undefined) {
        next = makeNode();
        node.next.set(unit, next);
      }
      node = next;
    }
    node.owners ??= [];
    node.owners.push(owner);
  }
  linkFailures(root);
  return {
    search(text, found) {
      let node = root;
      for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i);
        let next = node.next.get(unit);
        while (next === undefined && node.fail !== undefined) {
          node = node.fail;
          next = node.next.get(unit);
        }
        node = next ?? root;
        for (let end: Node | undefined = node.owners ? node : node.output; end !== undefined; end = end.output)
          for (const owner of end.owners!) found(owner);
      }
    },
  };
}

/** Where to go on when a word breaks off: the longest beginning of a word that the text now ends with. */
function linkFailures(root: Node): void {
  const queue: Node[] = [root];
  for (let i = 0; i < queue.length; i++) {
    const node = queue[i]!;
    for (const [unit, child] of node.next) {
      let fallback = node.fail;
      while (fallback !== undefined && !fallback.next.has(unit)) fallback = fallback.fail;
      child.fail = fallback?.next.get(unit) ?? root;
      child.output = child.fail.owners ? child.fail : child.fail.output;
      queue.push(child);
    }
  }
}
