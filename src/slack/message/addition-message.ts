import type { Addition, AdditionStatus } from '../../removal/addition.js';
import { additionOutcome } from '../../removal/addition-outcome.js';
import { context, mrkdwn, plain, section } from '../blocks.js';
import type { Message } from './message.js';
import { plainText, quoteLinq, TRACE_LENGTH, timeWords } from './one-chat.js';
import { clean, cut, escapeMrkdwn, type HandleDisplay, showChat, showHandle } from '../text.js';

const EMOJI: Record<AdditionStatus, string> = {
  adding: ':hourglass_flowing_sand:',
  unsure: ':grey_question:',
  queued: ':hourglass_flowing_sand:',
  back: ':white_check_mark:',
  refused: ':no_entry:',
  unconfirmed: ':warning:',
};

/** The reply in the thread that tells how an addition stands. Pure. */
export function additionMessage(addition: Addition, display: HandleDisplay): Message {
  const traceId = addition.traceId === null ? null : cut(clean(addition.traceId), TRACE_LENGTH);
  const outcome = additionOutcome(addition, {
    person: showHandle(addition.handle, display),
    chat: showChat(addition.chatName, addition.chatId, display),
    traceId,
  });
  const quote = addition.status === 'refused' ? quoteLinq(addition.linqSays, display) : null;
  const time = outcome.when && timeWords(outcome.when);
  const asker = `<@${escapeMrkdwn(addition.requestedBy)}>`;
  const footer = [`Asked for by ${asker}`, ...(traceId ? [`Linq trace ${escapeMrkdwn(traceId)}`] : [])];
  const words = [escapeMrkdwn(plainText(outcome)), time, quote && escapeMrkdwn(quote)];
  return {
    text: `${words.filter(Boolean).join(' ')}\nAsked for by ${asker}.`,
    blocks: [
      section(mrkdwn(`*${outcome.headline}*  ${EMOJI[addition.status]}`)),
      section(plain(outcome.sentence)),
      ...(time ? [context(mrkdwn(time))] : []),
      ...(quote ? [context(plain(quote))] : []),
      context(mrkdwn(footer.join('  ·  '))),
    ],
  };
}
