import type { WebClient } from '@slack/web-api';
import type { CountryCode } from 'libphonenumber-js/max';
import { failedModal } from '../blocks/notice-modals.js';
import type { Origin } from '../blocks/origin.js';
import type { ChatSearch } from '../find/find-chats.js';
import { findByChats, findInChat, type PersonFound } from '../find/find-people.js';
import { askingOnce } from '../find/once.js';
import type { Answer } from '../guard/answer-in-time.js';
import { NOT_SHOWN, type ReviewDeps, reviewView, showWhenRead } from '../review/show-review.js';
import { readPerson } from '../typed/person.js';
import { explainAll } from '../typed/reasons.js';
import { answerName, answerNameOf } from './answer-name.js';
import { mistaken } from './mistaken.js';
import { whichPersonModal } from './which-person-modal.js';

export interface RequestAnswerDeps extends ReviewDeps {
  readonly chatSearch: ChatSearch;
  readonly defaultCountry: CountryCode;
}

/**
 * Looks for the chat and the people at Linq, and shows the review; or asks which of several is meant; or says on its
 * field what cannot be found. Never rejects, so that no loading view is left hanging.
 */
export async function answerRequest(
  deps: RequestAnswerDeps,
  origin: Origin,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    return await answer({ ...deps, linq: askingOnce(deps.linq) }, origin, signal);
  } catch (error) {
    deps.log.error({ err: error, chatId: origin.chatId }, 'A request could not be answered');
    return { view: failedModal(NOT_SHOWN, origin) };
  }
}

/** Replaces a loading view by the answer. */
export function showAnswer(
  deps: RequestAnswerDeps,
  client: WebClient,
  viewId: string,
  origin: Origin,
): Promise<void> {
  return showWhenRead(deps, client, viewId, async (signal) => {
    const answer = await answerRequest(deps, origin, signal);
    return 'view' in answer ? answer.view : answer.late;
  });
}

async function answer(deps: RequestAnswerDeps, origin: Origin, signal: AbortSignal): Promise<Answer> {
  const { chatId, chatName, handles } = origin;
  const found = await Promise.all(handles.map((handle) => findPerson(deps, origin, handle, signal)));
  const problems = found.flatMap((person) => (person.kind === 'nobody' ? [person.problem] : []));
  if (problems.length > 0) return mistaken(origin, { chat: null, handle: explainAll(problems) });
  for (const [index, person] of found.entries()) {
    if (person.kind === 'either') return { view: whichPersonModal(origin, index, person.handles) };
  }
  const listed = found.flatMap((person) => (person.kind === 'one' ? [person.handle] : []));
  const settled = { ...origin, handles: [...new Set(listed)], areListed: true };
  if (chatId !== null || chatName === null) return { view: await reviewView(deps, settled, { signal }) };
  return handles.length > 0
    ? answerNameOf(deps, settled, chatName, signal)
    : answerName(deps, settled, chatName, signal);
}

async function findPerson(
  { linq, defaultCountry }: RequestAnswerDeps,
  { chatId, areListed }: Origin,
  handle: string,
  signal: AbortSignal,
): Promise<PersonFound> {
  if (areListed) return { kind: 'one', handle };
  const person = readPerson(handle, defaultCountry);
  return chatId ? findInChat(person, await linq.readChat(chatId)) : findByChats(person, linq, signal);
}
