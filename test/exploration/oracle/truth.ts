import type { Pair } from '../cast.js';
import { MEMBERS } from '../cast.js';
import type { Evidence } from './evidence.js';

/** A call for a change of members, as it reached Linq. */
export interface Asked {
  readonly what: 'removal' | 'addition';
  readonly at: number;
  /** When Linq carried it out; null when it never did. */
  readonly carriedOutAt: number | null;
}

const CALLS = {
  'DELETE /v3/chats/{id}/participants': 'removal',
  'POST /v3/chats/{id}/participants': 'addition',
} as const;

/** What really was so, whatever anyone was told. */
export interface Truth {
  /** Whether the person was in the chat at some moment from then till then, in milliseconds. */
  wasIn(pair: Pair, from: number, until: number): boolean;
  wasOut(pair: Pair, from: number, until: number): boolean;
  /** Every call about them that reached Linq, in order. */
  asked(pair: Pair, what: Asked['what']): readonly Asked[];
  /** Our line is still in that chat. */
  ourLineIsIn(chat: string): boolean;
  /** Whether our line was out of the chat at some moment till then. */
  ourLineWasOut(chat: string, until: number): boolean;
  /** How many were in the chat, our line included, at each change of that from then till then. */
  sizes(chat: string, from: number, until: number): readonly number[];
}

export function findTruth({ stage }: Evidence): Truth {
  const { linq } = stage.simulator;

  /** Membership from moment to moment: `in` from `at` on. */
  function timeline({ member, chat }: Pair): readonly { readonly at: number; readonly isIn: boolean }[] {
    const handle = MEMBERS[member];
    const start = stage.chats.find(({ id }) => id === chat)?.members.includes(handle) ?? false;
    const changes = linq.history
      .filter((carried) => carried.chatId === chat && carried.handle === handle)
      .map(({ at, what }) => ({ at: at.getTime(), isIn: what === 'added' }));
    return [{ at: 0, isIn: start }, ...changes];
  }

  function wasSo(pair: Pair, isIn: boolean, from: number, until: number): boolean {
    const line = timeline(pair);
    return line.some((step, index) => {
      const end = line[index + 1]?.at ?? Number.POSITIVE_INFINITY;
      return step.isIn === isIn && step.at <= until && end >= from;
    });
  }

  return {
    wasIn: (pair, from, until) => wasSo(pair, true, from, until),
    wasOut: (pair, from, until) => wasSo(pair, false, from, until),
    asked({ member, chat }, what) {
      const done = linq.history.filter(
        (carried) =>
          carried.by === 'api' &&
          carried.chatId === chat &&
          carried.handle === MEMBERS[member] &&
          carried.what === (what === 'removal' ? 'removed' : 'added'),
      );
      return linq.calls
        .filter((call) => CALLS[call.what as keyof typeof CALLS] === what)
        .filter((call) => call.chatId === chat && call.handle === MEMBERS[member])
        .map(({ at }) => ({
          what,
          at: at.getTime(),
          carriedOutAt: done.find(({ askedAt }) => askedAt?.getTime() === at.getTime())?.at.getTime() ?? null,
        }));
    },
    ourLineIsIn: (chat) => linq.isMember(chat, linq.ownLine),
    ourLineWasOut: (chat, until) =>
      linq.history.some(
        ({ at, chatId, handle }) => chatId === chat && handle === linq.ownLine && at.getTime() <= until,
      ),
    sizes(chat, from, until) {
      const start = (stage.chats.find(({ id }) => id === chat)?.members.length ?? 0) + 1;
      const steps = [{ at: 0, size: start }];
      for (const { at, what } of linq.history.filter(({ chatId }) => chatId === chat)) {
        const size = (steps.at(-1)?.size ?? start) + (what === 'added' ? 1 : -1);
        steps.push({ at: at.getTime(), size });
      }
      const end = (index: number) => steps[index + 1]?.at ?? Number.POSITIVE_INFINITY;
      return steps.filter(({ at }, index) => at <= until && end(index) >= from).map(({ size }) => size);
    },
  };
}
