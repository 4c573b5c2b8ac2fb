import { STATUSES, type Status } from '../../src/removal/change.js';
import { aProposal, at, aWanted } from '../support/build.js';
import { engines } from './engines.js';
import {
  allEntries,
  changeOf,
  dueIds,
  found,
  messageOf,
  record,
  recordingOf,
  requestOf,
  useFreshStore,
} from './stores.js';

/** By message: an error of the native module belongs to the realm that loaded it first, not to every test file's. */
const sayingThat = (word: string) => ({ message: expect.stringMatching(new RegExp(word, 'i')) });

describe.each(engines)('Recording on $name', (engine) => {
  const fresh = useFreshStore(engine);

  it('keeps every field of request, changes and message', async () => {
    const request = requestOf('r1', {
      threadTs: '1763805600.000001',
      note: 'left “Acme” <!channel> 👋',
      responseUrl: 'https://hooks.slack.com/commands/T/1/x',
      commandHadText: true,
      createdAt: new Date('2026-06-01T10:00:00.007Z'),
      approvedBy: ['U0BOB', 'U0CAROL'],
      stoppedBy: 'U0DAVE',
    });
    const open = changeOf('r1', 'a', {
      chatName: `Launch 'crew'; drop table changes; --`,
      handle: 'Pat@Example.com',
      status: 'waiting',
      attempts: 2,
      mayStillAct: true,
      stopped: true,
      dueAt: at(30),
      version: 7,
      sentAt: at(1),
      notBefore: at(30),
      watchedSince: at(2),
      deadlineAt: at(1_800),
      troubleSince: at(3),
      reason: 'rate-limited',
      linqSays: 'Rate limit exceeded',
      traceId: '9f1c0a2b',
    });
    const ended = changeOf('r1', 'b', {
      status: 'done',
      settledAt: at(3),
      leftVoluntarily: true,
      wasSeen: false,
    });
    const status = messageOf('r1', {
      route: 'response',
      hint: 'deleted',
      place: { channel: 'C1', ts: '1763805600.000100' },
      wanted: 5,
      shown: 3,
      held: true,
      dueAt: at(9),
      quietUntil: at(10),
      notBefore: at(11),
      tries: 2,
      unheard: 1,
      shownOpen: true,
      toldBad: 2,
      toldAt: at(8),
      listed: true,
      version: 4,
    });

    expect(await fresh().store.record(recordingOf([open, ended], { request, status }))).toBe(true);

    expect(await found(fresh(), 'r1')).toEqual({
      request,
      changes: [open, ended],
      proposal: null,
      status,
      copies: [],
      addBacks: [],
      thread: null,
      pause: null,
    });
    expect(await fresh().store.findChange('a')).toEqual(open);
    expect(await fresh().store.findChange('none')).toBeNull();
    expect(await fresh().store.find('none')).toBeNull();
  });

  it('keeps a phone number to the letter', async () => {
    const handles = ['+12052499136', '0012052499136', '2052499136'];
    await record(
      fresh(),
      handles.map((handle, index) => changeOf('r1', `m${index}`, { handle })),
    );

    const { changes } = await found(fresh(), 'r1');

    expect(changes.map(({ handle }) => handle)).toEqual(handles);
  });

  it('lists the changes of a request in the order of its review', async () => {
    const ids = ['c', 'a', 'd', 'b', 'r1:10', 'r1:2'];
    await record(
      fresh(),
      ids.map((id) => changeOf('r1', id)),
    );

    expect((await found(fresh(), 'r1')).changes.map(({ id }) => id)).toEqual(ids);
  });

  it('may hold several people of one chat', async () => {
    const chatId = 'chat-1';
    await record(fresh(), [
      changeOf('r1', 'a', { chatId }),
      changeOf('r1', 'b', { chatId, handle: 'sam@example.com' }),
    ]);

    expect((await found(fresh(), 'r1')).changes).toHaveLength(2);
  });

  it('of the same submission changes nothing the second time', async () => {
    await record(fresh(), [changeOf('r1', 'a')]);

    const request = requestOf('r2', { viewId: 'V-r1' });
    const again = recordingOf([changeOf('r2', 'b', { chatId: 'chat-a' })], { request });

    expect(await fresh().store.record(again)).toBe(false);
    expect(await dueIds(fresh(), 'sends', 0)).toEqual(['a']);
    expect(await fresh().store.find('r2')).toBeNull();
    expect(fresh().transitions).toHaveLength(1);
  });

  it('of other content in the same view is a second request, and both are known from the view', async () => {
    await record(fresh(), [changeOf('r1', 'a')]);
    const request = requestOf('r2', { viewId: 'V-r1', createdAt: at(9) });
    await record(fresh(), [changeOf('r2', 'b', { wasSeen: false })], { request });
    const proposal = aProposal({ requestId: 'r3', wanted: [aWanted({ chatId: 'chat-c' })] });
    await record(fresh(), [], { request: requestOf('r3', { viewId: 'V-r1', createdAt: at(5) }), proposal });
    await record(fresh(), [changeOf('r4', 'd')]);

    const recorded = await fresh().store.recordedFrom('V-r1');

    expect(recorded.map(({ request: { id }, wanted }) => [id, wanted])).toEqual([
      ['r1', [aWanted({ chatId: 'chat-a', chatName: null })]],
      ['r3', [aWanted({ chatId: 'chat-c' })]],
      ['r2', [aWanted({ chatId: 'chat-b', chatName: null, wasSeen: false })]],
    ]);
    expect(await fresh().store.recordedFrom('V-other')).toEqual([]);
  });

  it('of the very same request again, after a lost answer, counts as recorded', async () => {
    await record(fresh(), [changeOf('r1', 'a')]);

    expect(await fresh().store.record(recordingOf([changeOf('r1', 'a')]))).toBe(true);
    expect((await found(fresh(), 'r1')).changes).toHaveLength(1);
    expect(await allEntries(fresh())).toHaveLength(1);
  });

  it('wins once among fifty at the same moment', async () => {
    const claims = Array.from({ length: 50 }, (_, n) =>
      fresh().store.record(
        recordingOf([changeOf(`r${n}`, `m${n}`, { chatId: 'chat' })], {
          request: requestOf(`r${n}`, { viewId: 'V-same' }),
        }),
      ),
    );

    const won = await Promise.all(claims);

    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await dueIds(fresh(), 'sends', 0)).toHaveLength(1);
    expect(fresh().transitions).toHaveLength(1);
  });

  it('leaves nothing behind when a part of it cannot be written', async () => {
    const nameless = changeOf('r1', 'a', { handle: '' });

    await expect(record(fresh(), [nameless])).rejects.toMatchObject(sayingThat('check'));

    expect(await fresh().store.find('r1')).toBeNull();
    expect(fresh().transitions).toEqual([]);
    await expect(record(fresh(), [changeOf('r1', 'c')])).resolves.toBeUndefined();
  });

  it('tells of every new change once, with its entry in the history and what was shown on the first', async () => {
    const changes = [changeOf('r1', 'a'), changeOf('r1', 'b')];
    await record(fresh(), changes, { shown: 'Remove from 2 chats?' });

    expect(fresh().transitions).toEqual(changes.map((after) => ({ before: null, after })));
    expect((await allEntries(fresh())).map(({ kind, changeId, shown }) => [kind, changeId, shown])).toEqual([
      ['approved', 'a', 'Remove from 2 chats?'],
      ['approved', 'b', null],
    ]);
  });
});

