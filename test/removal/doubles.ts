import type {
  Announceable,
  ChatAnswer,
  LinqClient,
  Log,
  Messenger,
  Posted,
  Store,
} from '../../src/removal/ports.js';
import { type Removal, UNANSWERED } from '../../src/removal/removal.js';
import { aChat, accepts, fails, frozen, shows } from '../support/build.js';

/* The runner's world in memory: as small as its ports allow, and as strict about versions as the real store. */

export interface MemoryStore extends Store {
  removal(id: string): Removal;
  subject(requestId: string): Announceable;
  /** What a second process would do: writes past the first one's version. */
  touch(id: string): void;
}

export function memoryStore(...subjects: readonly Announceable[]): MemoryStore {
  const byRequest = new Map(subjects.map((subject) => [subject.request.id, frozen(subject)]));
  const all = () => [...byRequest.values()];
  const subject = (requestId: string) => {
    const found = byRequest.get(requestId);
    if (!found) throw new Error(`No request ${requestId}`);
    return found;
  };
  const removal = (id: string) => {
    const found = all()
      .flatMap(({ removals }) => removals)
      .find((each) => each.id === id);
    if (!found) throw new Error(`No removal ${id}`);
    return found;
  };
  const put = (changed: Announceable) => byRequest.set(changed.request.id, frozen(changed));
  const putRemoval = (changed: Removal) => {
    const { removals, ...rest } = subject(changed.requestId);
    put({ ...rest, removals: removals.map((each) => (each.id === changed.id ? changed : each)) });
  };
  const isDue = (now: Date) => (each: { dueAt: Date | null }) => each.dueAt !== null && each.dueAt <= now;

  function countNews(requestId: string, at: Date): void {
    const { announcement, ...rest } = subject(requestId);
    const waits =
      announcement.held ||
      (announcement.shown === 0 && rest.removals.some(({ status }) => UNANSWERED.includes(status)));
    const dueAt = waits ? announcement.dueAt : at;
    put({ ...rest, announcement: { ...announcement, wanted: announcement.wanted + 1, dueAt } });
  }

  return {
    removal,
    subject,
    touch: (id) => putRemoval({ ...removal(id), version: removal(id).version + 1 }),
    approve: async () => false,
    dueRemovals: async (now, limit) =>
      all()
        .flatMap(({ removals }) => removals.filter(isDue(now)))
        .slice(0, limit),
    async saveRemoval(changed, news) {
      if (removal(changed.id).version !== changed.version) return null;
      putRemoval({ ...changed, version: changed.version + 1 });
      if (news) countNews(changed.requestId, news.at);
      return removal(changed.id);
    },
    approveAdditions: async () => false,
    dueAdditions: async () => [],
    saveAddition: async () => null,
    openRemovals: async () => ({ count: 0, oldest: null }),
    findRequest: async (id) => byRequest.get(id) ?? null,
    noteStop: async () => {},
    dueAnnouncements: async (now, limit) =>
      all()
        .filter(({ announcement }) => isDue(now)(announcement))
        .slice(0, limit),
    async saveAnnouncement(given, now) {
      const { announcement, ...rest } = subject(given.requestId);
      if (announcement.version !== given.version) return null;
      const { wanted } = announcement;
      const stands = given.dueAt !== null && given.shown < given.wanted;
      const dueAt = !stands && wanted > given.shown ? now : given.dueAt;
      const saved = { ...given, wanted, dueAt, version: given.version + 1 };
      put({ ...rest, announcement: saved });
      return { ...saved, wanted: given.wanted };
    },
    ping: async () => {},
    close: async () => {},
  };
}

export interface LinqDouble extends LinqClient {
  readonly deletes: readonly string[];
}

/** Linq that lists pat and accepts every removal, unless told otherwise. */
export function linqDouble(changes: Partial<LinqClient> = {}): LinqDouble {
  const deletes: string[] = [];
  return {
    deletes,
    readChat: async (): Promise<ChatAnswer> => shows(aChat()),
    chatsOf: async () => fails(),
    addParticipant: async () => accepts(),
    checkAccess: async () => ({ ok: true }),
    ...changes,
    removeParticipant: async (chatId, handle) => {
      deletes.push(`${chatId} ${handle}`);
      return changes.removeParticipant?.(chatId, handle) ?? accepts();
    },
  };
}

export interface MessengerDouble extends Messenger {
  /** Each step at Slack with the statuses it spoke about: `post queued`. */
  readonly said: readonly string[];
}

/** Slack that takes everything, unless `answer` says otherwise. */
export function messengerDouble(
  answer: (step: string) => Promise<Posted> = async () => ({
    ok: true,
    place: { channel: 'C0SUPPORT', ts: '1.1' },
  }),
): MessengerDouble {
  const said: string[] = [];
  const say = (step: string, { removals }: Announceable) => {
    said.push([step, ...removals.map(({ status }) => status)].join(' '));
    return answer(step);
  };
  return {
    said,
    post: (to, subject) => say(to === 'channel' ? 'post' : 'post-to-person', subject),
    edit: (_place, subject) => say('edit', subject),
    respond: (subject) => say('respond', subject),
    list: (_place, subject) => say('list', subject),
    tell: (_place, subject) => say('tell', subject),
    tellAddition: () => answer('tell-addition'),
  };
}

export interface LogDouble extends Log {
  readonly lines: readonly string[];
}

export function logDouble(): LogDouble {
  const lines: string[] = [];
  const at = (level: string) => (fields: Record<string, unknown>, message: string) => {
    const err = fields.err instanceof Error ? fields.err.message : '';
    lines.push(`${level}: ${message} ${JSON.stringify(fields)} ${err}`.trim());
  };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}
