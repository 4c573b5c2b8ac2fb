import type { Delivery } from '../../src/removal/delivery.js';
import { aProposal, at } from '../support/build.js';
import { engines } from './engines.js';
import {
  changeOf,
  dueAt,
  found,
  messageIn,
  messageOf,
  type Opened,
  record,
  requestOf,
  save,
  useFreshStore,
} from './stores.js';

const place = { channel: 'C1', ts: '1763805600.000200' };

describe.each(engines)('Due deliveries on $name', (engine) => {
  const fresh = useFreshStore(engine);
  const due = (seconds: number, limit = 10, except: readonly string[] = []) =>
    fresh().store.dueDeliveries(at(seconds), limit, except);

  it('are those whose time has come, the longest due first, each with what it speaks about', async () => {
    await record(fresh(), [changeOf('r1', 'a'), changeOf('r1', 'b')], {
      status: messageOf('r1', { dueAt: at(3) }),
    });
    await record(fresh(), [], {
      request: requestOf('r2'),
      proposal: aProposal({ requestId: 'r2' }),
      status: messageOf('r2', { dueAt: at(2) }),
    });
    await record(fresh(), [changeOf('r3', 'd')], { status: messageOf('r3', { dueAt: at(5) }) });
    await record(fresh(), [changeOf('r4', 'e')], { status: messageOf('r4', { dueAt: null }) });

    expect(await due(4)).toEqual([
      {
        delivery: messageOf('r2', { dueAt: at(2) }),
        state: {
          request: requestOf('r2'),
          changes: [],
          proposal: aProposal({ requestId: 'r2' }),
          status: messageOf('r2', { dueAt: at(2) }),
          copies: [],
          addBacks: [],
          thread: null,
          pause: null,
        },
      },
      {
        delivery: messageOf('r1', { dueAt: at(3) }),
        state: {
          request: requestOf('r1'),
          changes: [changeOf('r1', 'a'), changeOf('r1', 'b')],
          proposal: null,
          status: messageOf('r1', { dueAt: at(3) }),
          copies: [],
          addBacks: [],
          thread: null,
          pause: null,
        },
      },
    ]);
  });

  it('come no more than asked for, without those that are left out, and may be none', async () => {
    expect(await due(9)).toEqual([]);
    await record(fresh(), [changeOf('r1', 'a')]);
    await record(fresh(), [changeOf('r2', 'b')]);

    const ids = async (limit: number, except: readonly string[]) =>
      (await due(9, limit, except)).map(({ delivery }) => delivery.id);
    expect(await ids(1, [])).toEqual(['r1']);
    expect(await ids(1, ['r1', 'other'])).toEqual(['r2']);
    expect(await ids(9, ['r1', 'r2'])).toEqual([]);
  });

  it('speak about the changes as they are now', async () => {
    const change = changeOf('r1', 'a');
    await record(fresh(), [change]);
    const saved = await save(fresh(), { ...change, status: 'queued', mayStillAct: true }, 1);

    expect((await due(1))[0]?.state.changes).toEqual([saved]);
  });
});

