import type { BotEvent } from "../../contracts/event.ts";
import type { Logger } from "../../contracts/logger.ts";
import { lru } from "../../stores/lru.ts";

/** How many runs may cause one another, one the next. */
const mostDepth = 8;
/** How many rules may begin, all in all, because of one event. */
const mostBegun = 1_000;
/** How many events are remembered that caused others. */
const mostCauses = 10_000;

/** Keeps rules that set each other off within bounds, one behind the other and altogether. */
export interface Chains {
  /** Whether rules may hear of an event that the bot itself brought about. */
  mayHear(event: BotEvent): boolean;
  /** Whether one more rule may begin because of it; counts it. */
  mayBegin(event: BotEvent): boolean;
}

interface Chain {
  begun: number;
  /** What the log says of it already: once is enough. */
  readonly told: Set<string>;
}

export function createChains(log: Logger): Chains {
  const chains = lru<Chain>();

  const chainOf = ({ platform, key, cause = key }: BotEvent): Chain => {
    const id = `${platform}:${cause}`;
    const known = chains.use(id);
    if (known !== undefined) return known;
    const chain = { begun: 0, told: new Set<string>() };
    chains.set(id, chain);
    if (chains.size > mostCauses) chains.delete(chains.oldest()![0]);
    return chain;
  };

  const stopped = (chain: Chain, fields: object, message: string): false => {
    if (!chain.told.has(message)) log.warn(fields, message);
    chain.told.add(message);
    return false;
  };

  return {
    mayHear(event) {
      if ((event.depth ?? 0) <= mostDepth) return true;
      const message = "rules set each other off in a circle, so the last ones were not started";
      return stopped(chainOf(event), { kind: event.kind }, message);
    },
    mayBegin(event) {
      const chain = chainOf(event);
      if (chain.begun++ < mostBegun) return true;
      const message = `one event set off more than ${mostBegun} rules, one by the other, so the rest were not started; look for an emit, or a value that reaches its mark, within for_each or repeat`;
      return stopped(chain, { kind: event.kind }, message);
    },
  };
}
