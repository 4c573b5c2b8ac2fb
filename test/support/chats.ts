import type { SimChat } from '../../simulator/linq/chats.js';
import type { Message } from '../../simulator/slack/messages.js';
import { type Stage, type StageOptions, setStage } from './stage.js';

/** Somebody who is in no chat yet, and in whom the tests about many chats take an interest. */
export const MAX = '+12025550177';
const OTHERS = ['+12025550181', '+12025550182', '+12025550183'];

/** `chatIdOf(7)` ends in 0007. */
export function chatIdOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export interface ChatsOptions {
  readonly handle?: string;
  readonly name?: (number: number) => string | null;
}

/** So many groups of five with this person in them, `Group 1` and on. */
export function addChats(
  { linq }: Stage,
  count: number,
  { handle = MAX, name = (number) => `Group ${number}` }: ChatsOptions = {},
): readonly SimChat[] {
  return Array.from({ length: count }, (_, index) =>
    linq.addChat({ id: chatIdOf(index + 1), name: name(index + 1), members: [handle, ...OTHERS] }),
  );
}

/** A stage on which MAX is in so many chats. */
export async function stageWithChats(count: number, options?: StageOptions): Promise<Stage> {
  const stage = await setStage(options);
  addChats(stage, count);
  return stage;
}

/** How a chat is offered: its name and the end of its ID. */
export function offered(number: number): string {
  return `Group ${number} (…${chatIdOf(number).slice(-4)})`;
}

/** Alice asks for MAX's chats and chooses these of them. */
export async function chooses({ alice }: Stage, ...numbers: readonly number[]): Promise<void> {
  await alice.runs('/linq-remove');
  await alice.seesModal(/Remove participant/);
  alice.fills({ Handle: MAX });
  await alice.submits();
  await alice.seesModal(/Review removal/);
  alice.fills({ Chats: numbers.map(offered) });
}

export const upTo = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => index + 1);

/** The message of a request in #support, the latest where there are several. */
export function requestMessage({ slack, support }: Stage): Message {
  const message = slack.messagesIn(support.id).findLast((each) => !each.thread_ts && !each.ephemeralFor);
  if (!message) throw new Error('There is no message in #support.');
  return message;
}

/** What stands in threads, oldest first. */
export function repliesIn({ slack, support }: Stage): readonly Message[] {
  return slack.messagesIn(support.id).filter(({ thread_ts }) => thread_ts);
}
