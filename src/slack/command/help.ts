import { clean, cut, escapeMrkdwn } from '../blocks/text.js';
import { COMMAND } from './name.js';

/** What the command answers in words, visible to the person alone. In mrkdwn. */
export const HELP = [
  `*${COMMAND}* takes a person out of a Linq group chat. You review it before anything is removed.`,
  `• \`${COMMAND}\` asks for the chat and the person`,
  `• \`${COMMAND} +12052499136\` or \`${COMMAND} 550e8400-e29b-41d4-a716-446655440000\` fills in what you know`,
  `• \`${COMMAND} Launch crew +12052499136\` goes straight to the review; a chat is its ID, a link with it, or part of its name`,
  `• \`${COMMAND} where +12052499136\` shows that person’s group chats, and changes nothing`,
  `• \`${COMMAND} history\`, also with a person or a chat ID, shows what was removed lately`,
  `• \`${COMMAND} pause\`, also with a reason, keeps everything from being sent to Linq until \`${COMMAND} resume\``,
  'Several people at once, up to 20, are separated by commas or blanks.',
  'On a message, also in a thread: *More actions* → *Remove from a Linq chat*, and the result is posted there.',
  'People are phone numbers or email addresses. The result is posted here and stays up to date.',
].join('\n');

/** The window did not open. `typed` is repeated, so that running it again is a copy away. */
export function tooLate(typed: string): string {
  const again = escapeMrkdwn(cut(clean(`${COMMAND} ${typed}`), 300));
  return `Slack did not open the window, because this took too long or the command arrived twice. That changes nothing. If you see no window, please run it again: \`${again.replaceAll('`', "'")}\``;
}
