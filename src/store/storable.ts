/** The most characters of each kind of text from outside. What is longer says nothing more to a reader. */
const MOST = { handle: 500, id: 500, name: 1_000, words: 4_000, page: 20_000 } as const;

/** Half of a character, or U+0000: PostgreSQL stores neither, and a write that is refused is a step that is repeated. */
const UNSTORABLE = /[\0\p{Surrogate}]/gu;

/** Text from outside as every engine stores it, and no longer than `kind` may be. Ordinary text comes back unchanged. */
export function storable<T extends string | null>(text: T, kind: keyof typeof MOST): T;
export function storable(text: string | null, kind: keyof typeof MOST): string | null {
  if (text === null) return null;
  const kept = text.length > MOST[kind] ? `${text.slice(0, MOST[kind] - 1)}…` : text;
  return kept.replace(UNSTORABLE, '\uFFFD');
}