describe.each(engines)('A stored change on $name', (engine) => {
  const fresh = useFreshStore(engine);
  const OPEN: readonly Status[] = ['approved', 'sending', 'waiting', 'unsure', 'queued'];

  it.each(STATUSES)('that is %s keeps what is certain of it', async (status) => {
    const change = changeOf('r1', 'a', { status });
    await record(fresh(), [change]);
    expect((await found(fresh(), 'r1')).changes).toEqual([change]);
  });

  it.each<[string, Parameters<typeof changeOf>[2]]>([
    ...OPEN.map((status): [string, object] => [`${status} without a plan`, { status, dueAt: null }]),
    ['done with a plan', { status: 'done', dueAt: at(0) }],
    ['gone with a plan', { status: 'gone', dueAt: at(0) }],
    ['done while a call may still act', { status: 'done', mayStillAct: true }],
    ['gone while a call may still act', { status: 'gone', mayStillAct: true }],
    ['refused while a call may still act', { status: 'refused', mayStillAct: true }],
    ['gone though never seen', { status: 'gone', wasSeen: false }],
    ['refused without a reason', { status: 'refused', reason: null }],
    ['open and settled', { status: 'queued', settledAt: at(1) }],
    ['final and not settled', { status: 'done', settledAt: null }],
    ['in a status that does not exist', { status: 'lost' }],
    ['in no direction', { direction: 'sideways' }],
  ])('is never %s', async (_what, changes) => {
    await expect(record(fresh(), [changeOf('r1', 'a', changes)])).rejects.toMatchObject(sayingThat('check'));
  });

  it.each(['refused', 'unconfirmed'])('that is %s may have a late reading planned', async (status) => {
    const change = changeOf('r1', 'a', { status, dueAt: at(3_600) });
    await record(fresh(), [change]);
    expect(await dueIds(fresh(), 'proofs', 3_600)).toEqual(['a']);
  });
});
