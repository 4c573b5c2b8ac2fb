import { setTimeout as after } from 'node:timers/promises';
import type { AckFn, ViewOutput, ViewResponseAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { acknowledge } from './acknowledge.js';
import { type Input, parseChatId, parseHandle } from './handle-input.js';
import type { SlackDeps } from './listeners.js';
import { MEMBER_INPUT } from './members-blocks.js';
import { loadingModal } from './notice-modals.js';
import { replaceView } from './open-view.js';
import { type Origin, readOrigin } from './origin.js';
import { CHAT_INPUT, HANDLE_INPUT, readRequest } from './request-modal.js';
import { reviewView } from './show-review.js';
import { readChosen } from './submitted.js';

export interface SubmissionArgs {
  readonly view: ViewOutput;
  readonly ack: AckFn<ViewResponseAction>;
  readonly client: WebClient;
}

/** Slack waits 3 s for the acknowledgement; a look-up that takes longer than this goes on behind a loading view. */
const LOOK_UP_MS = 2_000;

/** The request modal was submitted: say what is wrong on its field, or show what would happen. */
export async function onRequest(deps: SlackDeps, { view, ack, client }: SubmissionArgs): Promise<void> {
  const typed = readRequest(view);
  const chat = typed.chat ? parseChatId(typed.chat) : null;
  const person = typed.handle ? parseHandle(typed.handle, deps.defaultCountry) : null;
  const errors = errorsOf(chat, person);
  if (errors) return ack({ response_action: 'errors', errors });
  const origin = { ...readOrigin(view), chatId: valueIn(chat), handle: valueIn(person) };
  await showReviewInTime(deps, { view, ack, client }, { ...origin, retryOf: null });
}

/** A member was chosen from a chat's list. */
export async function onMember(deps: SlackDeps, { view, ack, client }: SubmissionArgs): Promise<void> {
  const [handle] = readChosen(view, MEMBER_INPUT);
  if (!handle) return ack({ response_action: 'errors', errors: { [MEMBER_INPUT]: 'Choose a member.' } });
  await showReviewInTime(deps, { view, ack, client }, { ...readOrigin(view), handle });
}

/** The loading view was closed: its look-up ends. */
export async function onClosed(
  deps: SlackDeps,
  { view, ack }: { view: ViewOutput; ack: AckFn<void> },
): Promise<void> {
  deps.lookUps.abandon(view.id);
  await ack();
}

/** The review within the acknowledgement where Linq is quick; otherwise a loading view, replaced when Linq is done. */
async function showReviewInTime(deps: SlackDeps, { view, ack, client }: SubmissionArgs, origin: Origin) {
  const signal = deps.lookUps.start(view.id);
  const pending = reviewView(deps, origin, signal);
  const inTime = await Promise.race([pending, after(LOOK_UP_MS, null, { ref: false })]);
  const shown = inTime ?? loadingModal();
  await acknowledge(() => ack({ response_action: 'update', view: shown }), deps.log);
  const review = await pending;
  if (!inTime && !signal.aborted) await replaceView(client, view.id, review);
  deps.lookUps.end(view.id);
}

function valueIn(input: Input | null): string | null {
  return input?.ok ? input.value : null;
}

const ENTER_ONE = 'Enter a chat ID, a handle, or both.';

function errorsOf(chat: Input | null, person: Input | null): Record<string, string> | null {
  if (!chat && !person) return { [CHAT_INPUT]: ENTER_ONE, [HANDLE_INPUT]: ENTER_ONE };
  const errors = {
    ...(chat?.ok === false && { [CHAT_INPUT]: chat.problem }),
    ...(person?.ok === false && { [HANDLE_INPUT]: person.problem }),
  };
  return Object.keys(errors).length > 0 ? errors : null;
}
