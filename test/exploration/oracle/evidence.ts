import type { Said } from '../../../simulator/slack/said.js';
import type { Pair } from '../cast.js';
import type { Played } from '../player.js';
import { read, type Statement, type Unknown } from './reading.js';
import { wordsOfWindow } from './windows-told.js';

/** One state of something told, from `at` until the next. */
export interface State {
  readonly at: number;
  readonly text: string;
  readonly statements: readonly Statement[];
}

/** A message, an ephemeral or a window, with all its states. */
export interface Told {
  readonly id: string;
  readonly kind: 'message' | 'ephemeral' | 'window';
  /** The one person who sees it; null for a whole conversation. */
  readonly to: string | null;
  /** The first message of the thread it stands in; null outside of one. */
  readonly thread: string | null;
  readonly states: readonly State[];
  readonly isDeleted: boolean;
}

/** What the judgement rests on. */
export interface Evidence extends Played {
  readonly told: readonly Told[];
  readonly unknown: readonly string[];
  readonly endAt: number;
}

export function gather(played: Played): Evidence {
  const { stage } = played;
  const ids = stage.chats.map(({ id }) => id);
  const unknown = new Set<string>();
  const byId = new Map<string, Said[]>();
  const byPeople = writtenByPeople(stage);
  for (const said of stage.simulator.slack.said()) {
    if (byPeople.has(`${said.channel} ${said.id}`)) continue;
    if (said.kind === 'trouble' || said.kind === 'errors' || said.id === null) continue;
    const key = `${said.channel} ${said.id}`;
    byId.set(key, [...(byId.get(key) ?? []), said]);
  }
  const deleted = played.journal.marks.flatMap(({ ts }) => ts ?? []);
  const told = [...byId].map(([id, states]) => toTold(id, states, ids, unknown, deleted));
  return { ...played, told, unknown: [...unknown], endAt: stage.now() };
}

/** What people wrote themselves is nothing that they were told. */
function writtenByPeople({ simulator: { slack } }: Played['stage']): ReadonlySet<string> {
  const messages = [...slack.channels.values()].flatMap((channel) => channel.messages);
  return new Set(
    messages.filter(({ user }) => user !== slack.botUserId).map(({ channel, ts }) => `${channel} ${ts}`),
  );
}

function toTold(
  id: string,
  said: readonly Said[],
  chatIds: readonly string[],
  unknown: Set<string>,
  deleted: readonly string[],
): Told {
  const [first] = said as [Said];
  const isWindow = first.kind === 'window';
  const states = said
    .filter(({ kind }) => kind !== 'deleted')
    .map(({ at, text }) => {
      const words = isWindow ? wordsOfWindow(text) : { words: text };
      if (words && 'unknown' in words) unknown.add(words.unknown);
      const all = words && 'words' in words ? read(words.words, chatIds) : [];
      for (const each of all) if (each.meaning === 'unknown') unknown.add(each.sentence);
      return { at: at.getTime(), text, statements: all.filter(isKnown) };
    });
  return {
    id,
    kind: isWindow ? 'window' : first.kind === 'ephemeral' ? 'ephemeral' : 'message',
    to: first.to,
    thread: first.thread,
    states,
    isDeleted: deleted.some((ts) => id.endsWith(` ${ts}`)) || said.some(({ kind }) => kind === 'deleted'),
  };
}

function isKnown(each: Statement | Unknown): each is Statement {
  return each.meaning !== 'unknown';
}

export function samePair(a: { member: string | null; chat: string | null }, b: Pair): boolean {
  return a.member === b.member && a.chat === b.chat;
}
