import {
  type Announcement,
  afterStep,
  announcementFor,
  type Delivery,
  nextStep,
  type Step,
  takeUpAnnouncement,
} from '../../src/removal/announcement.js';
import type { Announceable, Posted } from '../../src/removal/ports.js';
import type { Removal, Request } from '../../src/removal/removal.js';
import { anAnnouncement, aRemoval, aRequest, aSubject, at, frozen, NOW } from '../support/build.js';

const PLACE = { channel: 'C0SUPPORT', ts: '1.1' };
const DIRECT = { channel: 'D0ALICE', ts: '2.2' };
const queued = aRemoval({ status: 'queued' });
const removed = aRemoval({ status: 'removed' });
const unconfirmed = aRemoval({ status: 'unconfirmed', reason: 'still-listed' });

const ok = (place: typeof PLACE | null = PLACE): Posted => ({ ok: true, place });
const failed = (
  why: (Posted & { ok: false })['why'],
  more: { hint?: Delivery['hint']; retryAfterMs?: number } = {},
): Posted => ({ ok: false, why, hint: more.hint ?? null, retryAfterMs: more.retryAfterMs ?? null });

/** A message, what it speaks about and the time: played forward step by step, as the loop does. */
function play(removals: readonly Removal[], request: Request = aRequest(), start?: Announcement) {
  let announcement = frozen(start ?? announcementFor(request));
  let about = frozen(removals);
  const steps: Step[] = [];
  const subject = (): Announceable => ({
    announcement,
    request,
    removals: about,
    proposal: null,
    additions: [],
  });

  return {
    steps,
    now: () => announcement,
    /** Takes the message up, does what comes next, and hears this from Slack. */
    step(posted: Posted, seconds = 0): Announcement {
      announcement = frozen(takeUpAnnouncement(announcement, at(seconds)));
      const step = nextStep(subject(), at(seconds));
      steps.push(step);
      announcement = frozen(afterStep(step, subject(), posted, at(seconds)));
      return announcement;
    },
    /** The process dies with the message in its hands. */
    dies(seconds = 0) {
      announcement = frozen(takeUpAnnouncement(announcement, at(seconds)));
    },
    /** Removals moved on: the store counts news. */
    news(...changed: readonly Removal[]) {
      about = frozen(changed);
      announcement = frozen({ ...announcement, wanted: announcement.wanted + 1 });
    },
  };
}

describe('the first word', () => {
  it('comes after four seconds at the latest', () => {
    expect(announcementFor(aRequest())).toMatchObject({ dueAt: at(4), wanted: 1, shown: 0, place: null });
  });

  it('is posted in the channel, and is then all there is to do', () => {
    const message = play([removed]);
    expect(message.step(ok())).toMatchObject({ place: PLACE, shown: 1, held: false, dueAt: null });
    expect(message.step(ok())).toMatchObject({ dueAt: null });
    expect(message.steps).toEqual(['post', 'rest']);
  });

  it('is leased for longer than Slack may take', () => {
    expect(takeUpAnnouncement(anAnnouncement(), NOW)).toEqual(anAnnouncement({ held: true, dueAt: at(15) }));
  });
});

describe('what follows', () => {
  it('is an edit for every piece of news', () => {
    const message = play([queued]);
    message.step(ok());
    message.news(removed);
    expect(message.step(ok(), 5)).toMatchObject({ shown: 2, wanted: 2, dueAt: null });
    expect(message.steps).toEqual(['post', 'edit']);
  });

  it('does not swallow news that came while Slack was busy', () => {
    const message = play([queued]);
    message.step(ok());
    message.news(queued);
    message.news(removed);
    expect(message.step(ok(), 5)).toMatchObject({ shown: 3, wanted: 3 });
  });

  it('tells a late bad ending once in the thread', () => {
    const message = play([queued]);
    message.step(ok());
    message.news(unconfirmed);
    expect(message.step(ok(), 5)).toMatchObject({ dueAt: at(6), told: false });
    expect(message.step(ok(), 6)).toMatchObject({ dueAt: null, told: true });
    message.news(unconfirmed);
    message.step(ok(), 9);
    message.step(ok(), 10);
    expect(message.steps).toEqual(['post', 'edit', 'tell', 'edit', 'rest']);
  });

  it.each<[string, Removal, Removal]>([
    ['an early bad ending: the first message already says it', unconfirmed, unconfirmed],
    ['a late good ending', queued, removed],
    ['an ending that was gone before', queued, aRemoval({ status: 'gone' })],
  ])('does not tell %s', (_what, first, last) => {
    const message = play([first]);
    message.step(ok());
    message.news(last);
    message.step(ok(), 5);
    message.step(ok(), 6);
    expect(message.steps).toEqual(['post', 'edit', 'rest']);
  });

  it('waits with the thread until every removal has ended', () => {
    const message = play([queued, queued]);
    message.step(ok());
    message.news(unconfirmed, queued);
    expect(message.step(ok(), 5)).toMatchObject({ dueAt: null });
    message.news(unconfirmed, removed);
    expect(message.step(ok(), 9)).toMatchObject({ dueAt: at(10) });
    message.step(ok(), 10);
    expect(message.steps).toEqual(['post', 'edit', 'edit', 'tell']);
  });

  it.each<[string, Posted]>([
    ['refused', failed('refused')],
    ['heard of twice no more', failed('unknown')],
  ])('lets the thread be when it is %s: the message itself says it', (_what, posted) => {
    const message = play([queued]);
    message.step(ok());
    message.news(unconfirmed);
    message.step(ok(), 5);
    while (!message.now().told) message.step(posted, 6);
    expect(message.now().dueAt).toBeNull();
    expect(message.steps.filter((step) => step === 'tell').length).toBeLessThanOrEqual(2);
  });

  it('puts the whole list of many chats into the thread when all have ended, before a bad ending', () => {
    const many = (last: Removal) => [...Array.from({ length: 30 }, () => removed), last];
    const message = play(many(queued));
    message.step(ok());
    message.news(...many(unconfirmed));
    for (const second of [5, 6, 7, 8]) message.step(ok(), second);
    expect(message.steps).toEqual(['post', 'edit', 'list', 'tell', 'rest']);
    expect(message.now()).toMatchObject({ listed: true, told: true, dueAt: null });
  });
});

