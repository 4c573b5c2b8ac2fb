import type { Change } from '../../src/removal/change.js';
import { addedBackNotice, type Delivery, statusMessageOf } from '../../src/removal/delivery.js';
import { afterStep, nextStep, takeUp, threadOf, waitForSlot } from '../../src/removal/delivery-policy.js';
import type { Posted } from '../../src/removal/ports.js';
import type { Request } from '../../src/removal/request.js';
import { aChange, aDelivery, aProposal, aRequest, aState, at, NOW } from '../support/build.js';
import { DIRECT, failed, ok, PLACE, play } from '../support/play.js';

const queued = aChange({ status: 'queued', mayStillAct: true });
const done = aChange({ status: 'done', wasSeen: true, settledAt: NOW, sentAt: NOW });
const unconfirmed = aChange({ status: 'unconfirmed', reason: 'still-listed', settledAt: NOW });

describe('the first word', () => {
  it('comes after four seconds at the latest, and at once where others have to decide', () => {
    expect(statusMessageOf(aRequest())).toEqual(aDelivery({ dueAt: at(4) }));
    expect(statusMessageOf(aRequest(), true)).toEqual(aDelivery({ dueAt: NOW }));
  });

  it('is posted in the channel, and is then all there is to do', () => {
    const message = play([queued]);
    expect(message.step(ok())).toMatchObject({ place: PLACE, shown: 1, held: false, dueAt: null });
    expect(message.step(ok())).toMatchObject({ dueAt: null });
    expect(message.steps).toEqual(['post', null]);
  });

  it('is leased for longer than Slack may take', () => {
    expect(takeUp(aDelivery(), NOW)).toEqual(aDelivery({ held: true, dueAt: at(15) }));
  });
});

