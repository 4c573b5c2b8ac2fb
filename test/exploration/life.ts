/** Where a process can be killed: before it writes, before a call leaves, before the answer to a call is read. */
export type Moment = 'write' | 'call' | 'answer';

/** The life of one process, as everything that leaves it sees it. */
export interface Life {
  readonly isOver: boolean;
  /** When its store failed, in milliseconds. */
  readonly failures: readonly number[];
  /** Kills the process at the n-th moment from now; 1 is the very next. Null: not after all. */
  endAt(moments: number | null): void;
  /** The n-th write from now fails, once. Null: it does not. */
  failAt(writes: number | null): void;
  /** Kills it now. */
  end(): void;
  /**
   * Every write and call passes here first; undefined lets it through. For a dead process it never settles; it rejects
   * where the store is to fail.
   */
  pass(moment: Moment): Promise<void> | undefined;
  /** The same for what is no moment to be killed at: a read. */
  stillThere(): Promise<void> | undefined;
  /** Told once, at the end. */
  onEnd(listener: () => void): void;
}

const NEVER = new Promise<never>(() => {});

export function createLife(): Life {
  let over = false;
  let left: number | null = null;
  let writesLeft: number | null = null;
  const listeners: (() => void)[] = [];
  const failures: number[] = [];

  function end(): void {
    if (over) return;
    over = true;
    for (const listener of listeners) listener();
  }

  function write(): Promise<void> | undefined {
    if (writesLeft !== null) writesLeft -= 1;
    if (writesLeft !== 0) return undefined;
    failures.push(Date.now());
    return Promise.reject(new Error('disk I/O error'));
  }

  return {
    get isOver() {
      return over;
    },
    failures,
    end,
    endAt(moments) {
      left = moments;
    },
    failAt(writes) {
      writesLeft = writes;
    },
    pass(moment) {
      if (left !== null) left -= 1;
      if (left === 0) end();
      if (over) return NEVER;
      return moment === 'write' ? write() : undefined;
    },
    stillThere: () => (over ? NEVER : undefined),
    onEnd: (listener) => void listeners.push(listener),
  };
}
