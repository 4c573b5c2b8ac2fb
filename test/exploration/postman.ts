import type { Carried } from '../../simulator/linq/world.js';
import { anEvent, signed } from '../linq/webhook-setup.js';
import type { Setting } from './setting.js';

/** Brings Linq's events about members to the app, as late, as often and in such an order as the story wants. */
export interface Postman {
  /** Sends on its way what happened since the last time. */
  collect(): void;
}

interface PostmanDeps {
  readonly events: Setting['events'];
  readonly history: readonly Carried[];
  readonly ourLine: string;
  /** Where a living process takes events; null when there is none. */
  address(): string | null;
}

const SECOND = 1_000;
/** Linq's own pauses between tries, the first few of them. */
const TRIES_AFTER_MS = [2, 4, 8, 16, 32, 64, 128, 256].map((seconds) => seconds * SECOND);
const LATE_MS = 9 * 60 * SECOND;

/** When each copy of the n-th event is posted, in milliseconds after it happened. */
const POSTED: Record<Setting['events'], (index: number) => readonly number[]> = {
  none: () => [],
  'at once': () => [100],
  late: () => [LATE_MS],
  twice: () => [100, 400],
  // Of two that follow each other the first one is held back.
  reversed: (index) => [index % 2 === 0 ? 20 * SECOND : 100],
};

export function createPostman({ events, history, ourLine, address }: PostmanDeps): Postman {
  let collected = 0;

  function post(letter: Letter, tries = 0): void {
    const to = address();
    const gone = to === null ? Promise.resolve(false) : deliver(to, letter);
    void gone.then((arrived) => {
      const pause = TRIES_AFTER_MS[tries];
      if (!arrived && pause !== undefined) setTimeout(() => post(letter, tries + 1), pause);
    });
  }

  return {
    collect() {
      for (const [index, carried] of history.entries()) {
        if (index < collected) continue;
        const letter = toLetter(carried, index, ourLine);
        for (const ms of POSTED[events](index)) setTimeout(() => post(letter), ms);
      }
      collected = history.length;
    },
  };
}

interface Letter {
  readonly id: string;
  readonly body: string;
}

function toLetter({ at, chatId, handle, what }: Carried, index: number, ourLine: string): Letter {
  const id = `event-${index}`;
  const isAdded = what === 'added';
  const time = at.toISOString();
  const participant = {
    handle,
    is_me: handle === ourLine,
    service: 'iMessage',
    status: isAdded ? 'active' : what,
    joined_at: time,
    left_at: isAdded ? null : time,
  };
  const when = isAdded ? { added_at: time, removed_at: undefined } : { removed_at: time };
  const envelope = {
    event_type: isAdded ? 'participant.added' : 'participant.removed',
    event_id: id,
    trace_id: index.toString(16).padStart(32, 'e'),
    created_at: time,
  };
  return { id, body: JSON.stringify(anEvent({ handle, chat_id: chatId, participant, ...when }, envelope)) };
}

/** Linq repeats what is not answered, and what is answered with 5xx or 429. */
async function deliver(url: string, { id, body }: Letter): Promise<boolean> {
  try {
    const headers = signed(body, { deliveryId: id });
    const response = await fetch(url, { method: 'POST', headers, body });
    await response.body?.cancel();
    return response.status < 500 && response.status !== 429;
  } catch {
    return false;
  }
}
