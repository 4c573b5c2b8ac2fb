import type { ErrorCode } from '../simulator/linq/errors.js';
import type { LinqFault } from '../simulator/linq/faults.js';
import type { Simulator } from '../simulator/simulator.js';
import type { SlackFault } from '../simulator/slack/faults.js';

export interface Tool {
  readonly id: string;
  readonly label: string;
  readonly about: string;
  /** What its button says. */
  readonly verb: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** The ledger's name of the request that it waits for. */
  readonly usedUpBy?: string;
  /** How many such requests one press is for. Default: one. */
  readonly times?: number;
  readonly isOn?: () => boolean;
  act(choice: string, channelId: string): unknown;
}

/** What the tools change beside the simulator itself. */
export interface World {
  plugged: boolean;
  freshSince: Date;
}

type Group = { readonly title: string; readonly tools: readonly Tool[] };

const REMOVAL = 'DELETE /v3/chats/{id}/participants';
const READ = 'GET /v3/chats/{id}';
const POST = 'chat.postMessage';

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

const READ_FAULTS: Record<string, { readonly label: string; readonly fault: LinqFault }> = {
  slow: { label: 'answers after 5 seconds', fault: ['slow', 5_000] },
  down: { label: '503 from a gateway', fault: ['status', 503] },
  unreadable: { label: 'an answer nobody can read', fault: 'unreadable' },
  cut: { label: 'the connection is cut', fault: 'reset-before' },
};

const POST_ERRORS = [
  ['channel_not_found', 'as for a private channel without the app'],
  ['is_archived', 'the channel is archived'],
  ['restricted_action', 'only some may post here'],
  ['token_revoked', 'the app’s token is no good'],
] as const;

/** Everything one can break, in groups, in the order of the page. */
export function createToolbox(simulator: Simulator, world: World): readonly Group[] {
  return [
    { title: 'When the app next asks Linq to remove someone', tools: removalTools(simulator) },
    { title: 'When the app next reads a chat', tools: [readTool(simulator)] },
    { title: 'Linq as a whole', tools: [plugTool(simulator, world)] },
    { title: 'Slack', tools: slackTools(simulator) },
  ];
}

function removalTools({ linq }: Simulator): readonly Tool[] {
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
      'never-settles',
      'Accepted, never done',
      'Linq says queued, and nothing happens. The app gives up after a minute.',
      'never-settles',
    ),
  ];
}

function readTool({ linq }: Simulator): Tool {
  return {
    id: 'read',
    label: 'Looking fails',
    about: 'The review and the proof both read the chat.',
    verb: 'Arm',
    choices: Object.entries(READ_FAULTS).map(([value, { label }]) => ({ value, label })),
    usedUpBy: READ,
    act: (choice) => linq.nextRead(READ_FAULTS[choice]?.fault ?? 'unreadable'),
  };
}

function plugTool({ linq }: Simulator, world: World): Tool {
  return {
    id: 'unplug',
    label: 'Linq’s cable',
    about: 'Unplugged, every connection is cut until you plug it in again.',
    get verb() {
      return world.plugged ? 'Unplug' : 'Plug in';
    },
    isOn: () => !world.plugged,
    act() {
      world.plugged = !world.plugged;
      if (world.plugged) linq.plug();
      else linq.unplug();
    },
  };
}

function slackTools({ slack }: Simulator): readonly Tool[] {
  const armPost = (id: string, label: string, about: string, fault: SlackFault): Tool => {
    return { id, label, about, verb: 'Arm', usedUpBy: POST, act: () => slack.next(POST, fault) };
  };
  return [
    {
      id: 'membership',
      label: 'The app in this conversation',
      about: 'Takes the app out of the conversation you are looking at, or puts it back.',
      verb: 'Switch',
      act: (_, channelId) => switchMembership(slack, channelId),
    },
    {
      id: 'post-error',
      label: 'Slack refuses the next message',
      about: 'The app has to find another way to tell people.',
      verb: 'Arm',
      choices: POST_ERRORS.map(([value, meaning]) => ({ value, label: `${value}: ${meaning}` })),
      usedUpBy: POST,
      act: (choice) => slack.next(POST, { error: choice }),
    },
    armPost(
      'lost-reply',
      'The next message is posted, the reply lost',
      'The app cannot know whether it was.',
      'lost-reply',
    ),
    armPost('post-limited', 'Slack asks to slow down', '429 for the next message, for 3 seconds.', {
      rateLimited: 3,
    }),
    {
      id: 'trigger',
      label: 'The next modal comes too late',
      about: 'Slack says that the trigger has expired.',
      verb: 'Arm',
      usedUpBy: 'views.open',
      act: () => slack.expireNextTrigger(),
    },
    {
      id: 'redeliver',
      label: 'Deliver twice',
      about: 'Slack sends the last command or press once more.',
      verb: 'Send',
      act: () => void slack.redeliver(),
    },
    {
      id: 'drop',
      label: 'The socket between Slack and the app',
      about: 'Cuts it; the app connects again by itself.',
      verb: 'Cut',
      act: () => slack.dropConnections(),
    },
  ];
}

function switchMembership(slack: Simulator['slack'], channelId: string): void {
  const members = slack.channels.get(channelId)?.members;
  if (!members) throw new Error(`There is no conversation ${channelId}.`);
  if (!members.delete(slack.botUserId)) members.add(slack.botUserId);
}
