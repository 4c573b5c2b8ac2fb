import { announcementFor } from '../../src/removal/announcement.js';
import type { Announceable, ChatAnswer, LinqClient, Observer, Posted } from '../../src/removal/ports.js';
import type { Removal } from '../../src/removal/removal.js';
import { createRunner } from '../../src/removal/runner.js';
import {
  aChat,
  accepts,
  aRemoval,
  aRequest,
  CHAT_ID,
  fails,
  PAT,
  shows,
  withoutPat,
} from '../support/build.js';
import { createClock, minutes, seconds } from '../support/clock.js';
import {
  type LinqDouble,
  linqDouble,
  logDouble,
  type MemoryStore,
  type MessengerDouble,
  memoryStore,
  messengerDouble,
} from './doubles.js';

interface World {
  readonly store: MemoryStore;
  readonly linq: LinqDouble;
  readonly messenger: MessengerDouble;
}

/** A request with its removals, just approved. */
function approved(id: string, ...removals: readonly Partial<Removal>[]): Announceable {
  const request = aRequest({ id });
  const given = removals.length > 0 ? removals : [{}];
  return {
    request,
    proposal: null,
    additions: [],
    announcement: announcementFor(request),
    removals: given.map((changes, index) => aRemoval({ id: `${id}:${index}`, requestId: id, ...changes })),
  };
}

function setUp(world: Partial<World> = {}) {
  const store = world.store ?? memoryStore(approved('one'));
  const linq = world.linq ?? linqDouble();
  const messenger = world.messenger ?? messengerDouble();
  const log = logDouble();
  const clock = createClock();
  const observed: string[] = [];
  const observer: Observer = {
    transition: (before, after) => observed.push(`${before.status} → ${after.status}`),
    rerouted: (route) => observed.push(`to ${route}`),
  };
  const runner = createRunner({
    store,
    linq,
    messenger,
    observer,
    log,
    now: clock.now,
    confirmWindowMs: minutes(30),
  });
  const passes = async (ms: number) => {
    clock.advance(ms);
    await runner.tick();
  };
  return { store, linq, messenger, log, observed, clock, runner, passes };
}

