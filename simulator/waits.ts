import type { ServerResponse } from 'node:http';

/** What the app was asked to wait for: until when, by the key of the limit. */
export interface Waits {
  /**
   * An answer that asks to wait is about to be sent. Resolves when everything that was on its way before it has
   * arrived; from the moment the app has read it, calls under this key are early until then.
   */
  ask(key: string, until: Date, response: ServerResponse): Promise<void>;
  isEarly(key: string, at: Date): boolean;
}

interface WaitsOptions {
  /** How many calls have arrived so far. */
  arrived(): number;
  /** The app may be a process of its own: reading an answer then takes real time, not turns of this event loop. */
  readonly byWallClock: boolean;
}

/** So many turns of the event loop without another arrival: what left at the same time is here. */
const QUIET_TURNS = 5;
/** Turns, or milliseconds between processes, until an answer that left was read. */
const READING_TURNS = 2;
const READING_MS = 25;

export function createWaits({ arrived, byWallClock }: WaitsOptions): Waits {
  const until = new Map<string, number>();
  return {
    async ask(key, moment, response) {
      const note = () => void until.set(key, Math.max(moment.getTime(), until.get(key) ?? 0));
      response.once('finish', () => {
        if (byWallClock) setTimeout(note, READING_MS).unref();
        else void turns(READING_TURNS).then(note);
      });
      let count: number;
      do {
        count = arrived();
        await turns(QUIET_TURNS);
      } while (count !== arrived());
    },
    isEarly: (key, at) => at.getTime() < (until.get(key) ?? 0),
  };
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** The seconds of a `Retry-After` header, which may be a number or a date. Null when there is none to read. */
export function secondsOf(retryAfter: string | undefined, now: Date): number | null {
  if (retryAfter === undefined) return null;
  if (/^\d+(\.\d+)?$/.test(retryAfter)) return Number(retryAfter);
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? null : Math.max(0, (date - now.getTime()) / 1_000);
}
