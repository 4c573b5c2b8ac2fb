import type { Act, Story } from './acts.js';
import { PLAIN, type Setting } from './setting.js';

/** A story that failed once, shrunk, with the reason why it is kept. */
export interface KeptStory {
  readonly why: string;
  readonly story: Story;
}

const kept = (why: string, setting: Partial<Setting>, ...acts: readonly Act[]): KeptStory => ({
  why,
  story: { setting: { ...PLAIN, ...setting }, acts },
});

/** Every story that ever failed, plain enough to be read. `npm run explore` prints a new one as data. */
export const KEPT_STORIES: readonly KeptStory[] = [
  kept(
    'The tally called "not sent yet" what was on its way for the second time.',
    {},
    { do: 'Linq has trouble', with: 'removals', how: 'answers what nobody can read', times: 2, pause: 0 },
    { do: 'names a person', who: 'alice', member: 'max', pause: 0 },
    { do: 'chooses', who: 'alice', picks: [7, 32], pause: 0 },
    { do: 'submits', who: 'alice', times: 1, ackLost: false, pause: 0 },
  ),
  kept(
    'Slack was away for twenty seconds, and the outcome was never told: the last way was given up after two tries.',
    {},
    { do: 'names both', who: 'bob', member: 'sam', chat: 'crew', pause: 0 },
    { do: 'Slack is away', seconds: 20, pause: 0 },
    { do: 'submits', who: 'bob', times: 1, ackLost: false, pause: 120 },
  ),
  kept(
    'A killed process kept the lock of a transaction that was just beginning, and the next one could not start.',
    { events: 'twice', callsASecond: 20, slackQuota: true, groups: 5 },
    {
      do: 'is killed',
      moments: 35,
      downFor: 100,
      pause: 0,
    },
    { do: 'names both', who: 'alice', member: 'max', chat: 'crew', pause: 0 },
    { do: 'submits', who: 'alice', times: 2, ackLost: false, pause: null },
    { do: 'names both', who: 'alice', member: 'max', chat: 'three', pause: 0 },
    { do: 'submits', who: 'alice', times: 2, ackLost: false, pause: 12 },
  ),
  kept(
    'The channel was archived between two edits: the old message cannot be edited any more, and the end is told elsewhere.',
    { settles: 45 },
    { do: 'names both', who: 'alice', member: 'pat', chat: 'crew', pause: 0 },
    { do: 'submits', who: 'alice', times: 1, ackLost: false, pause: 12 },
    { do: 'the channel', becomes: 'archived', pause: 120 },
  ),
  kept(
    'One of several chats could not be approved any more, and no word told the asker what became of it.',
    { approval: 'always', groups: 2 },
    { do: 'names a person', who: 'alice', member: 'max', pause: 0 },
    { do: 'chooses', who: 'alice', picks: [0, 1, 2, 3], pause: 0 },
    { do: 'submits', who: 'alice', times: 1, ackLost: false, pause: 12 },
    { do: 'the others leave', chat: 'crew', pause: 0 },
    { do: 'presses', who: 'bob', button: 'Review', times: 1, ackLost: false, pause: 1 },
    { do: 'submits', who: 'bob', times: 1, ackLost: false, pause: 35 },
  ),
  kept(
    "A repeat had no room at Linq's gate, its reading counted as used, and the list was read again at once, without end.",
    { settles: 45, callsASecond: 5, groups: 40, window: 15 },
    { do: 'names a person', who: 'carol', member: 'max', pause: 0 },
    { do: 'chooses', who: 'carol', picks: Array.from({ length: 41 }, (_, index) => index), pause: 0 },
    { do: 'submits', who: 'carol', times: 2, ackLost: false, pause: 12 },
    { do: 'names a person', who: 'alice', member: 'max', pause: 0 },
    { do: 'chooses', who: 'alice', picks: [39, 40], pause: 0 },
    { do: 'submits', who: 'alice', times: 2, ackLost: false, pause: 0 },
    { do: 'Linq is away', seconds: 900, pause: null },
    { do: 'Linq has trouble', with: 'lists', how: 'accepts and acts after 40 seconds', times: 3, pause: 0 },
    { do: 'is restarted', pause: 700 },
    { do: 'pauses', who: 'alice', pause: 120 },
  ),
  kept(
    'Linq “has not been reachable since”, although it had answered meanwhile, with member lists that cannot be.',
    {},
    { do: 'Linq is away', seconds: 180, pause: 0 },
    { do: 'Linq has trouble', with: 'chats', how: 'leaves out our line', times: 3, pause: 0 },
    { do: 'names both', who: 'carol', member: 'stranger', chat: 'crew', pause: 0 },
    { do: 'submits', who: 'carol', times: 1, ackLost: false, pause: 0 },
    { do: 'the others leave', chat: 'crew', pause: 700 },
  ),
  kept(
    'The clock was set back, and what Slack had said about the channel before counted for as long: it was shared by then.',
    { approval: 'bulk' },
    { do: 'names both', who: 'carol', member: 'pat', chat: 'four', pause: 0 },
    { do: 'submits', who: 'carol', times: 1, ackLost: false, pause: 0 },
    { do: 'the clock jumps', minutes: -5, pause: 0 },
    { do: 'the channel', becomes: 'shared', pause: 70 },
    { do: 'names a person', who: 'carol', member: 'pat', pause: 0 },
    { do: 'submits', who: 'carol', times: 1, ackLost: false, pause: 0 },
  ),
  kept(
    'The same, when the clock that was set back had caught up and the store had rested meanwhile.',
    {},
    { do: 'names several', who: 'carol', members: ['ann', 'max', 'pat'], chat: 'four', pause: 0 },
    { do: 'chooses', who: 'carol', picks: [21], pause: 0 },
    { do: 'submits', who: 'carol', times: 1, ackLost: false, pause: 0 },
    { do: 'the store fails', writes: 1, pause: 0 },
    { do: 'the clock jumps', minutes: -60, pause: 0 },
    { do: 'the channel', becomes: 'shared', pause: 0 },
    { do: 'nothing happens', pause: 7196 },
  ),
  kept(
    'A request whose post to an approver was not heard of was said not to have been taken there, and stood there.',
    { approval: 'always', approvers: 'elsewhere' },
    { do: 'names both', who: 'alice', member: 'pat', chat: 'crew', pause: 0 },
    {
      do: 'Slack has trouble',
      with: 'chat.postMessage',
      how: 'acts, then cuts the line',
      times: 3,
      pause: 0,
    },
    { do: 'submits', who: 'alice', times: 1, ackLost: false, pause: 0 },
    { do: 'takes no direct messages', who: 'bob', pause: 12 },
  ),
  kept(
    'What could not be added back any more when that was approved was called “Not removed”.',
    { approval: 'bulk', groups: 2 },
    { do: 'names a person', who: 'alice', member: 'max', pause: 0 },
    { do: 'chooses', who: 'alice', picks: [0, 2], pause: 0 },
    { do: 'submits', who: 'alice', times: 1, ackLost: false, pause: 12 },
    { do: 'presses', who: 'bob', button: 'Review', times: 1, ackLost: false, pause: 1 },
    { do: 'submits', who: 'bob', times: 1, ackLost: false, pause: 35 },
    { do: 'presses', who: 'alice', button: 'Add back…', times: 1, ackLost: false, pause: 1 },
    { do: 'chooses', who: 'alice', picks: [0, 1], pause: 0 },
    { do: 'submits', who: 'alice', times: 1, ackLost: false, pause: 12 },
    { do: 'is added by a member', member: 'max', chat: 'crew', pause: 12 },
    { do: 'presses', who: 'bob', button: 'Review', times: 1, ackLost: false, pause: 1 },
    { do: 'submits', who: 'bob', times: 1, ackLost: false, pause: 35 },
  ),
  kept(
    'What waited for the removal of another request was said never to have been accepted, although Linq had accepted that.',
    { settles: 45 },
    { do: 'names both', who: 'alice', member: 'pat', chat: 'crew', pause: 0 },
    { do: 'submits', who: 'alice', times: 1, ackLost: false, pause: 0 },
    { do: 'names both', who: 'carol', member: 'pat', chat: 'crew', pause: 0 },
    { do: 'submits', who: 'carol', times: 1, ackLost: false, pause: 1 },
    { do: 'the clock jumps', minutes: 60, pause: 0 },
  ),
  kept(
    'Linq “has not been reachable since”, although it had answered what was asked for another person meanwhile.',
    {},
    { do: 'Linq has trouble', with: 'removals', how: 'cuts the line before it acts', times: 1, pause: 0 },
    { do: 'Linq has trouble', with: 'chats', how: 'answers as a gateway does', times: 60, pause: 0 },
    { do: 'names both', who: 'alice', member: 'pat', chat: 'four', pause: 0 },
    { do: 'submits', who: 'alice', times: 1, ackLost: false, pause: 120 },
    { do: 'names a person', who: 'bob', member: 'max', pause: 700 },
  ),
];