describe('what follows', () => {
  it('is an edit for every piece of news, also for what came while Slack was busy', () => {
    const message = play([queued]);
    message.step(ok());
    message.news(queued);
    message.news(done);
    expect(message.step(ok(), 5)).toMatchObject({ shown: 3, wanted: 3 });
    expect(message.steps).toEqual(['post', 'edit']);
  });

  it('leaves a second between edits, and four where there are many changes', () => {
    expect(play([queued]).step(ok()).quietUntil).toEqual(at(1));
    expect(play(Array.from({ length: 10 }, () => queued)).step(ok()).quietUntil).toEqual(at(1));
    expect(play(Array.from({ length: 11 }, () => queued)).step(ok()).quietUntil).toEqual(at(4));
  });

  it('tells a late bad ending once in the thread', () => {
    const message = play([queued]);
    message.step(ok());
    message.news(unconfirmed);
    expect(message.step(ok(), 5)).toMatchObject({ dueAt: at(6), toldBad: 0 });
    expect(message.step(ok(), 6)).toMatchObject({ dueAt: null, toldBad: 1, toldAt: at(6) });
    message.news(unconfirmed);
    message.step(ok(), 9);
    message.step(ok(), 10);
    expect(message.steps).toEqual(['post', 'edit', 'tell', 'edit', null]);
  });

  it('tells in the thread that a bad ending turned out otherwise, and only that', () => {
    const message = play([queued]);
    message.step(ok());
    message.news(unconfirmed);
    message.step(ok(), 5);
    message.step(ok(), 6);
    message.news(done);
    expect(message.step(ok(), 3_600)).toMatchObject({ dueAt: at(3_601) });
    expect(message.step(ok(), 3_601)).toMatchObject({ toldBad: 0, toldAt: at(3_601) });
    message.step(ok(), 3_602);
    expect(message.steps).toEqual(['post', 'edit', 'tell', 'edit', 'tell', null]);
  });

  it('tells of a correction also where the bad ending was in the first message', () => {
    const message = play([unconfirmed]);
    expect(message.step(ok())).toMatchObject({ toldBad: 1, shownOpen: false });
    message.news(done);
    message.step(ok(), 5);
    message.step(ok(), 6);
    expect(message.steps).toEqual(['post', 'edit', 'tell']);
  });

  it.each<[string, Change, Change]>([
    ['an early bad ending: the first message already says it', unconfirmed, unconfirmed],
    ['a late good ending', queued, done],
    ['an ending that was gone before', queued, aChange({ status: 'gone', wasSeen: true })],
  ])('does not tell %s', (_what, first, last) => {
    const message = play([first]);
    message.step(ok());
    message.news(last);
    message.step(ok(), 5);
    message.step(ok(), 6);
    expect(message.steps).toEqual(['post', 'edit', null]);
  });

  const slow = (seconds: number) => aChange({ ...done, settledAt: at(seconds) });

  it.each<[string, Partial<Request>, readonly Change[]]>([
    ['others approved', { approvedBy: ['U0BOB'] }, [done]],
    ['it took more than two minutes', {}, [slow(120.001)]],
    ['the last of several took that long', {}, [slow(120.001), done]],
  ])(
    'tells once that all went well where the asker may have gone on to other things: %s',
    (_why, more, ended) => {
      const message = play([queued], { request: aRequest(more) });
      message.step(ok());
      message.news(...ended);
      expect(message.step(ok(), 130)).toMatchObject({ dueAt: at(131), toldGood: false });
      expect(message.step(ok(), 131)).toMatchObject({ toldGood: true, toldBad: 0, toldAt: at(131) });
      message.news(...ended);
      message.step(ok(), 140);
      message.step(ok(), 141);
      expect(message.steps).toEqual(['post', 'edit', 'tell', 'edit', null]);
    },
  );

  it('does not tell that all went well within two minutes', () => {
    const message = play([queued]);
    message.step(ok());
    message.news(slow(120));
    message.step(ok(), 121);
    message.step(ok(), 122);
    expect(message.steps).toEqual(['post', 'edit', null]);
  });

  it('does not tell that all went well where the first message said so', () => {
    const message = play([done], { request: aRequest({ approvedBy: ['U0BOB'] }) });
    expect(message.step(ok())).toMatchObject({ shownOpen: false, toldGood: true });
    message.news(done);
    message.step(ok(), 5);
    message.step(ok(), 6);
    expect(message.steps).toEqual(['post', 'edit', null]);
  });

  it('does not tell that a request is over which the asker withdrew', () => {
    const message = play([], {
      proposal: aProposal({ status: 'withdrawn', decidedBy: 'U0ALICE' }),
      delivery: aDelivery({ place: PLACE, shown: 1, shownOpen: true }),
    });
    expect(message.step(ok())).toMatchObject({ dueAt: null });
    expect(message.steps).toEqual([null]);
  });

  it('tells nothing more where a bad ending was told before good ones were', () => {
    const delivery = aDelivery({ place: PLACE, shown: 1, shownOpen: true, toldBad: 1, toldGood: false });
    const message = play([unconfirmed], { request: aRequest({ approvedBy: ['U0BOB'] }), delivery });
    message.step(ok());
    expect(message.steps).toEqual([null]);
  });

  it('tells that a proposal ended undone', () => {
    const message = play([], {
      proposal: aProposal({ status: 'declined', decidedBy: 'U0BOB' }),
      delivery: aDelivery({ place: PLACE, shown: 1, shownOpen: true }),
    });
    expect(message.step(ok())).toMatchObject({ toldBad: 1, toldAt: NOW, dueAt: null });
    message.step(ok(), 1);
    expect(message.steps).toEqual(['tell', null]);
  });

  it('waits with the thread until every change has ended', () => {
    const message = play([queued, queued]);
    message.step(ok());
    message.news(unconfirmed, queued);
    expect(message.step(ok(), 5)).toMatchObject({ dueAt: null });
    message.news(unconfirmed, done);
    expect(message.step(ok(), 9)).toMatchObject({ dueAt: at(10) });
    message.step(ok(), 10);
    expect(message.steps).toEqual(['post', 'edit', 'edit', 'tell']);
  });

  it.each<[string, Posted]>([
    ['refused', failed('refused')],
    ['lost', failed('lost')],
    ['heard of twice no more', failed('unknown')],
  ])('lets the thread be when it is %s: the message itself says it', (_what, posted) => {
    const message = play([queued]);
    message.step(ok());
    message.news(unconfirmed);
    message.step(ok(), 5);
    for (let second = 6; second < 9; second++) message.step(posted, second);
    expect(message.now()).toMatchObject({ dueAt: null, toldBad: 1, unheard: 0 });
    expect(message.steps.filter((step) => step === 'tell').length).toBeLessThanOrEqual(2);
  });

  it('tells again in the thread of a direct message whose fate is unknown, and no more than once', () => {
    const delivery = aDelivery({ route: 'person', place: DIRECT, shown: 1, shownOpen: true });
    const message = play([unconfirmed], { delivery });
    expect(message.step(failed('unknown'))).toMatchObject({ dueAt: at(2), toldBad: 0 });
    expect(message.step(failed('unknown'), 2)).toMatchObject({ dueAt: null, toldBad: 1 });
    expect(message.steps).toEqual(['tell', 'tell']);
  });

  it('tells in the thread as often as Slack is only slow', () => {
    const message = play([unconfirmed], { delivery: aDelivery({ place: PLACE, shown: 1, shownOpen: true }) });
    for (const second of [0, 2, 6, 14]) message.step(failed('later'), second);
    expect(message.now()).toMatchObject({ dueAt: at(30), toldBad: 0, unheard: 0 });
    expect(message.steps).toEqual(['tell', 'tell', 'tell', 'tell']);
  });

  it('counts the list as given only where it was the list that could not be given', () => {
    const many = (last: Change) => [...Array.from({ length: 30 }, () => done), last];
    const delivery = aDelivery({ place: PLACE, shown: 1, shownOpen: true });
    const listing = play(many(unconfirmed), { delivery });
    expect(listing.step(failed('unknown'))).toMatchObject({ listed: false, dueAt: at(2) });
    expect(listing.step(failed('unknown'), 2)).toMatchObject({ listed: true, toldBad: 1, dueAt: null });
    expect(listing.steps).toEqual(['list', 'list']);
    const gone = play(many(unconfirmed), { delivery }).step(failed('lost'));
    expect(gone).toMatchObject({ route: 'person', hint: 'deleted', place: null });
    for (const why of ['refused', 'lost', 'frozen'] as const) {
      const shut = play(many(unconfirmed), { delivery }).step(failed(why, { hint: 'closed' }));
      expect(shut).toMatchObject({
        route: 'person',
        hint: 'closed',
        place: null,
        shown: 0,
        listed: false,
        dueAt: at(0),
      });
    }
    const toPerson = play(many(unconfirmed), { delivery: { ...delivery, route: 'person' } });
    expect(toPerson.step(failed('refused'))).toMatchObject({ listed: true, toldBad: 1, place: PLACE });
    const telling = play([unconfirmed], { delivery });
    expect(telling.step(failed('refused'))).toMatchObject({ listed: false, toldBad: 1 });
    const toldAndListed = play(many(unconfirmed), { delivery: { ...delivery, listed: true } });
    expect(toldAndListed.step(failed('refused'))).toMatchObject({ listed: true, toldBad: 1 });
  });

  it('puts the whole list of many changes into the thread when all have ended, before a bad ending', () => {
    const many = (last: Change) => [...Array.from({ length: 30 }, () => done), last];
    const message = play(many(queued));
    message.step(ok());
    message.news(...many(unconfirmed));
    for (const second of [5, 6, 7]) message.step(ok(), second);
    expect(message.steps).toEqual(['post', 'edit', 'list', 'tell']);
    expect(message.now()).toMatchObject({ listed: true, toldBad: 1 });
  });

  it('names thirty changes one by one, and needs no list for them', () => {
    const message = play(Array.from({ length: 30 }, () => done));
    message.step(ok());
    expect(message.now().dueAt).toEqual(at(86_400));
    expect(
      nextStep(message.now(), aState({ changes: Array.from({ length: 30 }, () => done) }), at(5)),
    ).toBeNull();
  });

  it('does not tell in the thread what the first message said, however often it is edited', () => {
    const message = play([unconfirmed]);
    message.step(ok());
    message.news(unconfirmed, unconfirmed);
    message.step(ok(), 5);
    message.step(ok(), 6);
    expect(message.steps).toEqual(['post', 'edit', 'tell']);
  });

  it('shows no Add back button before the end, where there is no message, or where it was last shown after its time', () => {
    const shown = aDelivery({ place: PLACE, shown: 1, quietUntil: at(1) });
    const steps = (delivery: Delivery, changes: readonly Change[]) =>
      nextStep(delivery, aState({ status: delivery, changes }), at(86_400));
    expect(steps(shown, [done])).toBe('edit');
    expect(steps(shown, [done, queued])).toBeNull();
    expect(steps({ ...shown, quietUntil: null }, [done])).toBeNull();
    expect(steps({ ...shown, quietUntil: at(86_400) }, [done])).toBeNull();
    expect(steps({ ...shown, place: null }, [done])).toBeNull();
  });

  it('takes the Add back button away when its time is over', () => {
    const message = play([done]);
    expect(message.step(ok()).dueAt).toEqual(at(86_400));
    message.step(ok(), 86_400);
    expect(message.steps).toEqual(['post', 'edit']);
    expect(message.now().dueAt).toBeNull();
  });

  it('comes back for that button where it looked too early, by a clock that was set back', () => {
    const early = aDelivery({ place: PLACE, shown: 1, quietUntil: at(1), dueAt: at(3_600) });
    const plan = (delivery: Delivery, seconds: number) =>
      afterStep(null, delivery, aState({ status: delivery, changes: [done] }), ok(), at(seconds)).dueAt;
    expect(plan(early, 3_600)).toEqual(at(86_400));
    expect(plan({ ...early, hint: 'deleted' }, 86_400)).toBeNull();
  });
});

