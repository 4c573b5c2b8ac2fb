import type { Place } from './announcement.js';
import { afterNotice, isSpent, type Notice, type NoticeStore, takeUpNotice } from './notice.js';
import type { Announceable, Log, Posted } from './ports.js';
import type { Removal, Request } from './removal.js';

/** What is told, and to whom: in the thread of `place`, or directly to the person who asked when it is null. */
export interface AddedBack {
  readonly place: Place | null;
  readonly request: Request;
  readonly removal: Removal;
  readonly addedAt: Date;
}

export interface NoticeRunnerDeps {
  readonly notices: NoticeStore;
  readonly findRequest: (id: string) => Promise<Announceable | null>;
  /** Never rejects for anything Slack or the network may do. */
  readonly tell: (addedBack: AddedBack) => Promise<Posted>;
  readonly log: Log;
  readonly now: () => Date;
}

export interface NoticeRunner {
  /** Tells what is due now. Rejects when the store does not answer. */
  tick(): Promise<void>;
  /** Settles when none is being told. */
  idle(): Promise<void>;
}

const AT_ONCE = 20;

/** Carries notices to Slack one after the other; there are few, and each waits in the store until it is told. */
export function createNoticeRunner({ notices, findRequest, tell, log, now }: NoticeRunnerDeps): NoticeRunner {
  let round: Promise<void> | null = null;

  function tick(): Promise<void> {
    round ??= goOn().finally(() => {
      round = null;
    });
    return round;
  }

  async function goOn(): Promise<void> {
    for (;;) {
      const due = await notices.dueNotices(now(), AT_ONCE);
      for (const notice of due) await carry(notice);
      if (due.length === 0) return;
    }
  }

  async function carry(due: Notice): Promise<void> {
    const notice = await notices.saveNotice(takeUpNotice(due, now()));
    if (!notice) return;
    const posted: Posted = isSpent(notice) ? { ok: true, place: null } : await tellAbout(notice);
    if (!posted.ok) log.warn({ removal: notice.removalId, why: posted.why }, 'A notice could not be told');
    await notices.saveNotice(afterNotice(notice, posted, now()));
  }

  async function tellAbout({ requestId, removalId, route, addedAt }: Notice): Promise<Posted> {
    const subject = await findRequest(requestId);
    const removal = subject?.removals.find(({ id }) => id === removalId);
    if (!subject || !removal) return { ok: true, place: null };
    const place = route === 'thread' ? subject.announcement.place : null;
    return tell({ place, request: subject.request, removal, addedAt });
  }

  return { tick, idle: async () => void (await round?.catch(() => {})) };
}
