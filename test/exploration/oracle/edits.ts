import type { PersonName } from '../cast.js';
import type { Call } from '../network.js';
import type { Played } from '../player.js';
import type { Told } from './evidence.js';

const IS_TRIED_AGAIN = /"error":"(fatal_error|internal_error|ratelimited)"/u;

/** Slack refused the last edit of this message for good: nobody expects news in it any more. */
export async function isUneditable({ stage }: Played, { id }: Told): Promise<boolean> {
  const edits = stage.network.calls.filter(
    ({ path, body }) => path === 'chat.update' && id.endsWith(` ${new URLSearchParams(body).get('ts')}`),
  );
  return edits.length > 0 && (await isRefused(edits.at(-1)));
}

async function isRefused(call: Call | undefined): Promise<boolean> {
  const answer = (await call?.shown) ?? '';
  return answer.includes('"ok":false') && !IS_TRIED_AGAIN.test(answer);
}

/** Slack refused posts for good since then, in a conversation and in the one with this person: nobody can be told. */
export async function isShutOut({ stage }: Played, who: PersonName, since: number): Promise<boolean> {
  const { id } = stage.people[who];
  const posts = stage.network.calls.filter(({ path, at }) => path === 'chat.postMessage' && at >= since);
  const channelOf = ({ body }: Call) => new URLSearchParams(body).get('channel');
  const refused: (string | null)[] = [];
  for (const post of posts) if (await isRefused(post)) refused.push(channelOf(post));
  return refused.includes(id) && refused.some((channel) => channel !== id);
}

/** Slack may take so long to answer, and post meanwhile. */
const SLOW_MS = 5_000;

/** The answer to its post never reached the app or its store: it cannot know this one. */
export function isUnheard({ stage }: Played, { id, states }: Told): boolean {
  const postedAt = states[0]?.at ?? 0;
  const isLost = stage.processes.some(
    ({ life, endedAt }) => life.failures.includes(postedAt) || endedAt === postedAt,
  );
  if (isLost) return true;
  return stage.network.calls.some(({ path, body, at, status, endedAt }) => {
    if (path === 'chat.postMessage' && endedAt === null && at <= postedAt && postedAt - at <= SLOW_MS)
      return id.startsWith(`${new URLSearchParams(body).get('channel')} `);
    return (
      at === postedAt && status !== 200 && (path === 'chat.postMessage' || path.startsWith('/response/'))
    );
  });
}
