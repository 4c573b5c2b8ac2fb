import { at } from '../support/build.js';
import { engines } from './engines.js';
import { changeOf, dueIds, found, messageIn, record, useFreshStore } from './stores.js';

const PAUSE = { by: 'U0BOB', at: at(10), channelId: 'C0SUPPORT' };
const END = { by: 'U0CAROL', at: at(70), channelId: 'C0SUPPORT' };

describe.each(engines)('A pause on $name', (engine) => {
  const fresh = useFreshStore(engine);

  it('lets no claim be written, and what shares its commit all the same', async () => {
    const { store } = fresh();
    const [claimed, read] = [changeOf('r1', 'a'), changeOf('r1', 'b', { status: 'queued' })];
    await record(fresh(), [claimed, read]);
    expect(await store.startPause(PAUSE, 'an incident')).toBe(true);
    expect(await store.startPause({ ...PAUSE, by: 'U0CAROL', at: at(11) }, null)).toBe(false);
    const saved = await Promise.all([
      store.save({ ...claimed, status: 'sending', attempts: 1, sentAt: at(12), dueAt: at(57) }, at(12)),
      store.save({ ...read, dueAt: at(20) }, at(12)),
    ]);
    expect(saved).toEqual([null, expect.objectContaining({ id: 'b', dueAt: at(20) })]);
    expect((await found(fresh(), 'r1')).pause).toEqual({ by: 'U0BOB', since: at(10), reason: 'an incident' });
  });

  it('hides what is only to be sent from the loop, and nothing else', async () => {
    const { store } = fresh();
    const waiting = { status: 'waiting', dueAt: at(1), deadlineAt: at(1_800) } as const;
    await record(fresh(), [
      changeOf('r1', 'approved'),
      changeOf('r1', 'waiting', waiting),
      changeOf('r1', 'unclear', { ...waiting, mayStillAct: true }),
      changeOf('r1', 'lost', { status: 'sending', dueAt: at(1), mayStillAct: true }),
      changeOf('r1', 'queued', { status: 'queued', dueAt: at(1) }),
    ]);
    await store.startPause(PAUSE, null);
    expect([...(await dueIds(fresh(), 'sends', 20))].sort()).toEqual(['lost', 'unclear']);
    expect(await dueIds(fresh(), 'proofs', 20)).toEqual(['queued']);
    await store.endPause(END);
    expect([...(await dueIds(fresh(), 'sends', 71))].sort()).toEqual([
      'approved',
      'lost',
      'unclear',
      'waiting',
    ]);
  });

  it('gives its time back at its end, but not to what Linq has accepted', async () => {
    const { store } = fresh();
    await record(fresh(), [
      changeOf('r1', 'a', { status: 'waiting', notBefore: at(300), deadlineAt: at(1_800) }),
      changeOf('r1', 'b', { status: 'queued', deadlineAt: at(1_800) }),
    ]);
    await store.startPause(PAUSE, null);
    expect(await store.endPause(END)).toEqual({ by: 'U0BOB', since: at(10), reason: null });
    expect(await store.endPause(END)).toBeNull();
    const { changes, pause } = await found(fresh(), 'r1');
    expect(changes.map(({ deadlineAt, dueAt }) => [deadlineAt, dueAt])).toEqual([
      [at(1_860), at(300)],
      [at(1_800), at(0)],
    ]);
    expect(pause).toBeNull();
  });

  it('is news for every message of what is open, once, and so is its end', async () => {
    const { store } = fresh();
    await record(fresh(), [changeOf('r1', 'a', { status: 'queued' })]);
    await record(fresh(), [changeOf('r2', 'b', { status: 'done' })]);
    const wanted = async () => [
      (await messageIn(fresh(), 'r1')).wanted,
      (await messageIn(fresh(), 'r2')).wanted,
    ];
    await store.startPause(PAUSE, null);
    await store.tellOfPause(at(11));
    await store.tellOfPause(at(12));
    expect(await wanted()).toEqual([2, 1]);
    await store.endPause(END);
    await store.tellOfPause(at(71));
    expect(await wanted()).toEqual([3, 1]);
  });
});