describe('an edit that fails', () => {
  const shown = aDelivery({ place: PLACE, shown: 1, wanted: 2 });
  const edit = (posted: Posted, changes: Partial<Delivery> = {}) =>
    play([done], { delivery: aDelivery({ ...shown, ...changes }) }).step(posted);

  it.each(['unknown', 'misconfigured', 'later'] as const)('is repeated without end when %s', (why) => {
    expect(edit(failed(why), { tries: 50 })).toMatchObject({
      place: PLACE,
      shown: 1,
      dueAt: at(300),
      unheard: 0,
    });
    expect(edit(failed(why))).toMatchObject({ tries: 1, dueAt: at(2), held: false });
  });

  it("keeps Slack's own time, so that no news overrides it", () => {
    expect(edit(failed('later', { retryAfterMs: 30_000 }))).toMatchObject({
      dueAt: at(30),
      notBefore: at(30),
    });
    expect(edit(failed('unknown'), { notBefore: at(9) }).notBefore).toEqual(at(9));
    expect(edit(ok(), { notBefore: at(9) }).notBefore).toBeNull();
  });

  it('tells the asker directly where the message was deleted: it is not posted again for all to see', () => {
    const message = play([done], { delivery: shown });
    expect(message.step(failed('lost'))).toMatchObject({
      place: null,
      route: 'person',
      hint: 'deleted',
      dueAt: NOW,
    });
    message.step(ok(DIRECT));
    message.news(done);
    message.step(ok(), 5);
    expect(message.steps).toEqual(['edit', 'post-to-person', 'edit']);
  });

  it('gives up on a direct message that the asker deleted, or closed', () => {
    const closed = edit(failed('refused', { hint: 'closed' }), { place: DIRECT, route: 'person' });
    expect(closed).toMatchObject({ route: 'nowhere', dueAt: null });
    expect(edit(failed('lost'), { place: DIRECT, route: 'person' })).toMatchObject({
      route: 'nowhere',
      dueAt: null,
    });
  });

  it('takes the next way when the door is closed', () => {
    const message = play([done], { delivery: shown });
    const door = { place: null, route: 'response', hint: 'closed' };
    expect(message.step(failed('refused', { hint: 'closed' }))).toMatchObject(door);
    message.step(ok(null));
    expect(message.steps).toEqual(['edit', 'respond']);
  });

  it('tells in the thread of a message that takes no edit how it ended, and nothing in between', () => {
    const message = play([queued], { delivery: shown });
    expect(message.step(failed('frozen', { hint: 'deleted' }))).toMatchObject({
      place: PLACE,
      route: 'channel',
      hint: 'deleted',
      dueAt: NOW,
    });
    message.step(ok());
    expect(message.steps).toEqual(['edit', null]);
    const ended = play([unconfirmed], { delivery: { ...shown, shownOpen: true, hint: 'deleted' } });
    expect(ended.step(ok())).toMatchObject({ place: PLACE, shown: 2, toldBad: 1, toldAt: null });
    ended.step(ok());
    expect(ended.steps).toEqual(['follow', null]);
  });

  it.each(['lost', 'frozen', 'refused'] as const)(
    'tells the asker where the thread of such a message takes nothing either (%s)',
    (why) => {
      const message = play([done], { delivery: { ...shown, hint: 'deleted' } });
      expect(message.step(failed(why))).toMatchObject({
        place: null,
        route: 'person',
        hint: 'deleted',
        dueAt: NOW,
      });
    },
  );

  it('tries such a reply again where Slack is only slow', () => {
    const message = play([done], { delivery: { ...shown, hint: 'deleted' } });
    expect(message.step(failed('later', { retryAfterMs: 5_000 }))).toMatchObject({
      place: PLACE,
      route: 'channel',
      dueAt: at(5),
    });
  });

  it('writes a direct message anew that takes no edit', () => {
    const person = { place: DIRECT, route: 'person' } as const;
    expect(edit(failed('frozen'), person)).toMatchObject({ place: null, route: 'person', dueAt: NOW });
  });

  describe.each(['lost', 'frozen', 'refused'] as const)('(%s) whose only news is Add back', (why) => {
    const undone = { ...shown, quietUntil: at(9) };
    const begun = (seconds: number) => [aChange({ direction: 'add', approvedAt: at(seconds) })];

    it('is told nowhere else: Add back has a message of its own', () => {
      const message = play([done], { delivery: undone, addBacks: begun(20) });
      expect(message.step(failed(why))).toMatchObject({
        place: PLACE,
        route: 'channel',
        shown: 2,
        dueAt: null,
      });
    });

    it.each<[string, Date | null, number[], number[]]>([
      ['ended after Add back began', at(9), [4], [6]],
      ['ended after the first of several began', at(9), [4, 20], [6]],
      ['ended after the message last said something', at(4), [20], [6]],
      ['ended while the rest had ended before', at(9), [4], [1, 6]],
      ['ended that no message has said yet', null, [20], [6]],
    ])('is told when something %s', (_what, quietUntil, began, ended) => {
      const addBacks = began.flatMap(begun);
      const changes = ended.map((second) => aChange({ ...done, settledAt: at(second) }));
      const message = play(changes, { delivery: { ...undone, quietUntil }, addBacks });
      expect(message.step(failed(why)).dueAt).toEqual(NOW);
    });

    it('is told nowhere else where something ended in the moment in which Add back began', () => {
      const late = aChange({ ...done, settledAt: at(6) });
      const message = play([late], { delivery: undone, addBacks: begun(6) });
      expect(message.step(failed(why)).dueAt).toBeNull();
    });

    it('is told when not everything has ended', () => {
      const message = play([done, queued], { delivery: undone, addBacks: begun(20) });
      expect(message.step(failed(why)).dueAt).toEqual(NOW);
    });

    it('is told when nothing is being added back', () => {
      const message = play([done], { delivery: undone });
      expect(message.step(failed(why)).dueAt).toEqual(NOW);
    });
  });

  it('is no reason for a message elsewhere when only a button was to go', () => {
    const stale = aDelivery({ place: PLACE, shown: 1, wanted: 1, quietUntil: at(1) });
    const message = play([done], { delivery: stale });
    expect(message.step(failed('lost'), 86_400)).toMatchObject({
      place: PLACE,
      route: 'channel',
      dueAt: null,
    });
    expect(message.step(ok(), 86_402)).toMatchObject({ dueAt: null });
    expect(message.steps).toEqual(['edit', null]);
  });
});

