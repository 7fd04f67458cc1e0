interface Node<Value> {
  readonly key: string;
  value: Value;
  older: Node<Value> | undefined;
  newer: Node<Value> | undefined;
}

/** A map that knows its least recently used key. */
export interface Lru<Value> {
  readonly size: number;
  /** The value of a key, which is now the most recently used. */
  use(key: string): Value | undefined;
  /** The value of a key, which keeps its age. */
  peek(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  oldest(): readonly [key: string, value: Value] | undefined;
}

/**
 * A linked list, because the first key of a `Map` from whose beginning much was deleted is slow to find: V8 steps over
 * every hole, which costs a flood of new keys milliseconds per hundred.
 */
export function lru<Value>(): Lru<Value> {
  const nodes = new Map<string, Node<Value>>();
  let oldest: Node<Value> | undefined;
  let newest: Node<Value> | undefined;

  function unlink(node: Node<Value>): void {
    if (node.older === undefined) oldest = node.newer;
    else node.older.newer = node.newer;
    if (node.newer === undefined) newest = node.older;
    else node.newer.older = node.older;
  }
  function append(node: Node<Value>): void {
    node.older = newest;
    node.newer = undefined;
    if (newest === undefined) oldest = node;
    else newest.newer = node;
    newest = node;
  }
  function remove(key: string): void {
    const node = nodes.get(key);
    if (node === undefined) return;
    unlink(node);
    nodes.delete(key);
  }

  return {
    get size() {
      return nodes.size;
    },
    use(key) {
      const node = nodes.get(key);
      if (node === undefined) return undefined;
      if (node !== newest) {
        unlink(node);
        append(node);
      }
      return node.value;
    },
    peek: (key) => nodes.get(key)?.value,
    set(key, value) {
      remove(key);
      const node: Node<Value> = { key, value, older: undefined, newer: undefined };
      nodes.set(key, node);
      append(node);
    },
    delete: remove,
    oldest: () => (oldest === undefined ? undefined : [oldest.key, oldest.value]),
  };
}
