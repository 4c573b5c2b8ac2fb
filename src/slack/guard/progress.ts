/**
 * How far a step has come in recording what a person decided. An error reply states no more than this: a failure after
 * the store was written must not say that nothing happened.
 */
export class Progress {
  #recorded: 'no' | 'maybe' | 'yes' = 'no';

  /** Runs what writes. Until it has answered, and when it fails, it is not known whether anything was recorded. */
  async during<T>(write: () => Promise<T>): Promise<T> {
    if (this.#recorded === 'no') this.#recorded = 'maybe';
    return await write();
  }

  /** The store has answered: it is recorded, or certainly nothing is. */
  settle(isRecorded: boolean): void {
    this.#recorded = isRecorded ? 'yes' : 'no';
  }

  /** What is true of a step that went wrong. */
  get sentence(): string {
    return SENTENCES[this.#recorded];
  }

  /** What is true where only the window could not be changed. */
  get windowSentence(): string {
    return WINDOW_SENTENCES[this.#recorded];
  }
}

const SENTENCES = {
  no: 'Something went wrong on our side. Nothing was removed by this step. Please run /linq-remove again.',
  maybe:
    'Something went wrong on our side, and it is not known whether this was recorded. Look for a message about it in the conversation before you try again.',
  yes: 'This is recorded, but something went wrong on our side afterwards. The message in the conversation says how it goes.',
} as const;

const WINDOW_SENTENCES = {
  no: 'The window could not be changed. Nothing was recorded, and nothing was sent to Linq by this step. Please run /linq-remove again.',
  maybe:
    'The window could not be changed, and it is not known whether this was recorded. Look for a message about it in the conversation before you try again.',
  yes: 'The window could not be changed, but this is recorded. The message in the conversation says how it goes.',
} as const;
