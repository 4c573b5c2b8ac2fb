import { approvalMessageOf, type Delivery, expiryNotice, type Route } from '../../src/removal/delivery.js';
import { afterStep, belongsInThread, nextStep, takeUp } from '../../src/removal/delivery-policy.js';
import type { Posted } from '../../src/removal/ports.js';
import { aChange, aDelivery, aProposal, aRequest, aState, at, NOW } from '../support/build.js';
import { DIRECT, failed, ok, PLACE, play } from '../support/play.js';

const BOB = { channel: 'D0BOB', ts: '3.3' };
const asking = approvalMessageOf(aRequest(), 'U0BOB', NOW);
const standing: Delivery = { ...asking, place: BOB, shown: 1 };
const declined = aProposal({ status: 'declined', decidedBy: 'U0BOB' });
const done = aChange({ status: 'done', wasSeen: true, settledAt: NOW });

const ask = (delivery: Partial<Delivery> = {}, proposal = aProposal()) =>
  play([], { proposal, delivery: { ...asking, ...delivery } });

describe('a message that asks an approver to decide', () => {
  it('is due at once, and asks one person or conversation', () => {
    expect(asking).toEqual(
      aDelivery({ id: 'request-1:approval:U0BOB', kind: 'approval', recipient: 'U0BOB', dueAt: NOW }),
    );
    expect(approvalMessageOf(aRequest(), 'U0CAROL', NOW, 2).reminded).toBe(2);
  });

  it('is posted, and then is all there is to do', () => {
    const message = ask();
    expect(message.step(ok(BOB))).toMatchObject({ place: BOB, shown: 1, held: false, dueAt: null });
    message.step(ok(), 5);
    expect(message.steps).toEqual(['post', null]);
  });

  it.each(['approved', 'declined', 'expired', 'withdrawn', 'undelivered'] as const)(
    'is not posted any more once it is %s',
    (status) => {
      const message = ask({}, aProposal({ status }));
      expect(message.step(ok())).toMatchObject({ place: null, dueAt: null });
      expect(message.steps).toEqual([null]);
    },
  );

  it('that was posted is not posted again, whatever its place', () => {
    expect(nextStep({ ...asking, shown: 1 }, aState({ changes: [], proposal: aProposal() }), NOW)).toBeNull();
  });

  it('is not posted where nothing was proposed', () => {
    expect(nextStep(asking, aState({ changes: [], proposal: null }), NOW)).toBeNull();
  });

  it('stands by itself, also where it is about Add back', () => {
    const state = aState({
      request: aRequest({ undoes: 'request-0' }),
      proposal: aProposal(),
      thread: PLACE,
    });
    expect(belongsInThread(asking, state)).toBe(false);
  });

  it('is edited with every piece of news, the decision too, and nothing else follows from that', () => {
    const message = ask(standing);
    message.becomes({ proposal: aProposal({ needed: 2 }) });
    expect(message.step(ok(null), 5)).toMatchObject({ place: BOB, shown: 2, dueAt: null });
    message.becomes({ proposal: declined });
    expect(message.step(ok(null), 9)).toMatchObject({ shown: 3, dueAt: null, toldBad: 0 });
    expect(message.steps).toEqual(['edit', 'edit']);
  });

  it('has no Add back button that has to go', () => {
    const message = ask(standing);
    message.becomes({ proposal: aProposal({ status: 'approved' }), changes: [done] });
    expect(message.step(ok(null), 5).dueAt).toBeNull();
  });
});

describe('a reminder', () => {
  const overdue = aProposal({ reminders: 2, askedIn: null });

  it('is given in the thread of the message, once for several that are due', () => {
    const message = ask(standing, overdue);
    expect(message.step(ok())).toMatchObject({
      reminded: 2,
      place: BOB,
      toldBad: 0,
      toldAt: null,
      dueAt: null,
    });
    message.step(ok(), 5);
    expect(message.steps).toEqual(['remind', null]);
  });

  it('comes a second after the message itself was brought up to date', () => {
    const message = ask({ ...standing, wanted: 2 }, overdue);
    expect(message.step(ok(null), 5)).toMatchObject({ dueAt: at(6), reminded: 0 });
    message.step(ok(), 6);
    expect(message.steps).toEqual(['edit', 'remind']);
  });

  it('waits as long as Slack asked before', () => {
    const message = ask(standing, overdue);
    expect(message.step(failed('later', { retryAfterMs: 30_000 }))).toMatchObject({
      dueAt: at(30),
      notBefore: at(30),
      reminded: 0,
    });
  });

  it.each<[string, Posted]>([
    ['refused', failed('refused')],
    ['gone with its message', failed('lost')],
  ])('that is %s is not given again, and changes nothing else', (_what, posted) => {
    const message = ask(standing, overdue);
    expect(message.step(posted)).toMatchObject({
      reminded: 2,
      route: 'channel',
      place: BOB,
      dueAt: null,
      listed: false,
      toldBad: 0,
      toldGood: false,
    });
  });

  it('of unknown fate is given once more, and no more than that', () => {
    const message = ask(standing, overdue);
    expect(message.step(failed('unknown'))).toMatchObject({ reminded: 0, dueAt: at(2) });
    expect(message.step(failed('unknown'), 2)).toMatchObject({ reminded: 2, unheard: 0, dueAt: null });
  });

  it('is not given once it is decided', () => {
    const message = ask(standing, { ...declined, reminders: 2 });
    message.step(ok());
    expect(message.steps).toEqual([null]);
  });

  describe('where the status message asks those who read the conversation', () => {
    const status = aDelivery({ place: PLACE, shown: 1, shownOpen: true });

    it('is given in its thread', () => {
      const askedHere = { ...overdue, askedIn: 'C0SUPPORT' };
      const message = play([], { proposal: askedHere, delivery: status });
      expect(message.step(ok())).toMatchObject({ reminded: 2, dueAt: null });
      expect(message.steps).toEqual(['remind']);
    });

    it.each<[string, Route, string | null]>([
      ['asked elsewhere', 'channel', 'C0APPROVERS'],
      ['asked one by one', 'channel', null],
      ['told to the asker alone', 'person', 'C0SUPPORT'],
    ])('is not given when it is %s', (_where, route, askedIn) => {
      const message = play([], { proposal: { ...overdue, askedIn }, delivery: { ...status, route } });
      message.step(ok());
      expect(message.steps).toEqual([null]);
    });
  });
});

