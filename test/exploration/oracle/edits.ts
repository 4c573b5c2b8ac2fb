import type { Played } from '../player.js';
import type { Told } from './evidence.js';

const IS_TRIED_AGAIN = /"error":"(fatal_error|internal_error|ratelimited)"/u;

/** Slack refused the last edit of this message for good: nobody expects news in it any more. */
export async function isUneditable({ stage }: Played, { id }: Told): Promise<boolean> {
  const edits = stage.network.calls.filter(
    ({ path, body }) => path === 'chat.update' && id.endsWith(` ${new URLSearchParams(body).get('ts')}`),
  );
  const answer = (await edits.at(-1)?.shown) ?? '';
  return answer.includes('"ok":false') && !IS_TRIED_AGAIN.test(answer);
}

/** The answer to its post never reached the app or its store: it cannot know this one. */
export function isUnheard({ stage }: Played, { states }: Told): boolean {
  const postedAt = states[0]?.at ?? 0;
  const isLost = stage.processes.some(
    ({ life, endedAt }) => life.failures.includes(postedAt) || endedAt === postedAt,
  );
  if (isLost) return true;
  return stage.network.calls.some(
    ({ path, at, status }) =>
      at === postedAt && status !== 200 && (path === 'chat.postMessage' || path.startsWith('/response/')),
  );
}
