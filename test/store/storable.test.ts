import { declineProposal } from '../../src/removal/decide.js';
import { storable } from '../../src/store/storable.js';
import { anEntry, anEvent, aProposal, at, aWanted } from '../support/build.js';
import { engines } from './engines.js';
import { allEntries, changeOf, found, record, requestOf, save, useFreshStore } from './stores.js';

/** U+0000 and half a character, which PostgreSQL refuses, among what any engine takes. */
const ODD = 'Launch\u0000 crew \ud83d and \ude00 👋';
const KEPT = 'Launch\uFFFD crew \uFFFD and \uFFFD 👋';

describe('Text from outside', () => {
  it.each([
    ['', ''],
    ['Crew 👋 «»\n\t<!channel>', 'Crew 👋 «»\n\t<!channel>'],
    [ODD, KEPT],
    ['x'.repeat(1_000), 'x'.repeat(1_000)],
    ['x'.repeat(1_001), `${'x'.repeat(999)}…`],
    [`${'x'.repeat(998)}👋👋`, `${'x'.repeat(998)}\uFFFD…`],
    [null, null],
  ])('is made storable', (text, expected) => {
    expect(storable(text, 'name')).toBe(expected);
  });
});

describe.each(engines)('Text that one engine cannot store, on $name', (engine) => {
  const fresh = useFreshStore(engine);

  it('is stored in every column that holds text from outside', async () => {
    const request = requestOf('r1', { note: ODD });
    const change = changeOf('r1', 'a', { chatName: ODD, handle: ODD, linqSays: ODD, traceId: ODD });
    await record(fresh(), [change], { request, shown: ODD });
    const refused = changeOf('r1', 'a', {
      ...change,
      status: 'refused',
      reason: 'conflict',
      dueAt: null,
      settledAt: at(2),
    });

    const saved = await save(fresh(), refused, 2);

    expect(saved).toMatchObject({ chatName: KEPT, handle: KEPT, linqSays: KEPT, traceId: KEPT });
    expect(await found(fresh(), 'r1')).toMatchObject({ request: { note: KEPT }, changes: [saved] });
    expect(await allEntries(fresh())).toMatchObject([
      { kind: 'approved', note: KEPT, chatName: KEPT, handle: KEPT, shown: KEPT, traceId: KEPT },
      { kind: 'refused', note: KEPT, chatName: KEPT, handle: KEPT, traceId: KEPT },
    ]);
  });

  it('is stored in proposals, events and entries', async () => {
    const wanted = [aWanted({ chatName: ODD, handle: ODD })];
    await record(fresh(), [], { request: requestOf('r1'), proposal: aProposal({ requestId: 'r1', wanted }) });
    await fresh().store.update('r1', at(1), (state) => declineProposal(state, 'U0BOB', ODD, at(1)));
    expect(await found(fresh(), 'r1')).toMatchObject({
      proposal: { declineReason: KEPT, wanted: [{ chatName: KEPT, handle: KEPT }] },
    });
    const event = anEvent({ chatId: ODD, handle: ODD, traceId: ODD, eventId: ODD, deliveryId: ODD });
    expect(await fresh().store.takeEvent(event, at(6))).not.toBeNull();
    await fresh().history.record([anEntry({ note: ODD, chatName: ODD })]);
    expect((await allEntries(fresh())).at(-1)).toMatchObject({ note: KEPT, chatName: KEPT });
    const sought = {
      teamId: 'T0LINQ',
      what: 'requests',
      only: null,
      beyond: null,
      chatId: ODD,
      handles: [ODD],
      limit: 9,
    } as const;
    expect(await fresh().history.latest(sought)).toEqual([]);
  });

  it('is bounded where an index holds it', async () => {
    const long = '👋'.repeat(20_000);
    await record(fresh(), [changeOf('r1', 'a', { handle: long, chatName: long })], { shown: long });
    expect((await found(fresh(), 'r1')).changes[0]?.handle.length).toBeLessThanOrEqual(501);
    expect(await fresh().store.takeEvent(anEvent({ chatId: long, handle: long }), at(6))).not.toBeNull();
  });
});
