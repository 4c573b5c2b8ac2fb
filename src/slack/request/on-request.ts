import type { CountryCode } from 'libphonenumber-js/max';
import type { Access } from '../access/access.js';
import { viewIfAllowed } from '../access/admit.js';
import { checkOf } from '../access/check.js';
import { ASKING_LINQ } from '../blocks/notice-modals.js';
import { type Origin, readOrigin, readStart } from '../blocks/origin.js';
import { readChosen, readConversation } from '../blocks/submitted.js';
import { type AnswerDeps, answerInTime, type SubmissionArgs } from '../guard/answer-in-time.js';
import type { Progress } from '../guard/progress.js';
import { MEMBER_INPUT } from '../review/members-blocks.js';
import { type ReviewDeps, reviewView } from '../review/show-review.js';
import type { Named } from '../typed/named.js';
import { mistakesIn, readFields } from './asked.js';
import { CONVERSATION_INPUT } from './conversation-input.js';
import { CHAT_INPUT, HANDLE_INPUT, readRequest } from './request-modal.js';

export interface MemberDeps extends AnswerDeps, ReviewDeps {
  readonly access: Pick<Access, 'check'>;
}

export interface RequestDeps extends MemberDeps {
  readonly defaultCountry: CountryCode;
}

/** Slack waits 3 s for the acknowledgement; a look-up that takes longer than this goes on behind a loading view. */
const LOOK_UP_MS = 2_000;

/** The request modal was submitted: say what is wrong on its field, or show what would happen. */
export async function onRequest(deps: RequestDeps, args: SubmissionArgs, progress: Progress): Promise<void> {
  const { view, ack } = args;
  const asked = readFields(readRequest(view), deps.defaultCountry);
  const place = placeIn(args);
  const errors = { ...errorsOf(asked), ...(!place && { [CONVERSATION_INPUT]: CHOOSE_ONE }) };
  if (!place || Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors });
  await showReviewInTime(deps, args, progress, { ...place, ...askedFor(asked), retryOf: null });
}

/** The chat and the people that are asked for, in the spelling to look for at Linq. */
export function askedFor({ chat, people }: Named): Pick<Origin, 'chatId' | 'handles'> {
  const handles = people.flatMap(({ readings }) => readings.slice(0, 1));
  return { chatId: chat.kind === 'id' ? chat.id : null, handles };
}

const CHOOSE_ONE = 'Choose the conversation in which the result is posted.';

/** Where the request comes from, or is to be told; null where that still has to be chosen. */
function placeIn({ view, body }: SubmissionArgs): Origin | null {
  const start = readStart(view);
  if (!start.asksWhere) return readOrigin(view);
  const chosen = readConversation(view, CONVERSATION_INPUT);
  const way = body.response_urls?.find(({ channel_id: id }) => id === chosen);
  return chosen === null ? null : { ...start, channel: chosen, responseUrl: way?.response_url ?? null };
}

/** A member was chosen from a chat's list. */
export async function onMember(deps: MemberDeps, args: SubmissionArgs, progress: Progress): Promise<void> {
  const { view, ack } = args;
  const [handle] = readChosen(view, MEMBER_INPUT);
  if (!handle) return ack({ response_action: 'errors', errors: { [MEMBER_INPUT]: 'Choose a member.' } });
  await showReviewInTime(deps, args, progress, { ...readOrigin(view), handles: [handle] });
}

/** The review within the acknowledgement where Slack and Linq are quick; otherwise behind a loading view. */
async function showReviewInTime(
  deps: MemberDeps,
  args: SubmissionArgs,
  progress: Progress,
  origin: Origin,
): Promise<void> {
  const waiting = { ms: LOOK_UP_MS, loading: ASKING_LINQ, progress };
  await answerInTime(deps, args, waiting, async (signal) => ({
    view: await viewIfAllowed(deps, checkOf(args.body, origin), origin, () =>
      reviewView(deps, origin, signal),
    ),
  }));
}

const ENTER_ONE = 'Enter a chat, a handle, or both.';

function errorsOf(asked: Named): Record<string, string> {
  if (asked.chat.kind === 'none' && asked.people.length === 0)
    return { [CHAT_INPUT]: ENTER_ONE, [HANDLE_INPUT]: ENTER_ONE };
  const { chat, handle } = mistakesIn(asked);
  return { ...(chat && { [CHAT_INPUT]: chat }), ...(handle && { [HANDLE_INPUT]: handle }) };
}
