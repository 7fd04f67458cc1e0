/** Dice of one kind, or a plain number, which is a die with nothing to throw. */
interface Term {
  readonly sign: 1 | -1;
  readonly count: number;
  /** Undefined for a plain number, which `count` then is. */
  readonly sides?: number;
}

export interface Thrown {
  readonly total: number;
  /** What each die shows, in the order in which they are written. */
  readonly dice: readonly number[];
}

const most = { dice: 100, sides: 1000, number: 1_000_000, length: 100 };

/** Throws `2d6+1` as players write it; undefined where it is not written like that, or is more than a hand can hold. */
export function throwDice(source: string, random: () => number): Thrown | undefined {
  const terms = readTerms(source);
  if (terms === undefined) return undefined;
  let total = 0;
  const dice: number[] = [];
  for (const { sign, count, sides } of terms) {
    if (sides === undefined) total += sign * count;
    for (let thrown = 0; sides !== undefined && thrown < count; thrown++) {
      const shown = 1 + Math.floor(random() * sides);
      dice.push(shown);
      total += sign * shown;
    }
  }
  return { total, dice };
}

function readTerms(source: string): readonly Term[] | undefined {
  const text = source.replace(/\s+/g, "").toLowerCase();
  if (text.length > most.length || !/^[+-]?(\d+|\d*d\d+)([+-](\d+|\d*d\d+))*$/.test(text)) return undefined;
  const terms = [...text.matchAll(/([+-]?)(?:(\d*)d(\d+)|(\d+))/g)].map(([, sign, count, sides, number]): Term => {
    const signed = { sign: sign === "-" ? -1 : 1 } as const;
    if (sides === undefined) return { ...signed, count: Number(number) };
    return { ...signed, count: count === "" ? 1 : Number(count), sides: Number(sides) };
  });
  const thrown = terms.reduce((sum, { count, sides }) => sum + (sides === undefined ? 0 : count), 0);
  const fits = terms.every(({ count, sides }) =>
    sides === undefined ? count <= most.number : sides >= 2 && sides <= most.sides,
  );
  return fits && thrown >= 1 && thrown <= most.dice ? terms : undefined;
}
