import { GatewayOpcodes as Op } from "discord.js";

export interface OutFrame {
  readonly op: number;
  readonly d: unknown;
}

/** What a shard has to say beside logging in and heartbeats, no faster than Discord listens. */
export interface Outbox {
  /** Sends now, or when the line is up and there is room. Of several presences that wait only the last is sent. */
  put(frame: OutFrame): void;
  /** A new line is up. */
  open(): void;
  /** The line is gone; what waits is kept for the next. */
  pause(): void;
  /** A new session has begun: what the one before was asked for, and not yet said, is void. */
  renew(): void;
}

const windowMs = 60_000;
/** Of 120 frames a minute (documentation: "Gateway", Rate Limiting); the others are for logging in and heartbeats. */
const mostInWindow = 110;

export function createOutbox(send: (text: string) => void, now: () => number): Outbox {
  let waiting: OutFrame[] = [];
  let sentAt: number[] = [];
  let isOpen = false;
  let timer: NodeJS.Timeout | undefined;

  const flush = () => {
    clearTimeout(timer);
    if (!isOpen) return;
    sentAt = sentAt.filter((at) => now() - at < windowMs);
    for (const frame of waiting.splice(0, mostInWindow - sentAt.length)) {
      sentAt.push(now());
      send(JSON.stringify(frame));
    }
    const [oldest] = sentAt;
    if (waiting.length > 0 && oldest !== undefined)
      timer = setTimeout(flush, Math.min(windowMs, oldest + windowMs - now()));
  };

  return {
    put(frame) {
      if (isPresence(frame)) waiting = waiting.filter((other) => !isPresence(other));
      waiting.push(frame);
      flush();
    },
    open() {
      isOpen = true;
      sentAt = [];
      flush();
    },
    pause() {
      isOpen = false;
      clearTimeout(timer);
    },
    renew() {
      waiting = waiting.filter(isPresence);
    },
  };
}

const isPresence = ({ op }: OutFrame) => op === Op.PresenceUpdate;
