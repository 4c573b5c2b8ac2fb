import { engines } from './engines.js';
import { announceable, approve, dueAt, useFreshStore } from './stores.js';
import { anAnnouncement, aRemoval, aRequest, at } from './values.js';

describe.each(engines)('Due announcements on $name', (engine) => {
  const store = useFreshStore(engine);

  it('are those whose time has come, the longest due first, each with what it speaks about', async () => {
    await approve(
      store(),
      [aRemoval('r1', 'a'), aRemoval('r1', 'b')],
      anAnnouncement('r1', { dueAt: at(3) }),
    );
    await approve(store(), [aRemoval('r2', 'c')], anAnnouncement('r2', { dueAt: at(2) }));
    await approve(store(), [aRemoval('r3', 'd')], anAnnouncement('r3', { dueAt: at(5) }));
    await approve(store(), [aRemoval('r4', 'e')], anAnnouncement('r4', { dueAt: null }));

    const due = await store().dueAnnouncements(at(4), 10);

    expect(due).toEqual([
      {
        announcement: anAnnouncement('r2', { dueAt: at(2) }),
        request: aRequest('r2'),
        removals: [aRemoval('r2', 'c')],
        proposal: null,
        additions: [],
      },
      {
        announcement: anAnnouncement('r1', { dueAt: at(3) }),
        request: aRequest('r1'),
        removals: [aRemoval('r1', 'a'), aRemoval('r1', 'b')],
        proposal: null,
        additions: [],
      },
    ]);
  });

  it('come no more than asked for, and may be none', async () => {
    expect(await store().dueAnnouncements(at(9), 10)).toEqual([]);
    await approve(store(), [aRemoval('r1', 'a')]);
    await approve(store(), [aRemoval('r2', 'b')]);

    expect(await store().dueAnnouncements(at(9), 1)).toHaveLength(1);
  });

  it('speak about the removals as they are now', async () => {
    const removal = aRemoval('r1', 'a');
    await approve(store(), [removal]);
    const saved = await store().saveRemoval({ ...removal, status: 'queued' }, { at: at(1) });

    expect((await store().dueAnnouncements(at(1), 1))[0]?.removals).toEqual([saved]);
  });
});

describe.each(engines)('Writing an announcement on $name', (engine) => {
  const store = useFreshStore(engine);
  const removal = aRemoval('r1', 'a');
  const read = anAnnouncement('r1', { dueAt: at(0) });

  /** News arrives, as the loop would bring it. */
  async function news(seconds: number): Promise<void> {
    const current = (await announceable(store(), 'r1'))?.removals[0] ?? removal;
    await store().saveRemoval({ ...current, status: 'queued' }, { at: at(seconds) });
  }

  it('stores every change and counts the version', async () => {
    await approve(store(), [removal], read);
    const changed = anAnnouncement('r1', {
      delivery: { route: 'person', hint: 'closed' },
      place: { channel: 'D1', ts: '1763805600.000200' },
      shown: 1,
      held: true,
      dueAt: at(15),
      tries: 3,
      shownOpen: true,
      told: true,
    });

    const saved = await store().saveAnnouncement(changed, at(0));

    expect(saved).toEqual({ ...changed, version: 1 });
    expect((await announceable(store(), 'r1'))?.announcement).toEqual(saved);
  });

  it('loses to whoever wrote since it was read', async () => {
    await approve(store(), [removal], read);
    const winner = await store().saveAnnouncement({ ...read, held: true, dueAt: at(15) }, at(0));

    const loser = await store().saveAnnouncement({ ...read, told: true }, at(0));

    expect(loser).toBeNull();
    expect((await announceable(store(), 'r1'))?.announcement).toEqual(winner);
  });

  it('rests when everything asked for is shown', async () => {
    await approve(store(), [removal], read);

    const saved = await store().saveAnnouncement({ ...read, shown: 1, dueAt: null }, at(2));

    expect(saved?.dueAt).toBeNull();
    expect(await dueAt(store(), 'r1')).toBeNull();
  });

  it('is not hindered by news, which make it due again at once', async () => {
    await approve(store(), [removal], read);
    const held = await store().saveAnnouncement({ ...read, held: true, dueAt: at(15) }, at(0));
    await news(1);

    const released = await store().saveAnnouncement(
      { ...(held ?? read), held: false, shown: 1, dueAt: null },
      at(2),
    );

    expect(released).toMatchObject({ dueAt: at(2), version: 2 });
    expect((await announceable(store(), 'r1'))?.announcement).toMatchObject({
      wanted: 2,
      shown: 1,
      dueAt: at(2),
    });
  });

  it('keeps a planned time even when news arrived', async () => {
    await approve(store(), [removal], read);
    const held = await store().saveAnnouncement({ ...read, held: true, dueAt: at(15) }, at(0));
    await news(1);

    await store().saveAnnouncement({ ...(held ?? read), held: false, dueAt: at(20) }, at(2));

    expect(await dueAt(store(), 'r1')).toEqual(at(20));
  });

  it('never counts as shown what came between reading and taking it up', async () => {
    await approve(store(), [removal], read);
    const [seen] = await store().dueAnnouncements(at(0), 1);
    await news(1);

    const held = await store().saveAnnouncement(
      { ...(seen?.announcement ?? read), held: true, dueAt: at(15) },
      at(1),
    );
    expect(held?.wanted).toBe(1);

    const shown = { ...(held ?? read), held: false, shown: held?.wanted ?? 0, dueAt: null };
    expect((await store().saveAnnouncement(shown, at(2)))?.dueAt).toEqual(at(2));
  });
});