describe('a first post that fails', () => {
  it.each<[string, Posted, Partial<Delivery>]>([
    ['refused', failed('refused', { hint: 'invite' }), { hint: 'invite' }],
    ['misconfigured', failed('misconfigured', { hint: 'admin' }), { hint: 'admin' }],
    ['asked to wait for long', failed('later', { retryAfterMs: 60_001 }), { hint: null, notBefore: null }],
  ])('takes the response URL at once when %s', (_why, posted, more) => {
    expect(play([queued]).step(posted)).toMatchObject({
      route: 'response',
      ...more,
      tries: 0,
      dueAt: NOW,
      held: false,
    });
  });

  it.each([
    [30_000, 30],
    [60_000, 60],
    [500, 1],
    [undefined, 2],
  ])('is made again when Slack asked to wait %s ms', (retryAfterMs, seconds) => {
    const posted = failed('later', retryAfterMs === undefined ? {} : { retryAfterMs });
    expect(play([queued]).step(posted)).toMatchObject({
      route: 'channel',
      dueAt: at(seconds),
      notBefore: at(seconds),
    });
  });

  it('asked to wait again and again waits no longer than Slack says', () => {
    const message = play([queued], { delivery: aDelivery({ tries: 20 }) });
    expect(message.step(failed('later', { retryAfterMs: 1_000 })).dueAt).toEqual(at(1));
  });

  it('of unknown fate waits as long as Slack asked, without changing the way', () => {
    const posted = failed('unknown', { retryAfterMs: 90_000 });
    expect(play([queued]).step(posted)).toMatchObject({ route: 'channel', dueAt: at(90), notBefore: null });
  });

  it('of unknown fate waits no less than after other failures, however little Slack asked for', () => {
    const message = play([queued], { delivery: aDelivery({ tries: 5 }) });
    expect(message.step(failed('unknown', { retryAfterMs: 1_000 })).dueAt).toEqual(at(64));
  });

  it('is made again as often as Slack is only slow: nothing was posted', () => {
    const message = play([queued]);
    for (const second of [0, 2, 6, 14]) message.step(failed('later'), second);
    expect(message.now()).toMatchObject({ route: 'channel', dueAt: at(30), unheard: 0 });
  });

  it('is made once more when its fate is unknown, and no more than once', () => {
    const message = play([queued]);
    expect(message.step(failed('unknown'))).toMatchObject({ route: 'channel', dueAt: at(2), unheard: 1 });
    expect(message.step(failed('unknown'), 2)).toMatchObject({ route: 'response', unheard: 0 });
    message.step(ok(null), 2);
    expect(message.steps).toEqual(['post', 'post', 'respond']);
  });

  it('counts a process that died over it as a post of unknown fate', () => {
    const message = play([queued]);
    message.dies();
    message.step(ok(), 15);
    expect(message.steps).toEqual(['post']);
    expect(message.now().unheard).toBe(0);

    const unlucky = play([queued]);
    for (const seconds of [0, 15, 30]) unlucky.dies(seconds);
    expect(unlucky.now()).toMatchObject({ route: 'response', unheard: 0, hint: null });
    for (const seconds of [45, 60]) unlucky.dies(seconds);
    expect(unlucky.now().route).toBe('person');
    // The last way: after it there is only silence.
    for (const seconds of [75, 90, 105, 120]) unlucky.dies(seconds);
    expect(unlucky.now().route).toBe('person');
    for (let index = 0; index < 60; index += 1) unlucky.dies(135 + 15 * index);
    expect(unlucky.now().route).toBe('nowhere');
  });

  it('waits longer each time, up to five minutes', () => {
    const waits = [0, 1, 2, 3, 8, 9, 2_000].map((tries) => {
      const message = play([queued], { delivery: aDelivery({ tries, place: PLACE, shown: 0 }) });
      return (Number(message.step(failed('unknown')).dueAt) - Number(NOW)) / 1_000;
    });
    expect(waits).toEqual([2, 4, 8, 16, 300, 300, 300]);
  });
});

