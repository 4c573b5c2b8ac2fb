import { approvalMessageOf, type Delivery } from '../../src/removal/delivery.js';
import { createDeliverySteps } from '../../src/removal/delivery-steps.js';
import type { Posted, Step, Update } from '../../src/removal/ports.js';
import type { RequestState } from '../../src/removal/state.js';
import { aDelivery, aProposal, aRequest, aState, at, NOW } from '../support/build.js';
import { type Clock, createClock, seconds } from '../support/clock.js';
import { failed, ok, PLACE } from '../support/play.js';

let clock: Clock;
let saved: Delivery[];
let posted: { step: Step; delivery: Delivery; state: RequestState }[];
let logged: [level: string, fields: Record<string, unknown>, words: string][];
let rerouted: string[];
let updates: (Update | null)[];
let slots: Date[];

/** What Slack answers, whether the claim succeeds, and how the request stands when it is looked at again. */
let answer: Posted;
let isOurs: boolean;
let asIs: RequestState;

beforeEach(() => {
  clock = createClock(NOW);
  [saved, posted, logged, rerouted, updates, slots] = [[], [], [], [], [], []];
  [answer, isOurs, asIs] = [ok(), true, aState()];
});

const log = (level: string) => (fields: Record<string, unknown>, words: string) =>
  void logged.push([level, fields, words]);

const createSteps = () =>
  createDeliverySteps({
    store: {
      async saveDelivery(delivery) {
        if (isOurs) saved.push(delivery);
        return isOurs ? delivery : null;
      },
      async update(_id, _at, decide) {
        updates.push(decide(asIs));
        return null;
      },
    },
    messenger: {
      slotFor: () => slots.shift() ?? clock.now(),
      async carryOut(step, delivery, state) {
        posted.push({ step, delivery, state });
        return answer;
      },
    },
    observer: { rerouted: (route) => void rerouted.push(route) },
    log: { info: log('info'), warn: log('warn'), error: log('error') },
    now: clock.now,
  });

const steps = () => posted.map(({ step }) => step);

it('takes a message up before it is posted, and writes where it stands', async () => {
  await createSteps()(aDelivery(), aState());
  expect(saved).toMatchObject([
    { held: true, place: null },
    { held: false, place: PLACE, shown: 1 },
  ]);
  expect(steps()).toEqual(['post']);
  expect([logged, rerouted, updates]).toEqual([[], [], []]);
});

it('posts nothing that another replica has taken up', async () => {
  isOurs = false;
  await createSteps()(aDelivery(), aState());
  expect(posted).toEqual([]);
});

it('writes that nothing is left to say without asking Slack, or for a place in its queue', async () => {
  slots = [at(9)];
  const delivery = aDelivery({ place: PLACE, shown: 1, tries: 3 });
  await createSteps()(delivery, aState());
  expect(saved.at(-1)).toMatchObject({ held: false, tries: 0, dueAt: null });
  expect([posted, slots]).toEqual([[], [at(9)]]);
});

it("waits for its place in Slack's queue, asked for once, and asks anew for the next step", async () => {
  slots = [at(9), at(20)];
  const step = createSteps();
  await step(aDelivery(), aState());
  expect(saved).toMatchObject([{ held: false, dueAt: at(9), notBefore: at(9) }]);
  expect(posted).toEqual([]);
  clock.advance(seconds(9));
  await step(aDelivery(), aState());
  expect(steps()).toEqual(['post']);
  await step(aDelivery({ place: PLACE, wanted: 2, shown: 1 }), aState());
  expect(saved.at(-1)).toMatchObject({ dueAt: at(20) });
  expect(steps()).toEqual(['post']);
});

it('keeps the places of two messages apart', async () => {
  slots = [at(9), at(10)];
  const step = createSteps();
  for (const id of ['request-1', 'request-2']) await step(aDelivery({ id }), aState());
  expect(saved.map(({ dueAt }) => dueAt)).toEqual([at(9), at(10)]);
});