describe('a message to an approver that fails', () => {
  it.each<[string, Posted]>([
    ['refused', failed('refused', { hint: 'invite' })],
    ['misconfigured', failed('misconfigured', { hint: 'invite' })],
  ])('when posted goes nowhere else (%s): nobody else is asked in their place', (_why, posted) => {
    const message = ask({ notBefore: NOW, tries: 3 });
    expect(message.step(posted)).toMatchObject({
      route: 'nowhere',
      hint: 'invite',
      place: null,
      tries: 0,
      unheard: 0,
      notBefore: null,
      dueAt: null,
    });
    message.becomes({});
    message.step(ok(), 9);
    expect(message.steps).toEqual(['post', null]);
  });

  it('when posted is posted again however long Slack asked to wait: there is no other way', () => {
    expect(ask().step(failed('later', { retryAfterMs: 120_000 }))).toMatchObject({
      route: 'channel',
      dueAt: at(120),
    });
  });

  it('when posted is tried sixty times while its fate stays unknown, and may then have arrived', () => {
    const message = ask();
    for (let index = 0; index < 59; index++) message.step(failed('unknown'), index * 300);
    expect(message.now()).toMatchObject({ route: 'channel', unheard: 59 });
    expect(message.step(failed('unknown'), 60 * 300)).toMatchObject({
      route: 'nowhere',
      unheard: 60,
      dueAt: null,
    });
  });

  it('is posted again as often where processes die over it', () => {
    expect(takeUp({ ...asking, held: true, unheard: 58 }, NOW)).toMatchObject({
      route: 'channel',
      unheard: 59,
    });
    const given = { ...asking, held: true, unheard: 59, tries: 7, hint: 'invite' } as const;
    expect(takeUp(given, NOW)).toEqual({ ...given, route: 'nowhere', unheard: 60, tries: 0, dueAt: at(15) });
  });

  it('stands where processes die over an edit of it', () => {
    const stands = { ...standing, held: true, unheard: 59 };
    expect(takeUp(stands, NOW)).toMatchObject({ route: 'channel', place: BOB });
  });

  it.each(['lost', 'frozen', 'refused'] as const)(
    'when edited is given up, though it may have been read (%s)',
    (why) => {
      const message = ask(standing);
      message.becomes({ proposal: declined });
      expect(message.step(failed(why, { hint: 'closed' }))).toMatchObject({
        route: 'nowhere',
        hint: 'closed',
        place: null,
        shown: 2,
        unheard: 1,
        dueAt: null,
      });
    },
  );

  it('when edited is tried again where Slack is only slow', () => {
    const message = ask(standing);
    message.becomes({ proposal: declined });
    expect(message.step(failed('unknown'))).toMatchObject({ place: BOB, unheard: 0, dueAt: at(2) });
  });
});

describe('the notice that nobody decided in time', () => {
  const notice = expiryNotice(aRequest(), at(60));
  const expired = aState({ changes: [], proposal: aProposal({ status: 'expired' }) });

  it('is sent to the asker at once', () => {
    expect(notice).toEqual(aDelivery({ id: 'request-1:expiry', kind: 'expiry', dueAt: at(60) }));
    expect(nextStep(notice, expired, at(60))).toBe('post-to-person');
  });

  it('is said once, and nothing follows from it', () => {
    const told = afterStep('post-to-person', notice, expired, ok(DIRECT), at(60));
    expect(told).toEqual({ ...notice, place: DIRECT, shown: 1, dueAt: null });
    expect(nextStep(told, expired, at(99))).toBeNull();
  });

  it('is tried for hours while its fate stays unknown, and given up where Slack refuses it', () => {
    const unheard = (times: number) =>
      afterStep('post-to-person', { ...notice, unheard: times }, expired, failed('unknown'), at(60)).route;
    expect([unheard(58), unheard(59)]).toEqual(['channel', 'nowhere']);
    const refused = afterStep('post-to-person', notice, expired, failed('refused'), at(60));
    expect(refused).toMatchObject({ route: 'nowhere', dueAt: null });
    expect(nextStep(refused, expired, at(99))).toBeNull();
  });

  it('is tried as often where processes die over it', () => {
    const unheard = (times: number) => takeUp({ ...notice, held: true, unheard: times }, at(60)).route;
    expect([unheard(58), unheard(59)]).toEqual(['channel', 'nowhere']);
  });
});
