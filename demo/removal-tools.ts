import type { ErrorCode } from '../simulator/linq/errors.js';
import type { LinqFault } from '../simulator/linq/faults.js';
import type { Simulator } from '../simulator/simulator.js';
import type { Tool } from './tool.js';

const REMOVAL = 'DELETE /v3/chats/{id}/participants';

const REFUSALS = [
  [2013, 'our line has left the chat'],
  [2015, 'the chat has changed, or is too small'],
  [2017, 'not for this kind of chat'],
  [1002, 'not a phone number it knows'],
  [2001, 'chat or person not found'],
  [2004, 'our key is not accepted'],
  [2005, 'the chat is not ours'],
  [2009, 'the chat is still being created'],
  [3006, 'internal error'],
  [4004, 'Linq is down'],
] as const satisfies readonly (readonly [ErrorCode, string])[];

/** What may go wrong with the next removal. */
export function removalTools({ linq }: Simulator): readonly Tool[] {
  const arm = (id: string, label: string, about: string, fault: LinqFault): Tool => {
    return { id, label, about, verb: 'Arm', usedUpBy: REMOVAL, act: () => linq.nextRemoval(fault) };
  };
  return [
    {
      id: 'refuse',
      label: 'Linq refuses',
      about: 'Nobody is removed; the app has to say why.',
      verb: 'Arm',
      choices: REFUSALS.map(([code, meaning]) => ({ value: String(code), label: `${code}: ${meaning}` })),
      usedUpBy: REMOVAL,
      act: (choice) => linq.nextRemoval(['refused', Number(choice) as ErrorCode]),
    },
    arm('rate-limited', 'Linq asks to slow down', '429, come back in 5 seconds.', ['rate-limited', 5]),
    arm('slow', 'Linq is slow', 'It acts, and answers after 6 seconds.', ['slow', 6_000]),
    {
      ...arm('crawl', 'Linq crawls', 'The next 12 removals are answered after 3 seconds each.', [
        'slow',
        3_000,
      ]),
      times: 12,
    },
    arm('unreadable', 'An answer nobody can read', '200 with a web page; nothing was done.', 'unreadable'),
    arm('reset-before', 'Cut before Linq acts', 'The connection breaks; nothing was done.', 'reset-before'),
    arm(
      'reset-after',
      'Cut after Linq acted',
      'The connection breaks; the removal is on its way.',
      'reset-after',
    ),
    arm(
      'acts-later',
      'An error, and done all the same',
      'Linq answers 500, and removes the person 10 seconds later. Until then a repeat gets “not found”.',
      ['acts-later', 10_000, 3006, 2001],
    ),
    arm(
      'never-settles',
      'Accepted, never done',
      'Linq says queued, and nothing happens. The app gives up after a minute.',
      'never-settles',
    ),
  ];
}