describe('an edit that fails', () => {
  const shown = anAnnouncement({ place: PLACE, shown: 1, wanted: 2 });
  const edit = (posted: Posted, changes: Partial<Announcement> = {}) =>
    play([removed], aRequest(), { ...shown, ...changes }).step(posted);

  it.each(['unknown', 'later', 'misconfigured'] as const)('is repeated without end when %s', (why) => {
    expect(edit(failed(why), { tries: 50 })).toMatchObject({ place: PLACE, shown: 1, dueAt: at(300) });
    expect(edit(failed(why))).toMatchObject({ tries: 1, dueAt: at(2), held: false });
  });

  it('posts the message anew where it was lost', () => {
    const message = play([removed], aRequest(), shown);
    expect(message.step(failed('lost'))).toMatchObject({ place: null, dueAt: NOW });
    expect(message.step(ok({ channel: 'C0SUPPORT', ts: '9.9' }))).toMatchObject({ place: { ts: '9.9' } });
    expect(message.steps).toEqual(['edit', 'post']);
  });

  it('posts a lost direct message to the person again', () => {
    const delivery = { route: 'person', hint: 'invite' } as const;
    const message = play([removed], aRequest(), { ...shown, place: DIRECT, delivery });
    message.step(failed('lost'));
    message.step(ok(DIRECT));
    expect(message.steps).toEqual(['edit', 'post-to-person']);
  });

  it('takes the next way when the door is closed', () => {
    const message = play([removed], aRequest(), shown);
    const delivery = { route: 'response', hint: 'closed' };
    expect(message.step(failed('refused', { hint: 'closed' }))).toMatchObject({ place: null, delivery });
    message.step(ok(null));
    expect(message.steps).toEqual(['edit', 'respond']);
  });
});

describe('a first post that fails', () => {
  it.each<[string, Posted, Partial<Delivery>]>([
    ['refused', failed('refused', { hint: 'invite' }), { hint: 'invite' }],
    ['misconfigured', failed('misconfigured', { hint: 'admin' }), { hint: 'admin' }],
    ['asked to wait for long', failed('later', { retryAfterMs: 60_001 }), { hint: null }],
  ])('takes the response URL at once when %s', (_why, posted, delivery) => {
    expect(play([queued]).step(posted)).toMatchObject({
      delivery: { route: 'response', ...delivery },
      tries: 0,
      dueAt: NOW,
      held: false,
    });
  });

  it.each([
    [30_000, 30],
    [60_000, 60],
    [1_000, 2],
    [undefined, 2],
  ])('is made again when Slack asked to wait %s ms', (retryAfterMs, seconds) => {
    const posted = failed('later', retryAfterMs === undefined ? {} : { retryAfterMs });
    expect(play([queued]).step(posted)).toMatchObject({
      delivery: { route: 'channel' },
      dueAt: at(seconds),
    });
  });

  it('is made once more when its fate is unknown, and no more than once', () => {
    const message = play([queued]);
    expect(message.step(failed('unknown'))).toMatchObject({ delivery: { route: 'channel' }, dueAt: at(2) });
    expect(message.step(failed('unknown'), 2)).toMatchObject({ delivery: { route: 'response' } });
    message.step(ok(null), 2);
    expect(message.steps).toEqual(['post', 'post', 'respond']);
  });

  it('counts a process that died over it as a try of unknown fate', () => {
    const message = play([queued]);
    message.dies();
    message.step(ok(), 15);
    expect(message.steps).toEqual(['post']);

    const unlucky = play([queued]);
    unlucky.dies();
    unlucky.dies(15);
    unlucky.step(ok(null), 30);
    expect(unlucky.steps).toEqual(['respond']);
  });

  it('waits longer each time, up to five minutes', () => {
    const waits = [0, 1, 2, 3, 8, 9, 2_000].map((tries) => {
      const message = play([queued], aRequest(), anAnnouncement({ tries }));
      const { dueAt } = message.step(failed('later'));
      return ((dueAt?.getTime() ?? 0) - NOW.getTime()) / 1_000;
    });
    expect(waits).toEqual([2, 4, 8, 16, 300, 300, 300]);
  });
});