describe('the way through the response URL', () => {
  const delivery = aDelivery({ route: 'response', hint: 'invite' });

  it('says how it stands and how it ended, and nothing in between', () => {
    const message = play([queued], { delivery });
    expect(message.step(ok(null))).toMatchObject({ shown: 1, shownOpen: true, place: null, dueAt: null });
    message.news(aChange({ status: 'unsure', mayStillAct: true }));
    message.step(ok(null), 30);
    message.news(unconfirmed);
    expect(message.step(ok(null), 60)).toMatchObject({ shown: 3, dueAt: null });
    message.step(ok(null), 61);
    expect(message.steps).toEqual(['respond', null, 'respond', null]);
  });

  it('shows no button, and is not come back to when the time of Add back is over', () => {
    expect(play([done], { delivery }).step(ok(null))).toMatchObject({ shown: 1, dueAt: null });
  });

  it.each<[string, Partial<Request>, number]>([
    ['has expired', {}, 29 * 60],
    ['was never there', { responseUrl: null }, 0],
  ])('gives way to a direct message when the URL %s', (_why, changes, seconds) => {
    const message = play([done], { delivery, request: aRequest(changes) });
    expect(message.step(ok(DIRECT), seconds)).toMatchObject({ place: DIRECT, shown: 1 });
    expect(message.steps).toEqual(['post-to-person']);
  });

  it('is used until a minute before Slack closes it', () => {
    const message = play([done], { delivery });
    message.step(ok(null), 29 * 60 - 1);
    expect(message.steps).toEqual(['respond']);
  });

  it('gives way to a direct message when it fails, with the same hint, and that one is edited', () => {
    const message = play([queued], { delivery });
    expect(message.step(failed('refused'))).toMatchObject({ route: 'person', hint: 'invite', dueAt: NOW });
    expect(message.step(ok(DIRECT))).toMatchObject({ place: DIRECT });
    message.news(unconfirmed);
    message.step(ok(DIRECT), 60);
    message.step(ok(DIRECT), 61);
    expect(message.steps).toEqual(['respond', 'post-to-person', 'edit', 'tell']);
  });
});

