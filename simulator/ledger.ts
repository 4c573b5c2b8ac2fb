/** One thing that crossed the wire between the app and one of the two systems. */
export interface Entry {
  readonly at: Date;
  readonly system: 'slack' | 'linq';
  readonly direction: 'to-app' | 'from-app';
  /** `chat.postMessage`, `DELETE /v3/chats/{id}/participants`, `slash_commands`, `ack`, `response_url` … */
  readonly what: string;
  readonly detail: unknown;
  /** What was answered. Filled in later where the answer takes time: an entry is recorded on arrival. */
  answer?: string | number;
}

/** Everything that crossed the wire, in order, both systems, both directions; and a way to wait for it. */
export interface Ledger {
  readonly entries: readonly Entry[];
  count(what: string): number;
  of(what: string): readonly Entry[];
  /**
   * Resolves with what `look` finds, looking now and after every change. Rejects after `patienceMs` of real time
   * with a description of the wait and the last entries, or at once when `look` throws.
   */
  until<T>(look: () => T | undefined | null | false, what: string, patienceMs?: number): Promise<T>;
  record(entry: Entry): void;
  /** Says that something changed which is not an entry: a view, a member list, a connection. */
  note(): void;
  /** Calls `listener` after every change, until the returned function is called. */
  onChange(listener: () => void): () => void;
}

const PATIENCE_MS = 20_000;

export function createLedger(): Ledger {
  const entries: Entry[] = [];
  const listeners = new Set<() => void>();
  const note = () => {
    for (const listener of [...listeners]) listener();
  };
  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const of = (what: string) => entries.filter((entry) => entry.what === what);
  return {
    entries,
    of,
    count: (what) => of(what).length,
    record: (entry) => {
      entries.push(entry);
      note();
    },
    note,
    onChange,
    until: (look, what, patienceMs = PATIENCE_MS) => {
      const calledFrom = new Error();
      const complaint = () => gaveUp(what, patienceMs, entries, calledFrom);
      return waitFor(look, { onChange, patienceMs, complaint });
    },
  };
}

interface Waiting {
  readonly onChange: Ledger['onChange'];
  readonly patienceMs: number;
  complaint(): Error;
}

function waitFor<T>(look: () => T | undefined | null | false, waiting: Waiting): Promise<T> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      stopListening();
      settle();
    };
    const lookNow = () => {
      try {
        const found = look();
        if (found !== undefined && found !== null && found !== false) finish(() => resolve(found));
      } catch (error) {
        finish(() => reject(error));
      }
    };
    const timer = setTimeout(() => finish(() => reject(waiting.complaint())), waiting.patienceMs);
    const stopListening = waiting.onChange(lookNow);
    lookNow();
  });
}

/** The stack is the caller's: a timer's own would name nothing useful. */
function gaveUp(what: string, patienceMs: number, entries: readonly Entry[], calledFrom: Error): Error {
  const recent = entries.slice(-12).map(inOneLine);
  const story = recent.length > 0 ? `The last entries:\n${recent.join('\n')}` : 'Nothing crossed the wire.';
  const error = new Error(`Waited ${patienceMs} ms for ${what}, in vain. ${story}`);
  const frames = (calledFrom.stack ?? '').split('\n').slice(2);
  error.stack = [`Error: ${error.message}`, ...frames].join('\n');
  return error;
}

function inOneLine(entry: Entry): string {
  const way = entry.direction === 'from-app' ? `app → ${entry.system}` : `${entry.system} → app`;
  const detail = JSON.stringify(entry.detail) ?? '';
  const short = detail.length > 240 ? `${detail.slice(0, 240)}…` : detail;
  return `  ${way}  ${entry.what}  [${entry.answer ?? 'no answer yet'}]  ${short}`;
}
