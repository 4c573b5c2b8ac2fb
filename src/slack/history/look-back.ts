import type { CountryCode } from 'libphonenumber-js/max';
import type { History, HistoryRecord } from '../../removal/history.js';
import type { Access } from '../access/access.js';
import { type Sight, type Viewers, whyNarrow } from '../access/viewers.js';
import type { HandleDisplay } from '../blocks/text.js';
import { readFilter } from './history-filter.js';
import type { HistoryQuery } from './history-query.js';

export interface LookBackDeps {
  readonly history: Pick<History, 'latest'>;
  readonly access: Pick<Access, 'checkLook'>;
  readonly viewers: Viewers;
  /** HANDLE_DISPLAY, for those who do not see everything. */
  readonly display: HandleDisplay;
  readonly defaultCountry: CountryCode;
}

/** Who looks back. */
export interface Looker {
  readonly userId: string;
  readonly teamId: string;
}

/** One page of the history as this person sees it. */
export interface HistoryPage {
  /** The latest first. */
  readonly records: readonly HistoryRecord[];
  readonly hasNewer: boolean;
  readonly hasOlder: boolean;
  /** The filter in words, null for none. */
  readonly about: string | null;
  readonly what: HistoryQuery['what'];
  readonly seesEverything: boolean;
  readonly display: HandleDisplay;
  /** What has to be said beside it, in mrkdwn. */
  readonly note: string | null;
}

export type LookedBack =
  | { readonly ok: true; readonly page: HistoryPage }
  /** Why not, in mrkdwn. */
  | { readonly ok: false; readonly sentence: string };

export const PAGE_SIZE = 10;
const NARROW = 'Only your own requests and those made in this conversation are shown.';

/** Looks up a page, for a person whose rights are asked about anew each time. Rejects when the store does not answer. */
export async function lookBack(deps: LookBackDeps, looker: Looker, query: HistoryQuery): Promise<LookedBack> {
  const { userId, teamId } = looker;
  const filter = readFilter(query.typed, deps.defaultCountry);
  if (!filter.ok) return { ok: false, sentence: filter.problem };
  const seen = await sightFrom(deps, looker, query.channel);
  if (!seen.ok) return seen;
  const { sight } = seen;
  const { everything } = sight;
  if (query.what === 'refused' && !everything)
    return { ok: false, sentence: deps.viewers.whyNoRefusals(sight) };
  const { chatId, handles, about } = filter;
  const { beyond, what } = query;
  const found = await deps.history.latest({
    teamId,
    what,
    only: everything ? null : { requestedBy: userId, channelId: query.channel },
    chatId,
    handles,
    beyond: beyond && { ...beyond, at: new Date(beyond.at) },
    // One more than is shown says whether there is another page.
    limit: PAGE_SIZE + 1,
  });
  const isNewer = beyond?.order === 'newer';
  const hasMore = found.length > PAGE_SIZE;
  return {
    ok: true,
    page: {
      records: isNewer ? found.slice(-PAGE_SIZE) : found.slice(0, PAGE_SIZE),
      hasNewer: isNewer ? hasMore : beyond !== null,
      hasOlder: isNewer || hasMore,
      about,
      what,
      seesEverything: everything,
      display: everything ? 'full' : deps.display,
      note: sight.unknown && whyNarrow(sight.unknown, NARROW),
    },
  };
}

/** How far this person sees from a conversation, or why not at all. */
export async function sightFrom(
  { access, viewers }: Pick<LookBackDeps, 'access' | 'viewers'>,
  { userId, teamId }: Looker,
  channelId: string,
): Promise<{ readonly ok: true; readonly sight: Sight } | { readonly ok: false; readonly sentence: string }> {
  const check = { by: userId, teamId, channelId, requestId: null, chatId: null, handle: null };
  const refused = await access.checkLook(check);
  if (refused) return { ok: false, sentence: refused.sentence };
  return { ok: true, sight: await viewers.sightOf(userId) };
}
