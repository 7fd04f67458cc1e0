/** Answers kept for a while, asked for once at a time; failures are not kept. */
export interface Cache<T> {
  /** What is kept and not older than `maxAgeMs`, else what `load` gives. */
  get(key: string, maxAgeMs: number, load: () => Promise<T>): Promise<T>;
  put(key: string, value: T): void;
  forget(key: string): void;
}

const most = 20_000;

export function createCache<T>(now: () => number): Cache<T> {
  const entries = new Map<string, { readonly value: Promise<T>; readonly at: number }>();
  const keep = (key: string, value: Promise<T>) => {
    const entry = { value, at: now() };
    entries.delete(key);
    if (entries.size >= most) entries.delete(entries.keys().next().value as string);
    entries.set(key, entry);
    value.catch(() => {
      if (entries.get(key) === entry) entries.delete(key);
    });
    return value;
  };
  return {
    get(key, maxAgeMs, load) {
      const entry = entries.get(key);
      return entry !== undefined && now() - entry.at < maxAgeMs ? entry.value : keep(key, load());
    },
    put: (key, value) => void keep(key, Promise.resolve(value)),
    forget: (key) => void entries.delete(key),
  };
}