describe.each(engines)('Writing a delivery on $name', (engine) => {
  const fresh = useFreshStore(engine);
  const change = changeOf('r1', 'a');
  const read = messageOf('r1', { dueAt: at(0) });
  const start = (status: Delivery = read) => record(fresh(), [change], { status });

  /** News arrives, as the loop would bring it. */
  async function news(seconds: number): Promise<void> {
    const current = (await found(fresh(), 'r1')).changes[0] ?? change;
    const status = current.status === 'queued' ? 'unsure' : 'queued';
    await save(fresh(), { ...current, status, mayStillAct: true }, seconds);
  }

  async function write({ store }: Opened, delivery: Delivery, seconds: number): Promise<Delivery> {
    const saved = await store.saveDelivery(delivery, at(seconds));
    if (!saved) throw new Error('another process was faster');
    return saved;
  }

  it('stores everything and counts the version', async () => {
    await start();
    const changed = messageOf('r1', {
      route: 'person',
      hint: 'closed',
      place,
      shown: 1,
      held: true,
      dueAt: at(15),
      quietUntil: at(1),
      notBefore: at(2),
      tries: 3,
      unheard: 1,
      shownOpen: true,
      toldBad: 2,
      toldAt: at(1),
      listed: true,
    });

    const saved = await write(fresh(), changed, 0);

    expect(saved).toEqual({ ...changed, version: 1 });
    expect(await messageIn(fresh(), 'r1')).toEqual(saved);
  });

  it('loses to the process that wrote since it was read', async () => {
    await start();
    const winner = await write(fresh(), { ...read, held: true, dueAt: at(15) }, 0);

    expect(await fresh().store.saveDelivery({ ...read, listed: true }, at(0))).toBeNull();
    expect(await messageIn(fresh(), 'r1')).toEqual(winner);
  });

  it('rests when everything asked for is shown', async () => {
    await start();

    expect(await write(fresh(), { ...read, shown: 1, dueAt: null }, 2)).toMatchObject({ dueAt: null });
    expect(await dueAt(fresh(), 'r1')).toBeNull();
  });

  it('is not hindered by news, which make it due again at once', async () => {
    await start();
    const held = await write(fresh(), { ...read, held: true, dueAt: at(15) }, 0);
    await news(1);

    const released = await write(fresh(), { ...held, held: false, shown: 1, dueAt: null }, 2);

    expect(released).toMatchObject({ dueAt: at(2), version: 2 });
    expect(await messageIn(fresh(), 'r1')).toMatchObject({ wanted: 2, shown: 1, dueAt: at(2) });
  });

  it('shows news of the meantime when the pause between two edits, and what Slack asked for, are over', async () => {
    await start();
    const held = await write(fresh(), { ...read, held: true, dueAt: at(15) }, 0);
    await news(1);
    const shown = { ...held, held: false, shown: 1, dueAt: null, quietUntil: at(3), notBefore: at(30) };

    expect(await write(fresh(), shown, 2)).toMatchObject({ dueAt: at(30) });
  });

  it('keeps a time that was planned because of trouble even when news arrived', async () => {
    await start();
    const held = await write(fresh(), { ...read, held: true, dueAt: at(15) }, 0);
    await news(1);

    await write(fresh(), { ...held, held: false, dueAt: at(20) }, 2);

    expect(await dueAt(fresh(), 'r1')).toEqual(at(20));
  });

  it('gives up a plan that knew nothing of the news', async () => {
    await start(messageOf('r1', { wanted: 2, shown: 1, dueAt: at(5) }));
    await write(fresh(), { ...(await messageIn(fresh(), 'r1')), wanted: 1, dueAt: at(86_400) }, 7);

    expect(await dueAt(fresh(), 'r1')).toEqual(at(7));
  });

  it('never counts as shown what came between reading and taking it up', async () => {
    await start();
    const [seen] = await fresh().store.dueDeliveries(at(0), 1, []);
    await news(1);

    const held = await write(fresh(), { ...(seen?.delivery ?? read), held: true, dueAt: at(15) }, 1);
    expect(held.wanted).toBe(1);

    const shown = { ...held, held: false, shown: held.wanted, dueAt: null };
    expect((await write(fresh(), shown, 2)).dueAt).toEqual(at(2));
  });

  it('keeps its lease when it was taken up for something else than news, and news came', async () => {
    await start(messageOf('r1', { shown: 1, place, dueAt: at(0) }));
    const seen = await messageIn(fresh(), 'r1');
    await news(1);

    await write(fresh(), { ...seen, held: true, dueAt: at(15) }, 1);

    expect(await messageIn(fresh(), 'r1')).toMatchObject({ held: true, dueAt: at(15), wanted: 2 });
  });
});
