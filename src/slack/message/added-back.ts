import type { WebClient } from '@slack/web-api';
import type { AddedBack } from '../../removal/notice-runner.js';
import type { Posted } from '../../removal/ports.js';
import { mrkdwn, plain, section } from '../blocks.js';
import { toFailedPost } from './post-errors.js';
import { escapeMrkdwn, type HandleDisplay, showChat, showHandle, slackTime } from '../text.js';

export interface AddedBackDeps {
  readonly client: WebClient;
  readonly display: HandleDisplay;
  readonly onMisconfigured: () => void;
}

/** In the thread of the removal's message, mentioning who asked for it; directly to them where there is none. */
export function createAddedBackTeller({ client, display, onMisconfigured }: AddedBackDeps) {
  return async (addedBack: AddedBack): Promise<Posted> => {
    const { place, request } = addedBack;
    try {
      await client.chat.postMessage({
        channel: place?.channel ?? request.requestedBy,
        ...(place && { thread_ts: place.ts }),
        ...addedBackMessage(addedBack, display),
        parse: 'none',
        link_names: false,
        unfurl_links: false,
        unfurl_media: false,
      });
      return { ok: true, place };
    } catch (error) {
      const failure = toFailedPost(error);
      if (failure.why === 'misconfigured') onMisconfigured();
      return failure;
    }
  };
}

/** Linq names nobody who added them, so neither do we. */
export function addedBackMessage({ request, removal, addedAt }: AddedBack, display: HandleDisplay) {
  const person = showHandle(removal.handle, display);
  const chat = showChat(removal.chatName, removal.chatId, display);
  const sentence = `${person} was added back to ${chat}.`;
  const next = 'If that should not be, run /linq-remove again.';
  const mention = `<@${escapeMrkdwn(request.requestedBy)}>`;
  const when = `Added at ${slackTime(addedAt)}.`;
  return {
    text: `${mention} ${escapeMrkdwn(sentence)} ${when} ${next}`,
    blocks: [section(mrkdwn(`${mention} ${when}`)), section(plain(`${sentence} ${next}`))],
  };
}
