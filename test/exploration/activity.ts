/**
 * Knows whether anything is still moving. Sockets within one process hand over within a few turns of the event loop,
 * so a row of turns in which nothing is heard of means that all that is left waits for time to pass.
 */
export interface Activity {
  /** Something moved. */
  note(): void;
  /** Work outside this process, whose end is certain to be heard of: a statement at a database server. */
  during<T>(work: Promise<T>): Promise<T>;
  /** A call that may also be held until time passes. While there is one, silence is listened to longer. */
  call<T>(work: Promise<T>): Promise<T>;
  /** The start of a process: it may load modules, which another thread reads. Silence is then listened to for a second. */
  start<T>(work: Promise<T>): Promise<T>;
  /** Resolves when all that is left waits for time to pass. Rejects with `RestlessError` when that never comes. */
  quiet(): Promise<void>;
}

/** So much happened at one moment that it would go on for ever. */
export class RestlessError extends Error {
  override readonly name = 'RestlessError';
}

/** A hundred removals at once stir a few thousand times. */
const MOST_MOVES = 100_000;

/** With calls on their way: the longest silence on a connection that is being opened, doubled. */
const TURNS_WITH_CALLS = 4;
const TURNS_ALONE = 3;
/** In real milliseconds: a busy machine lets other threads wait, however often this one looks. */
const SILENCE_AT_START_MS = 1_000;

// Time is virtual while a story is played, and this is about real threads.
const realNow = performance.now.bind(performance);

/** `isWireBusy`: something is still on its way between sockets of this process. */
export function createActivity(isWireBusy: () => boolean = () => false): Activity {
  let moves = 0;
  const open = { outside: 0, calls: 0, starts: 0 };
  let movedAt = 0;
  let heard = () => {};

  const note = () => {
    moves += 1;
    movedAt = realNow();
    heard();
  };

  function counted(kind: keyof typeof open): <T>(work: Promise<T>) => Promise<T> {
    return (work) => {
      open[kind] += 1;
      note();
      return work.finally(() => {
        open[kind] -= 1;
        note();
      });
    };
  }

  async function silence(begun: number): Promise<void> {
    let silentFor = 0;
    const isShort = () => silentFor < (open.calls > 0 ? TURNS_WITH_CALLS : TURNS_ALONE);
    const mayLoad = () => open.starts > 0 && realNow() - movedAt < SILENCE_AT_START_MS;
    while (isShort() || mayLoad()) {
      if (open.outside > 0) return;
      if (moves - begun > MOST_MOVES) throw new RestlessError('The app never comes to rest');
      const before = moves;
      await turn();
      silentFor = moves === before && !isWireBusy() ? silentFor + 1 : 0;
    }
  }

  return {
    note,
    during: counted('outside'),
    call: counted('calls'),
    start: counted('starts'),
    async quiet() {
      const begun = moves;
      for (;;) {
        await silence(begun);
        if (open.outside === 0) return;
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
    },
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
