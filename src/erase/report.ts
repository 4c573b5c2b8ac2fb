import type { Erased, LeftRequest } from '../removal/erasing.js';
import type { EraseOptions } from './arguments.js';

const WHY: Record<LeftRequest['why'], string> = {
  approval: 'waits for approval',
  'under-way': 'is under way at Linq, or proof is still looked for',
  untold: 'is still to be told in Slack',
};

const MESSAGES_NAMED = 50;

/** What was erased and what was not, as lines for the operator; the handles that were typed are not repeated. */
export function reportOf(erased: Erased, { dryRun }: Pick<EraseOptions, 'dryRun'>): readonly string[] {
  const rows = rowsOf(erased);
  const { left } = erased;
  if (rows.length === 0 && left.length === 0)
    return ['Nothing in the store is about this person or names them.'];
  return [
    ...(rows.length > 0 ? [`${dryRun ? 'Would be erased from' : 'Erased from'}:`, ...rows] : []),
    ...(rows.length > 0 ? ['What happened, when, in which chat and by whom is kept.'] : []),
    ...(left.length > 0 ? ['Left, because they are open; run this again once they have ended:'] : []),
    ...left.map(
      ({ id, requestedBy, createdAt, why }) =>
        `  request ${id}, asked for by ${requestedBy} at ${createdAt.toISOString()}: ${WHY[why]}`,
    ),
    ...(dryRun ? ['Nothing was changed: this was a dry run.'] : afterwards(erased)),
  ];
}

function rowsOf({ requests, changes, entries, proposals, events, lines }: Erased): readonly string[] {
  const kinds: readonly (readonly [number, string, string])[] = [
    [requests, 'request about them', 'requests about them'],
    [changes, 'removal or addition', 'removals and additions'],
    [entries, 'entry of the history', 'entries of the history'],
    [proposals, 'question to approvers', 'questions to approvers'],
    [events, 'event of Linq’s', 'events of Linq’s'],
    [lines, 'line for the audit channel', 'lines for the audit channel'],
  ];
  return kinds.flatMap(([count, one, many]) => (count > 0 ? [`  ${count} ${count === 1 ? one : many}`] : []));
}

function afterwards({ isClean, messages }: Erased): readonly string[] {
  const links = messages.slice(0, MESSAGES_NAMED).map(({ channel, ts }) => `  ${channel} ${ts}`);
  const more = messages.length - links.length;
  return [
    ...(isClean ? [] : ['The database still holds old copies of rows; it overwrites them by itself later.']),
    'Not reached: backups of the database, exports, and messages in Slack.',
    ...(links.length > 0
      ? ['Messages in Slack about these requests, by channel and time stamp:', ...links]
      : []),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}
