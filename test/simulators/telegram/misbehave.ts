/** A fault that the server is told to have; the first that fits a request is used up by it. */
export interface Misbehaviour {
  /** Only requests of this method. */
  method?: string;
  /** Only requests with such parameters, for instance those to one chat. */
  when?: (params: Readonly<Record<string, unknown>>) => boolean;
  /** How many requests it meets; once unless told, `Infinity` until stopped. */
  times?: number;
  /** Milliseconds before the answer. */
  delay?: number;
  /** An error answer: its HTTP status and `error_code`. */
  status?: number;
  /** The error's text; the server's usual one for the status unless told. */
  description?: string;
  parameters?: { retry_after?: number; migrate_to_chat_id?: number };
  /** An answer that is not JSON, such as a proxy's error page; goes with `status`. */
  text?: string;
  /** Never answers. */
  hang?: boolean;
  /** Cuts the connection instead of answering. */
  close?: boolean;
  /** The method is carried out all the same, and only the answer is lost or wrong. */
  carriedOut?: boolean;
}

export interface Misbehaving {
  stop(): void;
}

export interface Faults {
  add(fault: Misbehaviour): Misbehaving;
  /** The fault that this request meets, if any; counts it. */
  take(method: string, params: Readonly<Record<string, unknown>>): Misbehaviour | undefined;
}

export function createFaults(): Faults {
  let faults: { fault: Misbehaviour; left: number }[] = [];
  return {
    add(fault) {
      const entry = { fault, left: fault.times ?? 1 };
      faults.push(entry);
      return {
        stop() {
          faults = faults.filter((other) => other !== entry);
        },
      };
    },
    take(method, params) {
      const entry = faults.find(
        ({ fault }) => (fault.method ?? method) === method && (fault.when === undefined || fault.when(params)),
      );
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) faults = faults.filter((other) => other !== entry);
      return entry.fault;
    },
  };
}
