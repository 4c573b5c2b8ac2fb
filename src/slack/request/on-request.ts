import type { Access } from '../access/access.js';
import { checkOf } from '../access/check.js';
import { ASKING_LINQ, refusedModal } from '../blocks/notice-modals.js';
import { type Origin, readOrigin, readStart } from '../blocks/origin.js';
import { readChosen, readConversation } from '../blocks/submitted.js';
import { type AnswerDeps, answerInTime, type SubmissionArgs } from '../guard/answer-in-time.js';
import type { Progress } from '../guard/progress.js';
import { MEMBER_INPUT } from '../review/members-blocks.js';
import type { Named } from '../typed/named.js';
import { readPerson } from '../typed/person.js';
import { answerRequest, type RequestAnswerDeps } from './answer.js';
import { askedFor, mistakesIn, readFields } from './asked.js';
import { readChat, WHICH_CHAT } from './choose-chat-modal.js';
import { CONVERSATION_INPUT } from './conversation-input.js';
import { CHAT_INPUT, HANDLE_INPUT, readRequest } from './request-modal.js';
import { readPersonChosen, WHICH_PERSON } from './which-person-modal.js';

export interface RequestDeps extends AnswerDeps, RequestAnswerDeps {
  readonly access: Pick<Access, 'check'>;
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
  await answerBehind(deps, args, progress, { ...place, ...askedFor(asked), retryOf: null });
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
export async function onMember(deps: RequestDeps, args: SubmissionArgs, progress: Progress): Promise<void> {
  const { view, ack } = args;
  const [handle] = readChosen(view, MEMBER_INPUT);
  if (!handle) return ack({ response_action: 'errors', errors: { [MEMBER_INPUT]: 'Choose a member.' } });
  await answerBehind(deps, args, progress, { ...readOrigin(view), handles: [handle], areListed: true });
}

/** Of the people whom a number may mean, one was chosen. */
export async function onPerson(deps: RequestDeps, args: SubmissionArgs, progress: Progress): Promise<void> {
  const origin = readPersonChosen(args.view);
  if (origin) return answerBehind(deps, args, progress, origin);
  await args.ack({ response_action: 'errors', errors: { [WHICH_PERSON]: 'Choose a person.' } });
}

/** Of the chats that have something in common in their names, one was chosen. */
export async function onChat(deps: RequestDeps, args: SubmissionArgs, progress: Progress): Promise<void> {
  const { view, ack } = args;
  const chatId = readChat(view);
  if (!chatId) return ack({ response_action: 'errors', errors: { [WHICH_CHAT]: 'Choose a chat.' } });
  await answerBehind(deps, args, progress, { ...readOrigin(view), chatId });
}

/** The answer within the acknowledgement where Slack and Linq are quick; otherwise behind a loading view. */
async function answerBehind(
  deps: RequestDeps,
  args: SubmissionArgs,
  progress: Progress,
  origin: Origin,
): Promise<void> {
  const waiting = { ms: LOOK_UP_MS, loading: ASKING_LINQ, progress };
  await answerInTime(deps, args, waiting, async (signal) => {
    const refused = await deps.access.check(
      checkOf(args.body, { ...origin, handles: likeliest(deps, origin) }),
    );
    if (!refused) return answerRequest(deps, origin, signal);
    // Where the conversation was chosen, another one may help.
    return { view: refusedModal(refused.sentence, origin.asksWhere ? origin : null) };
  });
}

/** Of people who were not looked for yet: as what was typed is most likely meant. */
function likeliest({ defaultCountry }: RequestDeps, { handles, areListed }: Origin): readonly string[] {
  if (areListed) return handles;
  return handles.map((handle) => readPerson(handle, defaultCountry).readings[0] ?? handle);
}

const ENTER_ONE = 'Enter a chat, a handle, or both.';

function errorsOf(asked: Named): Record<string, string> {
  if (asked.chat.kind === 'none' && asked.people.length === 0)
    return { [CHAT_INPUT]: ENTER_ONE, [HANDLE_INPUT]: ENTER_ONE };
  const { chat, handle } = mistakesIn(asked);
  return { ...(chat && { [CHAT_INPUT]: chat }), ...(handle && { [HANDLE_INPUT]: handle }) };
}
