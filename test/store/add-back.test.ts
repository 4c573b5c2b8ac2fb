import { statusMessageOf } from '../../src/removal/delivery.js';
import type { Recording } from '../../src/removal/ports.js';
import { at } from '../support/build.js';
import { engines } from './engines.js';
import {
  allEntries,
  changeOf,
  dueIds,
  found,
  kinds,
  messageIn,
  messageOf,
  record,
  recordingOf,
  requestOf,
  save,
  useFreshStore,
} from './stores.js';

const place = { channel: 'C1', ts: '1.1' };
const removal = (id: string) =>
  changeOf('r1', id, { status: 'done', sentAt: at(1), settledAt: at(5), chatName: 'Launch crew' });

/** Alice presses Add back for these removals of r1, at so many seconds. */
function addBack(id: string, undone: readonly string[], seconds = 60): Recording {
  const request = requestOf(id, { undoes: 'r1', createdAt: at(seconds) });
  const changes = undone.map((of, index) =>
    changeOf(id, `${id}:${index + 1}`, {
      direction: 'add',
      chatId: `chat-${of}`,
      undoes: of,
      dueAt: at(seconds),
      approvedAt: at(seconds),
    }),
  );
  return recordingOf(changes, { request, status: statusMessageOf(request) });
}

describe.each(engines)('Add back on $name', (engine) => {
  const fresh = useFreshStore(engine);
  const additions = async () => (await found(fresh(), 'r1')).addBacks;
  const isRecorded = (recording: Recording) => fresh().store.record(recording);

  beforeEach(async () => {
    await record(fresh(), [removal('a'), removal('b')], {
      status: messageOf('r1', { shown: 1, dueAt: null, place }),
    });
  });

  /** The first addition of x, as it goes on. */
  async function goesOn(changes: Parameters<typeof changeOf>[2], seconds: number) {
    const [first] = (await found(fresh(), 'x')).changes;
    if (!first) throw new Error('nothing is being added back');
    return save(fresh(), changeOf('x', first.id, { ...first, ...changes }), seconds);
  }

  it('is a request of its own, told in the thread of the one that it undoes', async () => {
    const recording = addBack('x', ['a', 'b']);
    expect(await isRecorded(recording)).toBe(true);

    expect(await found(fresh(), 'x')).toEqual({
      request: recording.request,
      changes: recording.changes,
      proposal: null,
      status: recording.status,
      copies: [],
      addBacks: [],
      thread: place,
      pause: null,
    });
    expect(await additions()).toEqual(recording.changes);
    expect(await dueIds(fresh(), 'sends', 60)).toEqual(['x:1', 'x:2']);
    expect((await kinds(fresh())).slice(2)).toEqual(['add-approved', 'add-approved']);
  });

  it('has no thread while the first message does not stand', async () => {
    await record(fresh(), [changeOf('r2', 'c', { status: 'done' })]);
    const request = requestOf('y', { undoes: 'r2' });
    await record(fresh(), [changeOf('y', 'y:1', { direction: 'add', undoes: 'c' })], { request });
    expect(await found(fresh(), 'y')).toMatchObject({ thread: null });
  });

  it('counts once for a view, however often it is submitted', async () => {
    expect(await isRecorded(addBack('x', ['a', 'b']))).toBe(true);
    const again = addBack('z', ['a', 'b']);
    expect(await isRecorded({ ...again, request: { ...again.request, viewId: 'V-x' } })).toBe(false);
    expect(await additions()).toHaveLength(2);
  });

  it('is new when an earlier try with the same ids was recorded unheard', async () => {
    await isRecorded(addBack('x', ['a']));
    expect(await isRecorded(addBack('x', ['a']))).toBe(true);
    expect(await additions()).toHaveLength(1);
  });

  it('of several windows at the same moment happens once, and nothing of the others is written', async () => {
    const tries = ['x0', 'x1', 'x2'].map((id) => isRecorded(addBack(id, id === 'x1' ? ['b', 'a'] : ['a'])));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    const undone = (await additions()).map(({ undoes }) => undoes);
    expect(undone.filter((id) => id === 'a')).toHaveLength(1);
    const recorded = await Promise.all(['x0', 'x1', 'x2'].map((id) => fresh().store.find(id)));
    expect(recorded.filter(Boolean)).toHaveLength(1);
    expect(fresh().transitions).toHaveLength(2 + undone.length);
  });

  it.each(['sending', 'waiting', 'unsure', 'queued', 'done', 'gone'])(
    'is refused while another one is %s',
    async (status) => {
      await isRecorded(addBack('x', ['a']));
      const isFinal = status === 'done' || status === 'gone';
      const isUnclear = status === 'unsure' || status === 'queued';
      const times = isFinal ? { settledAt: at(70), dueAt: null } : {};
      await goesOn({ status, mayStillAct: isUnclear, ...times }, 70);
      expect(await isRecorded(addBack('late', ['a'], 80))).toBe(false);
      expect(await isRecorded(addBack('late', ['b'], 80))).toBe(true);
    },
  );

  it.each(['refused', 'unconfirmed'])('may be asked for anew when the first was %s', async (status) => {
    await isRecorded(addBack('x', ['a']));
    const reason = 'other-refusal';
    const ended = { status, reason, settledAt: at(70), dueAt: at(3_670), attempts: 1 };
    await goesOn({ ...ended, mayStillAct: status === 'unconfirmed' }, 70);
    expect(await isRecorded(addBack('y', ['a'], 80))).toBe(true);

    // The first one turns out well after all: two have, and neither write is refused.
    const proven = { status: 'done', mayStillAct: false, settledAt: at(90), dueAt: null, reason: null };
    await goesOn(proven, 90);
    const [second] = (await found(fresh(), 'y')).changes;
    await save(fresh(), changeOf('y', 'y:1', { ...second, ...proven }), 95);
    expect((await additions()).map((addition) => addition.status)).toEqual(['done', 'done']);
  });

  it('asks for the message with its button to follow when it begins and when it ends', async () => {
    await isRecorded(addBack('x', ['a']));
    expect(await messageIn(fresh(), 'r1')).toMatchObject({ dueAt: at(60), wanted: 2 });

    await goesOn({ status: 'queued', mayStillAct: true }, 61);
    expect(await messageIn(fresh(), 'r1')).toMatchObject({ wanted: 2 });
    expect(await messageIn(fresh(), 'x')).toMatchObject({ wanted: 2, dueAt: at(61) });

    await goesOn({ status: 'done', mayStillAct: false, settledAt: at(70), dueAt: null }, 70);
    expect(await messageIn(fresh(), 'r1')).toMatchObject({ wanted: 3 });
    expect(await messageIn(fresh(), 'x')).toMatchObject({ wanted: 3 });
  });

  it('enters the history under its own names, decided by who asked for it', async () => {
    await isRecorded(addBack('x', ['a']));
    await goesOn({ status: 'done', settledAt: at(70), dueAt: null }, 70);
    expect((await allEntries(fresh())).slice(2)).toMatchObject([
      { kind: 'add-approved', changeId: 'x:1', requestId: 'x', decidedBy: 'U0ALICE' },
      { kind: 'added-back', changeId: 'x:1', requestId: 'x', at: at(70) },
    ]);
  });
});
