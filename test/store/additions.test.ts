import { type Addition, additionFor } from '../../src/removal/addition.js';
import { engines } from './engines.js';
import { announceable, approve, dueAt, useFreshStore } from './stores.js';
import { anAnnouncement, aRemoval, at } from './values.js';

const removal = (id: string) =>
  aRemoval('r1', id, {
    status: 'removed',
    dueAt: null,
    sentAt: at(1),
    settledAt: at(5),
    chatName: 'Launch crew',
  });

const anAddition = (id: string, of = 'a', changes: Partial<Addition> = {}): Addition => ({
  ...additionFor(removal(of), { id, viewId: 'V1', requestedBy: 'U0ALICE', at: at(60) }),
  ...changes,
});

describe.each(engines)('Additions on $name', (engine) => {
  const store = useFreshStore(engine);
  const additions = async () => (await announceable(store(), 'r1'))?.additions ?? [];

  beforeEach(async () => {
    const told = anAnnouncement('r1', { shown: 1, dueAt: null, place: { channel: 'C1', ts: '1.1' } });
    await approve(store(), [removal('a'), removal('b')], told);
  });

  it('keep every field', async () => {
    expect(await store().approveAdditions([anAddition('x')])).toBe(true);
    const changed = anAddition('x', 'a', {
      status: 'unsure',
      attempts: 2,
      sentAt: at(61),
      notBefore: at(62),
      provingSince: at(63),
      reason: 'no-answer',
      linqSays: 'No “<!channel>”',
      traceId: '9f1c',
      stepAt: at(64),
      dueAt: at(64),
      telling: {
        toPerson: true,
        place: { channel: 'D1', ts: '2.2' },
        wanted: 3,
        shown: 2,
        at: at(65),
        held: true,
        tries: 4,
        unheard: 1,
      },
    });
    expect(await store().saveAddition(changed, null)).toEqual({ ...changed, version: 1 });
    expect(await store().dueAdditions(at(64), 10)).toEqual([{ ...changed, version: 1 }]);
    expect(await additions()).toEqual([{ ...changed, version: 1 }]);
  });

  it('count once for a view, however often it is submitted', async () => {
    expect(await store().approveAdditions([anAddition('x', 'a'), anAddition('y', 'b')])).toBe(true);
    expect(await store().approveAdditions([anAddition('z', 'a')])).toBe(false);
    expect(await additions()).toHaveLength(2);
  });

  it('are new when an earlier try with the same ids was recorded unheard', async () => {
    await store().approveAdditions([anAddition('x')]);
    expect(await store().approveAdditions([anAddition('x')])).toBe(true);
    expect(await additions()).toHaveLength(1);
  });

  it('of two windows at the same moment one wins, while it is open and when it is back', async () => {
    const tries = ['V1', 'V2', 'V3'].map((viewId, index) =>
      store().approveAdditions([anAddition(`x${index}`, 'a', { viewId })]),
    );
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    const [only] = await additions();
    if (!only) throw new Error('none was recorded');
    await store().saveAddition(
      { ...only, status: 'back', settledAt: at(70), dueAt: null, stepAt: null },
      { at: at(70) },
    );
    expect(await store().approveAdditions([anAddition('late', 'a', { viewId: 'V4' })])).toBe(false);
  });

  it.each(['refused', 'unconfirmed'] as const)(
    'may be asked for anew when the first was %s',
    async (status) => {
      await store().approveAdditions([anAddition('x')]);
      await store().saveAddition(
        anAddition('x', 'a', { status, settledAt: at(70), dueAt: null, stepAt: null }),
        {
          at: at(70),
        },
      );
      expect(await store().approveAdditions([anAddition('y', 'a', { viewId: 'V2' })])).toBe(true);
    },
  );

  it('are written by the first of two who read the same version', async () => {
    await store().approveAdditions([anAddition('x')]);
    expect(await store().saveAddition(anAddition('x', 'a', { status: 'queued' }), null)).not.toBeNull();
    expect(await store().saveAddition(anAddition('x', 'a', { status: 'unsure' }), null)).toBeNull();
  });

  it('ask for the message to follow when they begin and when they end', async () => {
    await store().approveAdditions([anAddition('x')]);
    expect(await dueAt(store(), 'r1')).toEqual(at(60));
    const begun = (await announceable(store(), 'r1'))?.announcement.wanted;
    await store().saveAddition(anAddition('x', 'a', { status: 'back', settledAt: at(70), dueAt: null }), {
      at: at(70),
    });
    expect((await announceable(store(), 'r1'))?.announcement.wanted).toBe((begun ?? 0) + 1);
  });

  it('are due by their time alone', async () => {
    await store().approveAdditions([anAddition('x')]);
    expect(await store().dueAdditions(at(59), 10)).toEqual([]);
    expect(await store().dueAdditions(at(60), 10)).toHaveLength(1);
  });
});

describe.each(engines)('A message that plans an edit, on $name', (engine) => {
  const store = useFreshStore(engine);

  it('gives up its plan for news that came meanwhile, but not when it knew of it', async () => {
    await approve(store(), [removal('a')], anAnnouncement('r1', { wanted: 2, shown: 1, dueAt: at(5) }));
    const read = (await announceable(store(), 'r1'))?.announcement;
    if (!read) throw new Error('no announcement');
    // Trouble: the edit is tried again later, whatever else happens.
    const troubled = await store().saveAnnouncement({ ...read, dueAt: at(99) }, at(6));
    expect(await dueAt(store(), 'r1')).toEqual(at(99));
    if (!troubled) throw new Error('it was not written');
    // All was shown that was known; more had come by then.
    await store().saveAnnouncement({ ...troubled, wanted: 1, shown: 1, dueAt: at(86_400) }, at(7));
    expect(await dueAt(store(), 'r1')).toEqual(at(7));
  });
});
