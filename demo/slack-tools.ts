import type { Simulator } from '../simulator/simulator.js';
import type { SlackFault } from '../simulator/slack/faults.js';
import type { Tool } from './tool.js';

const POST = 'chat.postMessage';

const POST_ERRORS = [
  ['channel_not_found', 'as for a private channel without the app'],
  ['is_archived', 'the channel is archived'],
  ['restricted_action', 'only some may post here'],
  ['token_revoked', 'the app’s token is no good'],
] as const;

/** What may go wrong with Slack. */
export function slackTools({ slack }: Simulator): readonly Tool[] {
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
      id: 'lose-ack',
      label: 'The next answer to a press is lost',
      about: 'Slack says that it had trouble connecting, and the window stays as it was.',
      verb: 'Arm',
      usedUpBy: 'ack',
      act: () => slack.loseNextAck(),
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
