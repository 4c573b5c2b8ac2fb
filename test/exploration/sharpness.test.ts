import type { CompiledQuery } from 'kysely';
import type { Said } from '../../simulator/slack/said.js';
import type { Act } from './acts.js';
import { APPROVALS_ID, chatOf } from './cast.js';
import { judge } from './oracle/judge.js';
import { type Played, play } from './player.js';
import type { Sabotage } from './process.js';
import { spoils, together } from './sabotage.js';
import { PLAIN, type Setting } from './setting.js';

/*
 * An oracle that never cries is worth nothing. Each row is a kind of untruth that the app has told at some time: the
 * app is spoiled so that it tells it again, or, where no seam leads there, what people saw in a real story is replaced
 * by what they saw then.
 */

const asks: Act = { do: 'names both', who: 'alice', member: 'pat', chat: 'crew', pause: 0 };
const asksForMax: Act = { do: 'names a person', who: 'alice', member: 'max', pause: 0 };
const chooses = (...picks: readonly number[]): Act => ({ do: 'chooses', who: 'alice', picks, pause: 0 });
const submits = (pause: number, ackLost = false): Act => ({
  do: 'submits',
  who: 'alice',
  times: 1,
  ackLost,
  pause,
});
const stops: Act = { do: 'presses', who: 'alice', button: 'Stop', times: 1, ackLost: false, pause: 60 };
/** Bob decides where approvers are asked. */
const approves: readonly Act[] = [
  { do: 'presses', who: 'bob', button: 'Review', times: 1, ackLost: false, pause: 1 },
  { do: 'submits', who: 'bob', times: 1, ackLost: false, pause: 60 },
];
const ELSEWHERE: Partial<Setting> = { approval: 'always', approvers: 'in a channel', expires: 2 };
const trouble = (
  rest: Pick<Act & { do: 'Linq has trouble' }, 'with' | 'how'> & { readonly times?: number },
): Act => ({ do: 'Linq has trouble', times: 1, pause: 0, ...rest });

interface Row {
  readonly what: string;
  readonly setting?: Partial<Setting>;
  readonly acts: readonly Act[];
  readonly sabotage?: Sabotage;
  /** What people saw is replaced. */
  readonly doctor?: (played: Played) => Played;
  /** Without the sabotage or the doctor nothing is cried; with it this is. */
  readonly cries: string;
}

const ROWS: readonly Row[] = [
  {
    what: '"nobody was removed", and Linq carries the first call out later',
    acts: [
      trouble({ with: 'removals', how: 'fails, acts 20 seconds later, and cannot find it meanwhile' }),
      asks,
      submits(120),
    ],
    sabotage: spoils('changes', 'may_still_act', () => 0),
    cries: 'false: nobody was removed',
  },
  {
    what: '"already gone" of a number with a wrong digit',
    acts: [
      trouble({ with: 'chats', how: 'is unavailable', times: 3 }),
      { ...asks, member: 'stranger' },
      submits(120),
    ],
    sabotage: spoils('changes', 'was_seen', () => 1),
    cries: 'false: gone',
  },
  {
    what: '"approved" of a second choice that nothing records',
    acts: [asksForMax, chooses(0), submits(0, true), chooses(1), submits(60)],
    doctor: forgetting('four', 'Your approval is recorded and Linq is being asked now.'),
    cries: 'false: approval is recorded',
  },
  {
    what: '"nothing was removed by this step" of an approval that is recorded',
    acts: [asks, submits(60)],
    doctor: saying(
      /^Approved\n/,
      'Something went wrong\nSomething went wrong on our side. Nothing was removed by this step. Please run /linq-remove again.',
    ),
    cries: 'false: was not recorded',
  },
  {
    what: '"stopped", and the rest is sent',
    acts: [
      trouble({ with: 'removals', how: 'asks to wait 30 seconds', times: 3 }),
      asksForMax,
      chooses(0, 1),
      submits(12),
      stops,
    ],
    // The request is marked, and its changes are as if that had been written by itself.
    sabotage: together(
      spoils('changes', 'status', inStop('approved')),
      spoils('changes', 'stopped', inStop(0)),
      spoils('changes', 'settled_at', inStop(null)),
      spoils('changes', 'due_at', inStop('2026-06-01T10:00:12.000Z')),
    ),
    cries: 'stopped and yet sent',
  },
  {
    what: 'Stop refused, because Slack does not say who this is',
    acts: [trouble({ with: 'removals', how: 'asks to wait 30 seconds', times: 3 }), asks, submits(12), stops],
    doctor: answering(
      'It cannot be told whether you are a member or a guest of this workspace: Slack is busy. Nothing was stopped. Please try again in a minute.',
    ),
    cries: 'the brake was refused',
  },
  {
    what: 'no usable answer since before the one that Linq gave',
    setting: { settles: 45 },
    acts: [asks, submits(10), { do: 'Linq is away', seconds: 900, pause: 700 }],
    sabotage: spoils('changes', 'trouble_since', (value) => value && '2026-06-01T09:50:00.000Z'),
    cries: 'false: Linq gave no usable answer since',
  },
  {
    what: 'given up after a few seconds, because Linq allows five calls a second',
    setting: { callsASecond: 5, groups: 40 },
    acts: [asksForMax, chooses(...Array.from({ length: 41 }, (_, index) => index)), submits(120)],
    sabotage: spoils(
      'changes',
      'deadline_at',
      (value) => value && new Date(Date.now() + 3_000).toISOString(),
    ),
    cries: 'false: there was no time left',
  },
  {
    what: 'a copy that waits for ever beside a message that is approved',
    setting: ELSEWHERE,
    acts: [asks, submits(12), ...approves],
    doctor: withSaid((said) =>
      said.filter(({ kind, channel }) => kind !== 'edit' || channel !== APPROVALS_ID),
    ),
    cries: 'open for ever',
  },
  {
    what: 'a copy that tells another decision than the message',
    setting: ELSEWHERE,
    acts: [asks, submits(12), ...approves],
    doctor: withSaid((said) =>
      said.map((each) =>
        each.kind === 'edit' && each.channel === APPROVALS_ID
          ? { ...each, text: '*Declined*\nNothing was removed.\nDeclined by @bob.\nAsked for in #support.' }
          : each,
      ),
    ),
    cries: 'two endings',
  },
  {
    what: '"it waits in #approvals", and nothing stands there',
    setting: ELSEWHERE,
    acts: [asks, submits(12)],
    doctor: withSaid((said) => said.filter(({ channel }) => channel !== APPROVALS_ID)),
    cries: 'false: it waits in other places',
  },
  {
    what: 'a request of which approvers are not reminded',
    setting: ELSEWHERE,
    acts: [asks, submits(12)],
    sabotage: spoils('proposals', 'remind_at', () => null),
    cries: 'not reminded',
  },
  {
    what: 'a reminder of what has ended',
    setting: ELSEWHERE,
    acts: [asks, submits(12)],
    doctor: withSaid((said) =>
      said.flatMap((each) =>
        /still waits for approval/.test(each.text)
          ? [each, { ...each, id: `${each.id}9`, at: new Date(each.at.getTime() + 2 * 3_600_000) }]
          : [each],
      ),
    ),
    cries: 'reminded of what is decided',
  },
  {
    what: 'one of several people who is called removed and is still there',
    acts: [
      trouble({ with: 'removals', how: 'accepts and does nothing' }),
      { do: 'names several', who: 'alice', members: ['pat', 'max'], chat: 'crew', pause: 0 },
      submits(12),
    ],
    doctor: withSaid((said) =>
      said.map((each) => ({ ...each, text: each.text.replaceAll(': Removal queued', ': Removed') })),
    ),
    cries: 'false: removed',
  },
];