describe('a direct message', () => {
  const delivery = aDelivery({ route: 'person', hint: 'invite' });

  it('that is refused leaves no way to tell, and news changes nothing', () => {
    const message = play([queued], { delivery });
    expect(message.step(failed('refused'))).toMatchObject({ route: 'nowhere', dueAt: null });
    message.news(done);
    expect(message.step(ok(), 9)).toMatchObject({ shown: 2, dueAt: null });
    expect(message.steps).toEqual(['post-to-person', null]);
  });

  it.each(['later', 'misconfigured', 'unknown'] as const)(
    'is the last way, so it is tried again when %s',
    (why) => {
      expect(play([queued], { delivery }).step(failed(why))).toMatchObject({ route: 'person', dueAt: at(2) });
    },
  );

  it('is tried for hours while its fate stays unknown, since after it there is only silence', () => {
    const message = play([done], { delivery });
    let seconds = 0;
    for (let tries = 0; tries < 60; tries++) {
      expect(message.now().route).toBe('person');
      message.step(failed('unknown'), seconds);
      seconds = Math.max(seconds, ((message.now().dueAt?.getTime() ?? 0) - NOW.getTime()) / 1_000);
    }
    expect(message.now().route).toBe('nowhere');
    expect(seconds).toBeGreaterThan(4 * 3_600);
  });

  it.each([
    [298, 'person'],
    [299, 'nowhere'],
  ])('is given up after a day of trouble (%i tries before)', (tries, route) => {
    expect(play([queued], { delivery: { ...delivery, tries } }).step(failed('misconfigured'))).toMatchObject({
      route,
    });
  });

  it('that ends a request is itself the telling', () => {
    const message = play([unconfirmed], { delivery: { ...delivery, shownOpen: true } });
    expect(message.step(ok(DIRECT))).toMatchObject({ toldBad: 1, toldAt: null, dueAt: null });
  });
});