it('carries out what a message of unknown fate needs now, not what it needed before', async () => {
  await createSteps()(aDelivery({ held: true, unheard: 1 }), aState());
  expect(steps()).toEqual(['respond']);
  expect(rerouted).toEqual(['response']);
});

it('shows a status message as it stands now, and an approver the status message beside theirs', async () => {
  const step = createSteps();
  const status = aDelivery({ place: PLACE, shown: 1 });
  await step(aDelivery({ tries: 2 }), aState({ status }));
  expect(posted[0]?.state.status).toEqual(posted[0]?.delivery);
  await step(approvalMessageOf(aRequest(), 'U0BOB', NOW), aState({ status, proposal: aProposal() }));
  expect(posted[1]?.state.status).toEqual(status);
});

it('logs what goes on, and counts another way', async () => {
  answer = failed('refused', { hint: 'invite' });
  await createSteps()(aDelivery(), aState());
  const fields = { delivery: 'request-1', step: 'post', why: 'refused', route: 'response', tries: 0 };
  expect(logged).toEqual([['warn', fields, 'Telling the outcome did not work; it goes on']]);
  expect(rerouted).toEqual(['response']);
});

it('logs as an error what could be told to nobody', async () => {
  answer = failed('refused');
  await createSteps()(aDelivery({ route: 'person', hint: 'closed' }), aState());
  expect(logged).toMatchObject([
    ['error', { step: 'post-to-person', route: 'nowhere' }, 'The outcome could not be told to anyone'],
  ]);
});

describe('the status message says which approvers were reached', () => {
  const asking = approvalMessageOf(aRequest(), 'U0BOB', NOW);
  const standing = { ...asking, place: PLACE, shown: 1 };
  const pending = aState({ changes: [], proposal: aProposal() });

  beforeEach(() => {
    asIs = { ...pending, copies: [standing] };
  });

  it('when a message to one of them stands', async () => {
    await createSteps()(asking, pending);
    expect(updates).toEqual([{ news: true }]);
  });

  it('when a message to one of them cannot be posted', async () => {
    answer = failed('refused');
    await createSteps()(asking, pending);
    expect(updates).toEqual([{ news: true }]);
  });

  it('when a message to one of them is gone', async () => {
    answer = failed('lost');
    await createSteps()({ ...standing, wanted: 2 }, pending);
    expect(updates).toEqual([{ news: true }]);
  });

  it('when it goes another way itself', async () => {
    answer = failed('refused');
    await createSteps()(aDelivery(), pending);
    expect(updates).toEqual([{ news: true }]);
  });

  it.each<[string, Delivery, Posted]>([
    ['a message to one of them is edited', { ...standing, wanted: 2 }, ok(null)],
    ['a message to one of them is tried again', asking, failed('later')],
    ['it is posted itself', aDelivery(), ok()],
    [
      'a notice goes another way',
      aDelivery({ kind: 'added-back', changeId: 'request-1:1', route: 'person' }),
      failed('refused'),
    ],
  ])('and is left as it is when %s', async (_what, delivery, heard) => {
    answer = heard;
    await createSteps()(delivery, pending);
    expect(steps()).toHaveLength(1);
    expect(updates).toEqual([]);
  });

  it('and asks each of them directly where no message reached one', async () => {
    asIs = { ...pending, status: aDelivery({ route: 'person' }) };
    answer = failed('refused');
    await createSteps()(aDelivery(), pending);
    expect(updates).toMatchObject([{ news: true, deliveries: [{ kind: 'approval', recipient: 'U0BOB' }] }]);
  });

  it('but not where it was decided meanwhile, or where it is itself the one that asks', async () => {
    answer = failed('refused');
    asIs = { ...asIs, proposal: aProposal({ status: 'declined' }) };
    await createSteps()(asking, pending);
    asIs = pending;
    await createSteps()(asking, pending);
    expect(updates).toEqual([null, null]);
  });
});
