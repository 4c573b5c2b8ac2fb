import { type Announcement, afterStep, nextStep, type Step, takeUpAnnouncement } from './announcement.js';
import { afterLook, afterSending, explainRefusal, isWorthExplaining, takeUp } from './lifecycle.js';
import type { Announceable, LinqClient, Log, Messenger, Posted, Store } from './ports.js';
import type { Removal } from './removal.js';

export interface RunnerDeps {
  readonly store: Store;
  readonly linq: LinqClient;
  readonly messenger: Messenger;
  readonly log: Log;
  readonly now: () => Date;
  /** How long proof is looked for before a removal ends as `unconfirmed`, in milliseconds. */
  readonly confirmWindowMs: number;
}

export interface Runner {
  /** Carries out everything that is due now, and what becomes due by it. Rejects only when the store does not answer. */
  tick(): Promise<void>;
  /** Settles when nothing that this process took up is still under way. */
  idle(): Promise<void>;
  /** Takes up nothing any more; what is under way goes on. */
  close(): void;
}

/** Calls under way at once, over all requests. */
const CONCURRENCY = 8;

/**
 * The one loop: first attempt, retry, recovery after a crash, confirmation and the message all pass through here.
 * It holds no state that matters: what is due stands in the store, and a lease keeps others off while a step runs.
 */
export function createRunner({ store, linq, messenger, log, now, confirmWindowMs }: RunnerDeps): Runner {
  const underWay = new Set<Promise<void>>();
  let open = true;

  async function tick(): Promise<void> {
    while (open) {
      const started = [...(await startRemovals()), ...(await startAnnouncements())];
      if (started.length === 0) return;
      await Promise.all(started);
    }
  }

  async function startRemovals(): Promise<Promise<void>[]> {
    const due = await store.dueRemovals(now(), freePlaces());
    return due.map((removal) => track(carryOut(removal), { removal: removal.id }));
  }

  async function startAnnouncements(): Promise<Promise<void>[]> {
    const due = await store.dueAnnouncements(now(), CONCURRENCY);
    return due.map((subject) => track(announce(subject), { request: subject.request.id }));
  }

  function freePlaces(): number {
    return Math.max(0, CONCURRENCY - underWay.size);
  }

  /** One failing item must not stop the others; its lease runs out and it is taken up again. */
  function track(work: Promise<void>, fields: Record<string, unknown>): Promise<void> {
    const tracked = work
      .catch((error: unknown) =>
        log.error({ ...fields, err: error }, 'A step failed and will be taken up again'),
      )
      .finally(() => underWay.delete(tracked));
    underWay.add(tracked);
    return tracked;
  }

  /** One step of one removal: take it up, look at the chat, send if that is what comes next, record what came of it. */
  async function carryOut(due: Removal): Promise<void> {
    const taken = await record(due, takeUp(due, now()));
    if (!taken) return;
    const looked = afterLook(taken, await linq.readChat(taken.chatId), now(), confirmWindowMs);
    // Taken up for sending and still to be sent: the store knows that already.
    const sendable = looked.status === 'sending' && taken.status === 'sending';
    const removal = sendable ? looked : await record(taken, looked);
    if (removal?.status === 'sending') await send(removal);
  }

  async function send(removal: Removal): Promise<void> {
    const answer = await linq.removeParticipant(removal.chatId, removal.handle);
    const answered = afterSending(removal, answer, now());
    const explained = isWorthExplaining(answer)
      ? explainRefusal(answered, await linq.readChat(removal.chatId), now())
      : answered;
    await record(removal, explained);
  }

  /** Writes a transition, and in the same breath asks for the message to follow where it changes what people read. */
  async function record(before: Removal, after: Removal): Promise<Removal | null> {
    const isNews = after.status !== before.status && after.status !== 'sending';
    const saved = await store.saveRemoval(after, isNews ? { at: now() } : null);
    if (saved && after.status !== before.status) logTransition(before, saved);
    return saved;
  }

  function logTransition(before: Removal, after: Removal): void {
    const { requestId, id, chatId, status, reason, attempts, traceId } = after;
    const fields = { request: requestId, removal: id, chatId, status, reason, attempts, traceId };
    log.info(fields, `Removal ${before.status} → ${status}`);
  }

  async function announce({ announcement, request, removals }: Announceable): Promise<void> {
    const held = await store.saveAnnouncement(takeUpAnnouncement(announcement, now()), now());
    if (!held) return;
    const subject = { announcement: held, request, removals };
    const step = nextStep(subject, now());
    const posted = await carryOutStep(step, subject);
    const next = afterStep(step, subject, posted, now());
    if (!posted.ok) logFailedStep(step, next, posted);
    await store.saveAnnouncement(next, now());
  }

  async function carryOutStep(step: Step, subject: Announceable): Promise<Posted> {
    const { place } = subject.announcement;
    switch (step) {
      case 'post':
        return messenger.post('channel', subject);
      case 'post-to-person':
        return messenger.post('person', subject);
      case 'respond':
        return messenger.respond(subject);
      case 'edit':
      case 'tell':
        return place ? messenger[step](place, subject) : { ok: true, place: null };
      case 'rest':
        return { ok: true, place: null };
    }
  }

  function logFailedStep(step: Step, next: Announcement, posted: Posted & { ok: false }): void {
    const fields = {
      request: next.requestId,
      step,
      why: posted.why,
      route: next.delivery.route,
      tries: next.tries,
    };
    if (next.delivery.route === 'nowhere') log.error(fields, 'The outcome could not be told to anyone');
    else log.warn(fields, 'Telling the outcome did not work; it goes on');
  }

  return {
    tick,
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    close() {
      open = false;
    },
  };
}