describe('the way through the response URL', () => {
  const rerouted = anAnnouncement({ delivery: { route: 'response', hint: 'invite' } });

  it('says how it stands and how it ended, and nothing in between', () => {
    const message = play([queued], aRequest(), rerouted);
    expect(message.step(ok(null))).toMatchObject({ shown: 1, shownOpen: true, place: null, dueAt: null });
    message.news(aRemoval({ status: 'unsure' }));
    message.step(ok(null), 30);
    message.news(unconfirmed);
    message.step(ok(null), 60);
    message.step(ok(null), 61);
    expect(message.steps).toEqual(['respond', 'rest', 'respond', 'rest']);
  });

  it.each<[string, Partial<Request>, number]>([
    ['has expired', {}, 29 * 60],
    ['was never there', { responseUrl: null }, 0],
  ])('gives way to a direct message when the URL %s', (_why, changes, seconds) => {
    const message = play([removed], aRequest(changes), rerouted);
    expect(message.step(ok(DIRECT), seconds)).toMatchObject({ place: DIRECT, shown: 1 });
    expect(message.steps).toEqual(['post-to-person']);
  });

  it('is used until a minute before Slack closes it', () => {
    const message = play([removed], aRequest(), rerouted);
    message.step(ok(null), 29 * 60 - 1);
    expect(message.steps).toEqual(['respond']);
  });

  it('gives way to a direct message when it fails, with the same hint, and that one is edited', () => {
    const message = play([queued], aRequest(), rerouted);
    expect(message.step(failed('refused'))).toMatchObject({
      delivery: { route: 'person', hint: 'invite' },
      dueAt: NOW,
    });
    expect(message.step(ok(DIRECT))).toMatchObject({ place: DIRECT });
    message.news(unconfirmed);
    message.step(ok(DIRECT), 60);
    message.step(ok(DIRECT), 61);
    expect(message.steps).toEqual(['respond', 'post-to-person', 'edit', 'tell']);
  });
});

describe('a direct message', () => {
  const direct = anAnnouncement({ delivery: { route: 'person', hint: 'invite' } });

  it('that is refused leaves nobody to tell, and news changes nothing', () => {
    const message = play([queued], aRequest(), direct);
    expect(message.step(failed('refused'))).toMatchObject({ delivery: { route: 'nowhere' }, dueAt: null });
    message.news(removed);
    expect(message.step(ok(), 9)).toMatchObject({ shown: 2, dueAt: null });
    expect(message.steps).toEqual(['post-to-person', 'rest']);
  });

  it.each(['later', 'misconfigured', 'unknown'] as const)(
    'is the last way, so it is tried again when %s',
    (why) => {
      expect(play([queued], aRequest(), direct).step(failed(why))).toMatchObject({
        delivery: { route: 'person' },
        dueAt: at(2),
      });
    },
  );
});

it('never leaves a message held, and never plans anything for one that is at rest', () => {
  const whys = ['refused', 'lost', 'unknown', 'later', 'misconfigured'] as const;
  const answers: Posted[] = [ok(), ok(null), ...whys.map((why) => failed(why))];
  const routes = ['channel', 'response', 'person', 'nowhere'] as const;
  for (const route of routes) {
    for (const place of [null, PLACE]) {
      for (const shown of [0, 1, 2]) {
        for (const removals of [[queued], [removed], [unconfirmed]]) {
          const announcement = anAnnouncement({
            delivery: { route, hint: null },
            place,
            shown,
            wanted: 2,
            shownOpen: true,
            held: true,
          });
          const subject = aSubject({ announcement, removals });
          const step = nextStep(subject, NOW);
          for (const posted of answers) {
            const next = afterStep(step, subject, posted, NOW);
            expect(next.held).toBe(false);
            expect(next.wanted).toBe(2);
            if (step === 'rest') expect(next).toMatchObject({ dueAt: null, shown: 2 });
            if (!posted.ok && next.delivery.route !== 'nowhere' && step !== 'rest' && !next.told) {
              expect(next.dueAt).not.toBeNull();
            }
          }
        }
      }
    }
  }
});
