/** A number of things: "1 error", "2 errors"; "2 entries" where the plural is another word. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
