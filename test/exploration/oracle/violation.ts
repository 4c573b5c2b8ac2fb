import type { Evidence } from './evidence.js';
import type { Truth } from './truth.js';
import type { Wish } from './wish.js';

/** A promise that was broken. */
export interface Violation {
  /** Stays the same from story to story, so that one kind can be told from another. */
  readonly kind: string;
  readonly words: string;
}

export interface Case extends Evidence {
  readonly truth: Truth;
  readonly wishes: readonly Wish[];
}

export type Rule = (found: Case) => readonly Violation[] | Promise<readonly Violation[]>;

/** Seconds since the story began, for people. */
export function clock({ stage }: Evidence, at: number): string {
  const seconds = Math.round((at - (stage.processes[0]?.startedAt ?? 0)) / 1_000);
  return seconds < 600 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
