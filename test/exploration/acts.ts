import type { ChatName, MemberName, PersonName } from './cast.js';
import type { Setting } from './setting.js';
import type { LinqTrouble, SlackTrouble } from './troubles.js';

/*
 * The language of stories: plain data, so that a story can be drawn, shortened, kept in a file and told. An act that
 * makes no sense at its moment (there is no such button, no window is open) is skipped: every list of acts is a story.
 */

/** Something a person does in Slack. */
export type PersonAct =
  /** Types the command with a chat and a handle. */
  | {
      readonly do: 'names both';
      readonly who: PersonName;
      readonly member: MemberName;
      readonly chat: ChatName;
    }
  /** Types the command with a handle alone, and is offered that person's chats. */
  | { readonly do: 'names a person'; readonly who: PersonName; readonly member: MemberName }
  /** Types the command with a chat alone, and is offered its members. */
  | { readonly do: 'names a chat'; readonly who: PersonName; readonly chat: ChatName }
  /** Types the command with several people, and a chat or none. */
  | {
      readonly do: 'names several';
      readonly who: PersonName;
      readonly members: readonly MemberName[];
      readonly chat: ChatName | null;
    }
  /** Uses the shortcut that asks for everything, and fills in the window. */
  | {
      readonly do: 'uses the shortcut';
      readonly who: PersonName;
      readonly members: readonly MemberName[];
      readonly chat: ChatName | null;
    }
  /** Writes a message that names these, uses the shortcut on it, and goes on from the window. */
  | {
      readonly do: 'uses the shortcut on a message';
      readonly who: PersonName;
      readonly members: readonly MemberName[];
      readonly chat: ChatName | null;
    }
  /** Goes back from a review to the first window. */
  | { readonly do: 'goes back'; readonly who: PersonName }
  /** In the first window: fills in another handle, and another chat or none. */
  | {
      readonly do: 'types again';
      readonly who: PersonName;
      readonly member: MemberName;
      readonly chat: ChatName | null;
    }
  /** Chooses among what the window offers: the n-th of them, for each n. */
  | { readonly do: 'chooses'; readonly who: PersonName; readonly picks: readonly number[] }
  /** Presses the window's button, once or twice. The answer may get lost on its way back. */
  | { readonly do: 'submits'; readonly who: PersonName; readonly times: 1 | 2; readonly ackLost: boolean }
  /** Presses a button in the newest message that shows it. */
  | {
      readonly do: 'presses';
      readonly who: PersonName;
      readonly button: Button;
      readonly times: 1 | 2;
      readonly ackLost: boolean;
    }
  /** In the window of a request for approval: says no, and why. */
  | { readonly do: 'declines'; readonly who: PersonName }
  /** Takes back what they asked for, before it is decided. */
  | { readonly do: 'withdraws'; readonly who: PersonName }
  /** Keeps everything from being sent to Linq, by the command. */
  | { readonly do: 'pauses'; readonly who: PersonName }
  | { readonly do: 'resumes'; readonly who: PersonName }
  | { readonly do: 'closes the window'; readonly who: PersonName }
  | { readonly do: 'asks for the history'; readonly who: PersonName };

export type Button = 'Stop' | 'Retry' | 'Review' | 'Add back…' | 'Withdraw…' | 'Receipt…';

/** Something that happens at Linq. */
export type LinqAct =
  | {
      readonly do: 'Linq has trouble';
      readonly with: 'removals' | 'additions' | 'chats' | 'lists' | 'our lines';
      readonly how: LinqTrouble;
      readonly times: number;
    }
  | { readonly do: 'Linq is away'; readonly seconds: number }
  | { readonly do: 'leaves'; readonly member: MemberName; readonly chat: ChatName }
  | { readonly do: 'is added by a member'; readonly member: MemberName; readonly chat: ChatName }
  /** It says in no reading which line is ours, nor knows it by its number. */
  | { readonly do: 'Linq marks our line nowhere' }
  | { readonly do: 'our line leaves'; readonly chat: ChatName }
  /** Everybody but our line, pat and max. */
  | { readonly do: 'the others leave'; readonly chat: ChatName }
  | { readonly do: 'is renamed'; readonly chat: ChatName; readonly to: string };

/** Something that happens in Slack. */
export type SlackAct =
  | {
      readonly do: 'Slack has trouble';
      readonly with: SlackMethod;
      readonly how: SlackTrouble;
      readonly times: number;
    }
  | { readonly do: 'Slack is away'; readonly seconds: number }
  /** It is uninstalled; then it is installed again, and started anew. */
  | { readonly do: 'Slack takes the app away'; readonly seconds: number }
  | {
      readonly do: 'the channel' | 'the channel of the approvers';
      readonly becomes: 'shared' | 'archived' | 'closed to the bot' | 'as it was';
    }
  /** In the channel, unless somewhere else is named. */
  | { readonly do: 'a message is deleted'; readonly where?: 'among approvers' | 'in a direct message' }
  /** The person has closed their direct conversation to the app; or opened it again. */
  | { readonly do: 'takes no direct messages' | 'takes direct messages'; readonly who: PersonName };

export const SLACK_METHODS = [
  'chat.postMessage',
  'chat.update',
  'views.open',
  'views.update',
  'users.info',
  'conversations.info',
  'conversations.members',
  'usergroups.users.list',
  'response_url',
] as const;
export type SlackMethod = (typeof SLACK_METHODS)[number];

/** Something that happens to the app's processes. */
export type ProcessAct =
  /** Killed at the n-th write, call or answer from now, and started again. */
  | { readonly do: 'is killed'; readonly moments: number; readonly downFor: number }
  | { readonly do: 'is restarted' }
  | { readonly do: 'a second process comes' }
  | { readonly do: 'a second process goes' }
  /** The n-th write from now fails. */
  | { readonly do: 'the store fails'; readonly writes: number }
  /** The wall clock of all processes is moved, in minutes. */
  | { readonly do: 'the clock jumps'; readonly minutes: number };

/** Time passes: the pause is all there is to it. */
export interface QuietAct {
  readonly do: 'nothing happens';
}

/** An act, and how long after its end the next one begins, in seconds; null: both begin at the same moment. */
export type Act = (PersonAct | LinqAct | SlackAct | ProcessAct | QuietAct) & {
  readonly pause: number | null;
};

export interface Story {
  readonly setting: Setting;
  readonly acts: readonly Act[];
}