describe('a direct message that the asker does not take', () => {
  const leftInSilence = aDelivery({ route: 'person', hint: null });
  const back = () => {
    const message = play([queued], { delivery: leftInSilence });
    message.step(failed('refused'));
    return message;
  };

  it('leads back to the conversation that was left only because Slack fell silent', () => {
    const message = back();
    expect(message.now()).toMatchObject({ route: 'channel', tries: 0, unheard: 0, dueAt: NOW });
    expect(message.step(ok())).toMatchObject({ place: PLACE, shown: 1 });
    message.news(done);
    message.step(ok(), 60);
    expect(message.steps).toEqual(['post-to-person', 'post', 'edit']);
  });

  it('leads back from a response URL that is over', () => {
    const delivery = { ...leftInSilence, route: 'response' } as const;
    const message = play([done], { delivery, request: aRequest({ responseUrl: null }) });
    expect(message.step(failed('refused'))).toMatchObject({ route: 'channel', returned: true });
  });

  it.each([
    ['misconfigured', null],
    ['later', 3_600_000],
    ['unknown', null],
  ] as const)('makes the conversation the last way: it is tried on when %s', (why, retryAfterMs) => {
    expect(back().step(failed(why, { retryAfterMs }))).toMatchObject({ route: 'channel', tries: 1 });
  });

  it('ends there when the conversation refuses as well, and goes round no more', () => {
    const message = back();
    expect(message.step(failed('refused', { hint: 'closed' }))).toMatchObject({
      route: 'nowhere',
      dueAt: null,
    });
    expect(message.steps).toEqual(['post-to-person', 'post']);
    const secondTime = play([queued], { delivery: { ...leftInSilence, returned: true } });
    expect(secondTime.step(failed('refused'))).toMatchObject({ route: 'nowhere', dueAt: null });
  });

  it('ends there after some hours of silence, also where processes died over it', () => {
    const almost = { ...leftInSilence, route: 'channel', returned: true, unheard: 58 } as const;
    const message = play([queued], { delivery: almost });
    expect(message.step(failed('unknown'))).toMatchObject({ route: 'channel', unheard: 59 });
    expect(message.step(failed('unknown'), 600)).toMatchObject({ route: 'nowhere', dueAt: null });
    expect(takeUp({ ...almost, held: true }, NOW)).toMatchObject({ route: 'channel', unheard: 59 });
    expect(takeUp({ ...almost, held: true, unheard: 59 }, NOW).route).toBe('nowhere');
  });

  it.each([
    [0, 15],
    [2, 15],
    [3, 16],
    [4, 32],
    [58, 300],
  ])('with %d of unknown fate is left to a process that may have died for %d s', (unheard, wait) => {
    const dying = { ...leftInSilence, held: true, unheard };
    expect(takeUp(dying, NOW)).toMatchObject({ route: 'person', unheard: unheard + 1, dueAt: at(wait) });
    const posted = { ...dying, place: aDelivery().place ?? { channel: 'C0SUPPORT', ts: '1.0' } };
    expect(takeUp(posted, NOW).dueAt).toEqual(at(15));
  });

  it.each(['invite', 'closed', 'admin', 'deleted'] as const)(
    'does not lead back to a conversation that refused (%s)',
    (hint) => {
      const message = play([queued], { delivery: { ...leftInSilence, hint } });
      expect(message.step(failed('refused'))).toMatchObject({ route: 'nowhere', dueAt: null });
    },
  );

  it('does not lead back for silence of its own, nor for what has no other way', () => {
    const silent = { ...leftInSilence, unheard: 59 };
    expect(play([queued], { delivery: silent }).step(failed('unknown'))).toMatchObject({ route: 'nowhere' });
    const inThread = aDelivery();
    const unthreaded = { request: aRequest({ undoes: 'request-0' }), thread: null, delivery: inThread };
    expect(play([queued], unthreaded).step(failed('refused'))).toMatchObject({ route: 'nowhere' });
    for (const kind of ['added-back', 'expiry'] as const) {
      const notice = { ...leftInSilence, kind };
      const next = afterStep(
        'post-to-person',
        notice,
        aState({ status: aDelivery() }),
        failed('refused'),
        NOW,
      );
      expect(next).toMatchObject({ route: 'nowhere', dueAt: null });
    }
  });
});

