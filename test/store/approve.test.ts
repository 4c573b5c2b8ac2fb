import { type RemovalStatus, STATUSES } from '../../src/removal/removal.js';
import { engines } from './engines.js';
import { announceable, approve, useFreshStore } from './stores.js';
import { anAnnouncement, aRemoval, aRequest, at } from './values.js';

const FINAL: readonly RemovalStatus[] = ['removed', 'gone', 'refused', 'unconfirmed'];

/** By message: an error of the native module belongs to the realm that loaded it first, not to every test file's. */
const sayingThat = (word: string) => ({ message: expect.stringMatching(new RegExp(word, 'i')) });

describe.each(engines)('An approval on $name', (engine) => {
  const store = useFreshStore(engine);

  it('keeps every field of request, removals and announcement', async () => {
    const request = aRequest('r1', {
      note: 'left “Acme” <!channel> 👋',
      responseUrl: 'https://hooks.slack.com/commands/T/1/x',
      commandHadText: true,
      createdAt: new Date('2026-11-22T10:00:00.007Z'),
    });
    const open = aRemoval('r1', 'a', {
      chatName: `Launch 'crew'; drop table removals; --`,
      handle: 'Pat@Example.com',
      status: 'waiting',
      attempts: 2,
      dueAt: at(30),
      version: 7,
      sentAt: at(1),
      notBefore: at(30),
      reason: 'rate-limited',
      linqSays: 'Rate limit exceeded',
      traceId: '9f1c0a2b',
    });
    const ended = aRemoval('r1', 'b', {
      status: 'removed',
      dueAt: null,
      provingSince: at(2),
      settledAt: at(3),
      leftAlone: true,
    });
    const announcement = anAnnouncement('r1', {
      delivery: { route: 'response', hint: 'invite' },
      place: { channel: 'C1', ts: '1763805600.000100' },
      wanted: 5,
      shown: 3,
      held: true,
      dueAt: at(9),
      tries: 2,
      shownOpen: true,
      told: true,
      version: 4,
    });

    expect(await store().approve(request, [open, ended], announcement)).toBe(true);

    expect(await announceable(store(), 'r1')).toEqual({
      announcement,
      request,
      removals: [open, ended],
      proposal: null,
      additions: [],
    });
    expect(await store().dueRemovals(at(30), 10)).toEqual([open]);
  });

  it('keeps a phone number to the letter', async () => {
    const handles = ['+12052499136', '0012052499136', '2052499136'];
    await approve(
      store(),
      handles.map((handle, index) => aRemoval('r1', `m${index}`, { handle })),
    );

    const removals = await store().dueRemovals(at(0), 10);

    expect(removals.map((removal) => removal.handle)).toEqual(handles);
  });

  it('lists the removals of a request in the order of its review', async () => {
    const ids = ['c', 'a', 'd', 'b'];
    await approve(
      store(),
      ids.map((id) => aRemoval('r1', id)),
    );

    expect((await announceable(store(), 'r1'))?.removals.map((removal) => removal.id)).toEqual(ids);
  });

  it('of the same view changes nothing the second time', async () => {
    await approve(store(), [aRemoval('r1', 'a')]);

    const again = await store().approve(
      aRequest('r2', { viewId: 'V-r1' }),
      [aRemoval('r2', 'b')],
      anAnnouncement('r2'),
    );

    expect(again).toBe(false);
    expect((await store().dueRemovals(at(0), 10)).map((removal) => removal.id)).toEqual(['a']);
    expect(await announceable(store(), 'r2')).toBeUndefined();
  });

  it('wins once among fifty at the same moment', async () => {
    const claims = Array.from({ length: 50 }, (_, n) =>
      store().approve(
        aRequest(`r${n}`, { viewId: 'V-same' }),
        [aRemoval(`r${n}`, `m${n}`)],
        anAnnouncement(`r${n}`),
      ),
    );

    const won = await Promise.all(claims);

    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await store().dueRemovals(at(0), 100)).toHaveLength(1);
  });

  it('leaves nothing behind when a part of it cannot be written', async () => {
    const twice = [aRemoval('r1', 'a', { chatId: 'same' }), aRemoval('r1', 'b', { chatId: 'same' })];

    await expect(approve(store(), twice)).rejects.toMatchObject(sayingThat('unique'));

    await expect(approve(store(), [aRemoval('r1', 'c')])).resolves.toBeUndefined();
  });

  it('may hold a removal of any status, open ones with a time and final ones without', async () => {
    for (const status of STATUSES) {
      const removal = aRemoval(status, `m-${status}`, { status });
      const ended = FINAL.includes(status);
      await expect(approve(store(), [{ ...removal, dueAt: ended ? at(0) : null }])).rejects.toMatchObject(
        sayingThat('check'),
      );
      await approve(store(), [{ ...removal, dueAt: ended ? null : at(0) }]);
      expect((await announceable(store(), status))?.removals[0]?.status).toBe(status);
    }
  });

  it('refuses a status that does not exist', async () => {
    const odd = { ...aRemoval('r1', 'a'), status: 'lost' as RemovalStatus };

    await expect(approve(store(), [odd])).rejects.toMatchObject(sayingThat('check'));
  });
});
