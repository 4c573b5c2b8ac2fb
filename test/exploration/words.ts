import type { Act, Story } from './acts.js';
import { PLAIN, type Setting } from './setting.js';

/** A story as one would tell it. */
export function tell({ setting, acts }: Story): string {
  const lines = acts.map(
    (act, index) => `  ${String(index + 1).padStart(2)}. ${sentence(act)}${pauseWords(act)}`,
  );
  return [`  Setting: ${settingWords(setting)}`, ...lines].join('\n');
}

function settingWords(setting: Setting): string {
  const unusual = Object.entries(setting).filter(([key, value]) => PLAIN[key as keyof Setting] !== value);
  return unusual.length === 0 ? 'as usual' : unusual.map(([key, value]) => `${key} ${value}`).join(', ');
}

const LONG_PAUSE = 3_000;

function pauseWords({ pause }: Act): string {
  if (pause === null) return ' At the same moment:';
  if (pause === 0) return '';
  return pause < LONG_PAUSE ? ` (${pause} s pass)` : ` (${Math.round(pause / 6) / 10} minutes pass)`;
}

function sentence(act: Act): string {
  switch (act.do) {
    case 'names both':
      return `${act.who} types the command with ${act.member} and the chat “${act.chat}”.`;
    case 'names a person':
      return `${act.who} types the command with ${act.member} alone, and sees their chats.`;
    case 'names a chat':
      return `${act.who} types the command with the chat “${act.chat}” alone, and sees its members.`;
    case 'names several':
      return `${act.who} types the command with ${these(act.members)} and ${inChat(act.chat)}.`;
    case 'uses the shortcut':
      return `${act.who} uses the shortcut, fills in ${these(act.members)} and ${inChat(act.chat)}, and goes on.`;
    case 'uses the shortcut on a message':
      return `${act.who} writes a message with ${these(act.members)} and ${inChat(act.chat)}, uses the shortcut on it, and goes on.`;
    case 'types again':
      return `${act.who} fills in ${act.member} and ${inChat(act.chat)}, and goes on.`;
    case 'goes back':
      return `${act.who} goes back to the first window.`;
    case 'chooses':
      return `${act.who} chooses number ${act.picks.map((pick) => pick + 1).join(', ')} of what is offered.`;
    case 'submits':
      return `${act.who} presses the window's button${twice(act.times)}${lost(act.ackLost)}.`;
    case 'presses':
      return `${act.who} presses “${act.button}” on the newest message that has it${twice(act.times)}${lost(act.ackLost)}.`;
    case 'declines':
      return `${act.who} declines, and says why.`;
    case 'withdraws':
      return `${act.who} withdraws what they asked for.`;
    case 'pauses':
      return `${act.who} pauses everything.`;
    case 'resumes':
      return `${act.who} lets it go on.`;
    case 'closes the window':
      return `${act.who} closes the window.`;
    case 'asks for the history':
      return `${act.who} asks for the history.`;
    case 'Linq has trouble':
      return `Linq, at the next ${act.times} calls for ${act.with}: ${act.how}.`;
    case 'Linq is away':
    case 'Slack is away':
      return `${act.do} for ${act.seconds} s.`;
    case 'Slack takes the app away':
      return `The app is uninstalled, and installed again ${act.seconds} s later.`;
    case 'leaves':
      return `${act.member} leaves “${act.chat}” on their own.`;
    case 'is added by a member':
      return `A member adds ${act.member} to “${act.chat}”.`;
    case 'Linq marks our line nowhere':
      return 'Linq says nowhere which line is ours.';
    case 'our line leaves':
      return `Our line leaves “${act.chat}”.`;
    case 'the others leave':
      return `Everybody but our line, pat and max leaves “${act.chat}”.`;
    case 'is renamed':
      return `“${act.chat}” is renamed to ${JSON.stringify(act.to)}.`;
    case 'Slack has trouble':
      return `Slack, at the next ${act.times} calls of ${act.with}: ${act.how}.`;
    case 'the channel':
    case 'the channel of the approvers':
      return `${act.do.replace('the', 'The')} is ${act.becomes}.`;
    case 'a message is deleted':
      return `The newest message of the app${act.where ? ` ${act.where}` : ''} is deleted.`;
    case 'takes no direct messages':
    case 'takes direct messages':
      return `${act.who} ${act.do} from the app.`;
    case 'nothing happens':
      return 'Nothing happens.';
    case 'is killed':
      return `The process is killed at the ${act.moments}. write, call or answer from here, and started again ${act.downFor} s later.`;
    case 'is restarted':
      return 'The process is stopped in order and started again.';
    case 'a second process comes':
      return 'A second process is started.';
    case 'a second process goes':
      return 'The second process is killed.';
    case 'the store fails':
      return `The ${act.writes}. write to the store from here fails.`;
    case 'the clock jumps':
      return `The clock jumps by ${act.minutes} minutes.`;
  }
}

const these = (members: readonly string[]) => members.join(', ');
const inChat = (chat: string | null) => (chat ? `the chat “${chat}”` : 'no chat');
const twice = (times: number) => (times > 1 ? ' twice at once' : '');
const lost = (isLost: boolean) => (isLost ? '; the answer gets lost' : '');