/** A promise and the handle that settles it. */
function gate<T = void>() {
  let open: (value: T) => void = () => {};
  const opened = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('the loop', () => {
  it('goes from approval to proof in one message', async () => {
    const readings: ChatAnswer[] = [shows(aChat()), shows(aChat()), shows(withoutPat())];
    const linq = linqDouble({ readChat: async () => readings.shift() ?? fails() });
    const { runner, store, messenger, observed, passes } = setUp({ linq });
    await runner.tick();
    expect(linq.deletes).toEqual([`${CHAT_ID} ${PAT}`]);
    await passes(seconds(2));
    await passes(seconds(2));
    await passes(minutes(60));
    expect(store.removal('one:0')).toMatchObject({ status: 'removed', attempts: 1, dueAt: null });
    expect(messenger.said).toEqual(['post queued', 'edit removed']);
    expect(observed).toEqual(['approved → sending', 'sending → queued', 'queued → removed']);
  });

  it('does nothing where nothing is due', async () => {
    const { passes, linq, messenger } = setUp({ store: memoryStore() });
    await passes(minutes(1));
    expect([...linq.deletes, ...messenger.said]).toEqual([]);
  });

  it('waits with the message until the last chat of a request is answered, but not beyond four seconds', async () => {
    const slow = gate();
    const removeParticipant: LinqClient['removeParticipant'] = async (chatId) => {
      if (chatId === 'slow') await slow.opened;
      return accepts();
    };
    const store = memoryStore(approved('one', {}, { chatId: 'slow' }));
    const { runner, clock, messenger } = setUp({ store, linq: linqDouble({ removeParticipant }) });
    const first = runner.tick();
    await until(() => store.removal('one:0').status === 'queued');
    expect(messenger.said).toEqual([]);
    clock.advance(seconds(4));
    const second = runner.tick();
    await until(() => messenger.said.length > 0);
    expect(messenger.said).toEqual(['post queued sending']);
    slow.open();
    await Promise.all([first, second]);
    clock.advance(seconds(1));
    await runner.tick();
    expect(messenger.said.at(-1)).toBe('edit queued queued');
  });

  it('explains a refusal from the roster', async () => {
    const refuses = async () => fails({ status: 404, code: 2001 });
    const readings = [shows(aChat()), shows(withoutPat())];
    const linq = linqDouble({
      readChat: async () => readings.shift() ?? fails(),
      removeParticipant: refuses,
    });
    const { runner, messenger } = setUp({ linq });
    await runner.tick();
    expect(messenger.said).toEqual(['post gone']);
  });

  it('looks before it sends again what a dead process left behind', async () => {
    const left = { status: 'sending', attempts: 1, dueAt: new Date(0), sentAt: new Date(0) } as const;
    const linq = linqDouble({ readChat: async () => shows(withoutPat()) });
    const { runner, store } = setUp({ linq, store: memoryStore(approved('one', left)) });
    await runner.tick();
    expect(linq.deletes).toEqual([]);
    expect(store.removal('one:0')).toMatchObject({ status: 'removed', attempts: 1 });
  });

  it('sends at most five times, whatever Linq does', async () => {
    const linq = linqDouble({ removeParticipant: async () => fails() });
    const { passes, store } = setUp({ linq });
    for (let minute = 0; minute < 200; minute++) await passes(minutes(1));
    expect(linq.deletes).toHaveLength(5);
    expect(store.removal('one:0')).toMatchObject({ status: 'unconfirmed', reason: 'still-listed' });
  });
});

describe('many at once', () => {
  it('are never more than 8 at Linq, 4 of one request, and no request hides another', async () => {
    const atLinq = new Set<string>();
    let most = 0;
    let mostOfOne = 0;
    const readChat: LinqClient['readChat'] = async (chatId) => {
      atLinq.add(chatId);
      most = Math.max(most, atLinq.size);
      mostOfOne = Math.max(mostOfOne, [...atLinq].filter((id) => id.startsWith('big')).length);
      await new Promise(setImmediate);
      atLinq.delete(chatId);
      return shows(aChat());
    };
    const chats = (name: string, count: number) =>
      Array.from({ length: count }, (_, index) => ({ chatId: `${name}-${index}` }));
    const store = memoryStore(approved('big', ...chats('big', 20)), approved('small', ...chats('small', 6)));
    const { runner, linq } = setUp({ store, linq: linqDouble({ readChat }) });
    await runner.tick();
    expect({ most, mostOfOne }).toEqual({ most: 8, mostOfOne: 4 });
    expect(new Set(linq.deletes).size).toBe(26);
  });

  it('go on when one of them fails, and the failed one is taken up again later', async () => {
    let broken = true;
    const readChat: LinqClient['readChat'] = async (chatId) => {
      if (chatId === 'broken' && broken) throw new Error('a bug of ours');
      return shows(aChat());
    };
    const store = memoryStore(approved('one', { chatId: 'broken' }), approved('two'));
    const { runner, passes, log } = setUp({ store, linq: linqDouble({ readChat }) });
    await runner.tick();
    expect(store.removal('two:0').status).toBe('queued');
    expect(log.lines.join('\n')).toMatch(/error: A step failed .*a bug of ours/);
    broken = false;
    await passes(minutes(1));
    expect(store.removal('one:0')).toMatchObject({ status: 'queued', attempts: 2 });
  });

  it('do not hammer a store that cannot write', async () => {
    const store = memoryStore(approved('one'), approved('two'));
    let writes = 0;
    const saveRemoval: MemoryStore['saveRemoval'] = (removal, news) => {
      if (removal.requestId === 'two') return store.saveRemoval(removal, news);
      writes += 1;
      return Promise.reject(new Error('disk full'));
    };
    const { runner, linq } = setUp({ store: { ...store, saveRemoval } });
    await runner.tick();
    expect(writes).toBe(1);
    expect(linq.deletes).toHaveLength(1);
    await runner.tick();
    expect(writes).toBe(2);
  });
});

describe('two processes', () => {
  it('never send twice: whoever claims second stops silently', async () => {
    const store = memoryStore(approved('one'));
    const stale = { ...store, dueRemovals: async () => [aRemoval({ id: 'one:0', requestId: 'one' })] };
    let reads = 0;
    const once: MemoryStore = {
      ...stale,
      dueRemovals: async () => (reads++ === 0 ? stale.dueRemovals() : []),
    };
    store.touch('one:0');
    const { runner, linq, log } = setUp({ store: once });
    await runner.tick();
    expect(linq.deletes).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  it('write one answer when the lease was lost during the call', async () => {
    const store = memoryStore(approved('one'));
    const removeParticipant: LinqClient['removeParticipant'] = async () => {
      store.touch('one:0');
      return accepts();
    };
    const { runner, messenger } = setUp({ store, linq: linqDouble({ removeParticipant }) });
    await runner.tick();
    expect(store.removal('one:0').status).toBe('sending');
    expect(messenger.said).toEqual([]);
  });

  it('of the same loop share one round', async () => {
    const { runner, linq, messenger } = setUp();
    await Promise.all([runner.tick(), runner.tick(), runner.tick()]);
    expect(linq.deletes).toHaveLength(1);
    expect(messenger.said).toEqual(['post queued']);
  });
});

describe('telling people', () => {
  it.each<[string, readonly Posted['ok'][], readonly string[]]>([
    ['the channel takes it', [true], ['post queued']],
    ['only the response URL does', [false, true], ['post queued', 'respond queued']],
    [
      'only the person does',
      [false, false, true],
      ['post queued', 'respond queued', 'post-to-person queued'],
    ],
    ['nobody does', [false, false, false], ['post queued', 'respond queued', 'post-to-person queued']],
  ])('ends where %s', async (_where, answers, said) => {
    const left = [...answers];
    const refused: Posted = { ok: false, why: 'refused', hint: 'invite', retryAfterMs: null };
    const messenger = messengerDouble(async () =>
      left.shift() ? { ok: true, place: { channel: 'C0SUPPORT', ts: '1.1' } } : refused,
    );
    const { runner, log, store, observed } = setUp({ messenger });
    await runner.tick();
    expect(messenger.said).toEqual(said);
    const isLost = log.lines.some((line) =>
      line.startsWith('error: The outcome could not be told to anyone'),
    );
    expect(isLost).toBe(!answers.includes(true));
    const ways = ['channel', 'response', 'person', 'nowhere'].slice(1, said.length);
    expect(observed.filter((each) => each.startsWith('to '))).toEqual(
      [...ways, ...(isLost ? ['nowhere'] : [])].map((way) => `to ${way}`),
    );
    expect(store.removal('one:0').status).toBe('queued');
  });

  it('never touches what is true of the removal', async () => {
    const messenger = messengerDouble(async () => Promise.reject(new Error('a bug of ours')));
    const { runner, store, passes } = setUp({ messenger });
    await runner.tick();
    for (let tries = 0; tries < 5; tries++) await passes(seconds(20));
    expect(store.removal('one:0').status).toBe('queued');
    expect(messenger.said[0]).toBe('post queued');
  });
});

describe('stopping', () => {
  it('takes up nothing new once closed, and waits for what is under way', async () => {
    const atLinq = gate();
    const store = memoryStore(
      approved('one'),
      approved('two', { dueAt: new Date('2026-06-01T10:00:05.000Z') }),
    );
    const readChat: LinqClient['readChat'] = async () => {
      await atLinq.opened;
      return shows(aChat());
    };
    const { runner, linq, clock } = setUp({ store, linq: linqDouble({ readChat }) });
    const round = runner.tick();
    await until(() => store.removal('one:0').status === 'sending');
    runner.close();
    clock.advance(seconds(10));
    const later = runner.tick();
    let idle = false;
    const stopped = runner.idle().then(() => {
      idle = true;
    });
    await new Promise(setImmediate);
    expect(idle).toBe(false);
    atLinq.open();
    await Promise.all([round, later, stopped]);
    expect(linq.deletes).toHaveLength(1);
    expect(store.removal('one:0').status).toBe('queued');
    expect(store.removal('two:0').status).toBe('approved');
  });

  it('rejects a tick when the store cannot be read, and is itself again afterwards', async () => {
    const store = memoryStore(approved('one'));
    let down = true;
    const dueRemovals: MemoryStore['dueRemovals'] = (now, limit) =>
      down ? Promise.reject(new Error('no store')) : store.dueRemovals(now, limit);
    const { runner, linq } = setUp({ store: { ...store, dueRemovals } });
    await expect(runner.tick()).rejects.toThrow('no store');
    down = false;
    await runner.tick();
    expect(linq.deletes).toHaveLength(1);
  });
});

/** Lets everything that is ready run, until the condition holds. */
async function until(holds: () => boolean): Promise<void> {
  for (let turns = 0; turns < 1_000; turns++) {
    if (holds()) return;
    await new Promise(setImmediate);
  }
  throw new Error('It never came to that');
}
