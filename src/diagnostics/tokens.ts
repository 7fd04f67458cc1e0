/** Tokens as the services give them out, and addresses that are as good as one. */
const tokens: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["a Discord token", /\b[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{27,}/g],
  ["a Discord webhook", /discord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]{20,}/g],
  ["a Telegram token", /\b\d{8,10}:[\w-]{35}\b/g],
  ["a Slack token", /\bxox[abeoprs]-[\w-]{10,}|\bxapp-\d-[\w-]{10,}/g],
  ["a Slack webhook", /hooks\.slack\.com\/services\/[\w/]{20,}/g],
  ["a key", /\bBearer\s+[\w.~+/-]{16,}|[?&](?:api_?key|access_token|token|key|secret)=[\w.~+/-]{8,}/gi],
];

/** What kind of token the text holds; undefined where it holds none. */
export function tokenIn(text: string): string | undefined {
  return tokens.find(([, pattern]) => text.search(pattern) !== -1)?.[0];
}

/** The text with a star for each character of a token: what a terminal prints is shared and kept. */
export function withoutTokens(text: string): string {
  return tokens.reduce((left, [, pattern]) => left.replace(pattern, (token) => "*".repeat(token.length)), text);
}
