/** A clock that processes can share: it showed the real time once, and runs faster since. */
export interface FastClock {
  /** When it showed the real time, in milliseconds. */
  readonly since: number;
  readonly pace: number;
}

export function fastClock({ since, pace }: FastClock): () => Date {
  return () => new Date(since + (Date.now() - since) * pace);
}