describe.each(ROWS)('$what', ({ acts, setting, sabotage, doctor = (played) => played, cries }) => {
  const story = { setting: { ...PLAIN, ...setting }, acts };

  it('is found', async () => {
    const found = await play(story, 'sqlite', (played) => judge(doctor(played)), sabotage);
    expect(found.map(({ kind }) => kind)).toContain(cries);
  });

  it('is not cried where it is not so', async () => {
    expect(await play(story, 'sqlite', judge)).toEqual([]);
  });
});

/** In the write that stops a change, this value instead. */
function inStop(instead: unknown) {
  return (value: unknown, { parameters }: CompiledQuery) =>
    parameters.includes('stopped') ? instead : value;
}

/** The same evidence with other words in the windows that read like this. */
function saying(pattern: RegExp, instead: string): (played: Played) => Played {
  return withSaid((said) =>
    said.map((each) =>
      each.kind === 'window' && pattern.test(each.text) ? { ...each, text: instead } : each,
    ),
  );
}

/** The same evidence with an answer to the press of Stop. */
function answering(text: string): (played: Played) => Played {
  return (played) => {
    const at = new Date(played.journal.presses[0]?.at ?? 0);
    const to = played.stage.people.alice.id;
    const answer: Said = {
      at,
      to,
      channel: 'C0SUPPORT',
      kind: 'ephemeral',
      id: '1.1',
      thread: null,
      text,
      spoken: text,
    };
    return withSaid((said) => [...said, answer])(played);
  };
}

/** Nothing of what was asked for in this chat was recorded, while the window says this. */
function forgetting(chat: 'four', words: string): (played: Played) => Played {
  const { id, name } = chatOf(chat);
  return (played) => {
    const { stage } = saying(/^(Approved|Recorded)\n/, `Approved\n${words}`)(played);
    const kept = withSaid((said) =>
      said.filter((each) => each.kind === 'window' || !each.text.includes(name)),
    )({
      ...played,
      stage,
    });
    const { linq } = stage.simulator;
    const calls = linq.calls.filter(({ chatId }) => chatId !== id);
    const forgetful = Object.create(linq, { calls: { value: calls } }) as typeof linq;
    return { ...kept, stage: { ...kept.stage, simulator: { ...kept.stage.simulator, linq: forgetful } } };
  };
}

function withSaid(change: (said: readonly Said[]) => readonly Said[]): (played: Played) => Played {
  return (played) => {
    const { simulator } = played.stage;
    const said = change(simulator.slack.said());
    const slack = Object.create(simulator.slack, { said: { value: () => said } }) as typeof simulator.slack;
    return { ...played, stage: { ...played.stage, simulator: { ...simulator, slack } } };
  };
}