describe('Add back', () => {
  const request = aRequest({ undoes: 'request-0' });
  const add = aChange({ direction: 'add', status: 'queued', mayStillAct: true });

  it('is told in the thread of the message it undoes', () => {
    const message = play([add], { request, thread: PLACE });
    message.step(ok({ channel: 'C0SUPPORT', ts: '1.2' }));
    expect(message.steps).toEqual(['post']);
    expect(threadOf(aDelivery(), aState({ request, thread: PLACE }))).toEqual(PLACE);
  });

  it('is told to the asker where there is no such message', () => {
    const message = play([add], { request, thread: null });
    message.step(ok(DIRECT));
    expect(message.steps).toEqual(['post-to-person']);
  });
});

describe('the notice that a person was added back', () => {
  const delivery = addedBackNotice(done, at(60), at(90));
  const posted = aDelivery({ place: PLACE, shown: 1 });
  const state = (status: Delivery) => aState({ changes: [done], status });

  it('is said once in the thread of the message', () => {
    expect(delivery).toMatchObject({
      id: 'request-1:1:added-back',
      kind: 'added-back',
      changeId: done.id,
      eventAt: at(60),
      dueAt: at(90),
    });
    expect(nextStep(delivery, state(posted), at(90))).toBe('post');
    expect(threadOf(delivery, state(posted))).toEqual(PLACE);
    const told = afterStep('post', delivery, state(posted), ok(), at(90));
    expect(told).toEqual({ ...delivery, shown: 1, dueAt: null, place: PLACE });
    expect(nextStep(told, state(posted), at(99))).toBeNull();
  });

  it('goes to the asker where there is no message, or its thread is closed', () => {
    expect(nextStep(delivery, state(aDelivery()), at(90))).toBe('post-to-person');
    const refused = afterStep('post', delivery, state(posted), failed('refused'), at(90));
    expect(refused).toMatchObject({ route: 'person', dueAt: at(90) });
    expect(nextStep(refused, state(posted), at(90))).toBe('post-to-person');
  });

  it('that was posted has nothing left to say, whatever its place', () => {
    expect(nextStep({ ...delivery, place: PLACE, shown: 1 }, state(posted), at(99))).toBeNull();
    expect(nextStep({ ...delivery, shown: 1 }, state(posted), at(99))).toBeNull();
  });

  it.each(['channel', 'person'] as const)(
    'is posted once more where its fate is unknown, and then goes no other way (%s)',
    (route) => {
      const notice = { ...delivery, route };
      const once = afterStep('post-to-person', notice, state(posted), failed('unknown'), at(90));
      expect(once).toMatchObject({ route, unheard: 1, dueAt: at(92) });
      const twice = afterStep('post-to-person', once, state(posted), failed('unknown'), at(92));
      expect(twice).toMatchObject({ route: 'nowhere', dueAt: null });
    },
  );

  it('whose fate is unknown twice is not said again', () => {
    const twice = takeUp({ ...delivery, held: true, unheard: 1 }, at(99));
    expect(twice.route).toBe('nowhere');
    expect(nextStep(twice, state(posted), at(99))).toBeNull();
  });
});

describe("a place in Slack's queue", () => {
  it('is waited for, whatever news comes, and never shortens a wait that Slack asked for', () => {
    expect(waitForSlot(aDelivery(), at(5))).toMatchObject({ notBefore: at(5), dueAt: at(5), held: false });
    expect(waitForSlot(aDelivery({ notBefore: at(30) }), at(5))).toMatchObject({
      notBefore: at(30),
      dueAt: at(30),
    });
  });
});

it('never leaves anything held, and plans nothing for what is at rest', () => {
  const whys = ['refused', 'lost', 'frozen', 'unknown', 'later', 'misconfigured'] as const;
  const answers: Posted[] = [ok(), ok(null), ...whys.map((why) => failed(why))];
  for (const route of ['channel', 'response', 'person', 'nowhere'] as const) {
    for (const place of [null, PLACE]) {
      for (const shown of [0, 1, 2]) {
        for (const changes of [[queued], [done], [unconfirmed]]) {
          const delivery = aDelivery({ route, place, shown, wanted: 2, shownOpen: true, held: true });
          const state = aState({ status: delivery, changes });
          const step = nextStep(delivery, state, NOW);
          for (const posted of answers) {
            const next = afterStep(step, delivery, state, posted, NOW);
            expect([next.held, next.wanted]).toEqual([false, 2]);
            if (step === null) expect(next).toMatchObject({ dueAt: null, shown: 2 });
            const isOver = next.route === 'nowhere' || step === null || step === 'tell';
            if (!posted.ok && !isOver) expect(next.dueAt).not.toBeNull();
          }
        }
      }
    }
  }
});
