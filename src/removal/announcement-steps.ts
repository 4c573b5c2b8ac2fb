import { type Announcement, afterStep, nextStep, type Step, takeUpAnnouncement } from './announcement.js';
import type { Announceable, Log, Messenger, Observer, Posted, Store } from './ports.js';

export interface AnnouncementDeps {
  readonly store: Pick<Store, 'saveAnnouncement'>;
  readonly messenger: Messenger;
  readonly observer: Observer;
  readonly log: Log;
  readonly now: () => Date;
}

/** Carries out one step of a due announcement, for the loop: whatever people have to be told or shown next. */
export function createAnnouncementSteps({ store, messenger, observer, log, now }: AnnouncementDeps) {
  async function announce(due: Announceable): Promise<void> {
    const { announcement } = due;
    const held = await store.saveAnnouncement(takeUpAnnouncement(announcement, now()), now());
    if (!held) return;
    const subject = { ...due, announcement: held };
    const step = nextStep(subject, now());
    const posted = await carryOutStep(step, subject);
    const next = afterStep(step, subject, posted, now());
    if (!posted.ok) logFailedStep(step, next, posted);
    if (next.delivery.route !== announcement.delivery.route) observer.rerouted(next.delivery.route);
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
      case 'list':
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

  return announce;
}
