import { approveProposal, declineProposal, stopRequest } from '../../src/removal/decide.js';
import type { Update } from '../../src/removal/ports.js';
import type { Proposal } from '../../src/removal/proposal.js';
import { expireProposal } from '../../src/removal/reminding.js';
import type { RequestState } from '../../src/removal/state.js';
import { aProposal, at, aWanted, aYes } from '../support/build.js';
import { engines } from './engines.js';
import {
  allEntries,
  changeOf,
  dueIds,
  found,
  messageIn,
  messageOf,
  record,
  requestOf,
  save,
  useFreshStore,
} from './stores.js';

const WANTED = [
  aWanted({ chatId: 'chat-1', chatName: `Launch 'crew'; drop table proposals; --` }),
  aWanted({ chatId: 'chat-2', chatName: null, handle: 'pat@example.com', wasSeen: false }),
];

describe.each(engines)('A proposal on $name', (engine) => {
  const fresh = useFreshStore(engine);

  async function propose(id: string, changes: Partial<Proposal> = {}): Promise<RequestState> {
    const request = requestOf(id, { note: 'left the company' });
    const proposal = aProposal({ requestId: id, wanted: WANTED, expiresAt: at(3_600), ...changes });
    await record(fresh(), [], { request, proposal, shown: 'what was shown' });
    return found(fresh(), id);
  }

  const decide = (id: string, decision: (state: RequestState) => Update | null, seconds = 60) =>
    fresh().store.update(id, at(seconds), decision);

  const approval =
    (by: string, seconds = 60) =>
    (state: RequestState) =>
      approveProposal(
        state,
        aYes(by, { at: at(seconds), wanted: WANTED.slice(0, 1), shown: 'what bob saw' }),
      );
  const refusal = (by: string) => (state: RequestState) => declineProposal(state, by, 'not him', at(60));
  const expiry = (seconds: number) => (state: RequestState) => expireProposal(state, at(seconds));

  const entries = async () =>
    (await allEntries(fresh())).map(({ kind, chatId, decidedBy, shown, note }) => ({
      kind,
      chatId,
      decidedBy,
      shown,
      note,
    }));

  it('keeps every field, has no changes, and is in the history once for every chat', async () => {
    const proposal = aProposal({
      requestId: 'r1',
      wanted: WANTED,
      approvers: ['U0BOB', 'S0LEADS'],
      expiresAt: at(3_600),
    });
    const state = await propose('r1', { approvers: ['U0BOB', 'S0LEADS'] });
    expect(state).toMatchObject({ proposal, changes: [], request: { approvedBy: [] } });
    expect(await dueIds(fresh(), 'sends', 10_000)).toEqual([]);
    expect(await entries()).toMatchObject([
      { kind: 'approval-asked', chatId: 'chat-1', shown: 'what was shown', note: 'left the company' },
      { kind: 'approval-asked', chatId: 'chat-2', shown: null },
    ]);
  });

  it('becomes the changes that were approved, and its message follows', async () => {
    await propose('r1');
    const decided = await decide('r1', approval('U0BOB'));
    const state = await found(fresh(), 'r1');

    expect(decided).toEqual({ changed: true, state });
    expect(state).toMatchObject({
      request: { approvedBy: ['U0BOB'] },
      proposal: { status: 'approved', decidedBy: 'U0BOB', decidedAt: at(60) },
      changes: [{ chatId: 'chat-1', status: 'approved', approvedAt: at(60), wasSeen: true }],
      status: { wanted: 2 },
    });
    expect(fresh().transitions).toEqual([{ before: null, after: state.changes[0] }]);
    expect(await dueIds(fresh(), 'sends', 60)).toHaveLength(1);
    expect((await entries()).slice(2)).toEqual([
      {
        kind: 'approved',
        chatId: 'chat-1',
        decidedBy: 'U0BOB',
        shown: 'what bob saw',
        note: 'left the company',
      },
    ]);
  });

  it('is decided once, however many decide at the same moment', async () => {
    await propose('r1');
    const decisions = Array.from({ length: 50 }, (_, n) => (n % 2 ? approval(`U${n}`) : refusal(`U${n}`)));
    const answers = await Promise.allSettled(decisions.map((decision) => decide('r1', decision)));
    const won = answers.flatMap((answer, n) =>
      answer.status === 'fulfilled' && answer.value?.changed ? [n] : [],
    );
    expect(won).toHaveLength(1);
    const { proposal, changes } = await found(fresh(), 'r1');
    const isApproved = Number(won[0]) % 2 === 1;
    expect(proposal).toMatchObject({ status: isApproved ? 'approved' : 'declined', decidedBy: `U${won[0]}` });
    expect(changes).toHaveLength(isApproved ? 1 : 0);
    const decided = (await entries()).filter(({ kind }) => kind !== 'approval-asked');
    expect(new Set(decided.map(({ decidedBy }) => decidedBy)).size).toBe(1);
    expect(fresh().transitions).toHaveLength(isApproved ? 1 : 0);
  });

  it('is not written when there is nothing to decide, and says how it stands', async () => {
    await propose('r1');
    await decide('r1', approval('U0BOB'));
    const state = await found(fresh(), 'r1');

    expect(await decide('r1', approval('U0CAROL'))).toEqual({ changed: false, state });
    expect(await decide('r1', () => null)).toEqual({ changed: false, state });
    expect(await decide('none', () => null)).toBeNull();
    expect(await found(fresh(), 'r1')).toEqual(state);
  });

  it('declined, keeps the reason and has no changes', async () => {
    await propose('r1');
    await decide('r1', refusal('U0BOB'));
    expect(await found(fresh(), 'r1')).toMatchObject({
      proposal: { status: 'declined', decidedBy: 'U0BOB', declineReason: 'not him' },
      changes: [],
      status: { wanted: 2 },
    });
    expect((await entries()).slice(2)).toMatchObject([
      { kind: 'approval-declined', chatId: 'chat-1', decidedBy: 'U0BOB', note: 'not him' },
      { kind: 'approval-declined', chatId: 'chat-2', decidedBy: 'U0BOB' },
    ]);
  });

  it('expires at its time, not before, and is decided by no person after that', async () => {
    await propose('r1');
    await propose('r2', { expiresAt: at(3_601) });
    const { store } = fresh();
    expect(await store.overdue(at(3_599), 10)).toEqual([]);
    expect(await decide('r1', expiry(3_599))).toMatchObject({ changed: false });
    expect(await decide('r1', approval('U0BOB', 3_600))).toMatchObject({ changed: false });
    expect(await store.overdue(at(3_600), 10)).toEqual(['r1']);
    expect(await store.overdue(at(3_700), 1)).toEqual(['r1']);
    expect(await decide('r1', expiry(3_600), 3_600)).toMatchObject({ changed: true });
    expect(await store.overdue(at(3_600), 10)).toEqual([]);
    expect(await found(fresh(), 'r1')).toMatchObject({ proposal: { status: 'expired', decidedBy: null } });
    expect((await entries()).slice(4)).toMatchObject([
      { kind: 'approval-expired', chatId: 'chat-1', decidedBy: null, note: 'left the company' },
      { kind: 'approval-expired', chatId: 'chat-2' },
    ]);
  });

  it('is no longer waiting where people look back once it was decided', async () => {
    await propose('r1', { wanted: [...WANTED, aWanted({ chatId: 'chat-1', handle: 'sam@example.com' })] });
    const latest = async () => {
      const query = {
        teamId: 'T0LINQ',
        what: 'requests',
        only: null,
        beyond: null,
        chatId: 'chat-1',
        handles: null,
        limit: 10,
      } as const;
      return (await fresh().history.latest(query)).map(({ kind }) => kind);
    };
    expect(await latest()).toEqual(['approval-asked', 'approval-asked']);
    await decide('r1', approval('U0BOB'));
    expect(await latest()).toEqual(['approved']);
  });

  it('loses person, names and reasons with the rest of its history, never the fact', async () => {
    await propose('r1');
    await decide('r1', refusal('U0BOB'));
    const { status } = await found(fresh(), 'r1');
    await fresh().store.saveDelivery({ ...status, shown: status.wanted, dueAt: null }, at(61));
    await fresh().history.clearBefore(at(61), at(100), 100);
    expect(await found(fresh(), 'r1')).toMatchObject({
      request: { note: null },
      proposal: { status: 'declined', wanted: [], declineReason: null, decidedBy: 'U0BOB' },
    });
  });
});

describe.each(engines)('Stop on $name', (engine) => {
  const fresh = useFreshStore(engine);
  const [first, second] = [changeOf('r1', 'a'), changeOf('r1', 'b')];
  const stop = (seconds = 3, by = 'U0BOB') =>
    fresh().store.update('r1', at(seconds), (state) => stopRequest(state, by, at(seconds)));

  it('is one write: who pressed, every change, its history and the message', async () => {
    await record(fresh(), [first, second], { status: messageOf('r1', { shown: 1, dueAt: null }) });
    const queued = await save(fresh(), { ...second, status: 'queued', mayStillAct: true }, 1);

    expect(await stop()).toMatchObject({ changed: true });

    const state = await found(fresh(), 'r1');
    expect(state).toMatchObject({
      request: { stoppedBy: 'U0BOB' },
      changes: [
        { id: 'a', status: 'refused', reason: 'stopped', stopped: true },
        { id: 'b', status: 'queued', stopped: true, version: queued.version + 1 },
      ],
      status: { dueAt: at(1) },
    });
    expect((await allEntries(fresh())).at(-1)).toMatchObject({
      kind: 'refused',
      reason: 'stopped',
      decidedBy: 'U0BOB',
      at: at(3),
    });
    expect(fresh().transitions.at(-1)).toEqual({ before: first, after: state.changes[0] });
    expect(fresh().transitions).toHaveLength(4);
  });

  it('beats a claim that was read before it', async () => {
    await record(fresh(), [first, second]);
    await stop();
    expect(await fresh().store.save({ ...first, status: 'sending', sentAt: at(3) }, at(3))).toBeNull();
    expect(await dueIds(fresh(), 'sends', 100)).toEqual([]);
  });

  it('leaves every change either claimed or stopped, however many claims it meets', async () => {
    const changes = Array.from({ length: 20 }, (_, n) => changeOf('r1', `r1:${n + 1}`));
    await record(fresh(), changes);

    const [stopped, ...claims] = await Promise.all([
      stop(),
      // One is left unclaimed, so that there is something to stop in any case.
      ...changes
        .slice(1)
        .map((change) => fresh().store.save({ ...change, status: 'sending', sentAt: at(3) }, at(3))),
    ]);

    expect(stopped).toMatchObject({ changed: true });
    const after = (await found(fresh(), 'r1')).changes;
    expect(after.every((change) => change.stopped)).toBe(true);
    expect(after.map(({ reason }) => reason === 'stopped')).toEqual([
      true,
      ...claims.map((claim) => claim === null),
    ]);
  });

  it('is decided once and in time, however busily the loop goes on writing', async () => {
    const changes = Array.from({ length: 40 }, (_, n) => changeOf('r1', `r1:${n + 1}`, { status: 'unsure' }));
    await record(fresh(), changes);
    let isOver = false;
    const writers = changes.map(async (change) => {
      let current = change;
      while (!isOver) current = (await fresh().store.save(current, at(2))) ?? current;
    });
    let decisions = 0;
    const stopping = fresh().store.update('r1', at(3), (state) => {
      decisions += 1;
      return stopRequest(state, 'U0BOB', at(3));
    });
    const stopped = await stopping.finally(() => {
      isOver = true;
      return Promise.all(writers);
    });

    expect(stopped?.state.changes.every((change) => change.stopped)).toBe(true);
    expect(decisions).toBe(1);
  });

  it('is pressed by one of fifty at the same moment', async () => {
    await record(fresh(), [first]);
    const answers = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => stop(3, `U${n}`)));
    const won = answers.filter((answer) => answer.status === 'fulfilled' && answer.value?.changed);
    expect(won).toHaveLength(1);
    expect(await messageIn(fresh(), 'r1')).toMatchObject({ wanted: 2 });
  });

  it('tells of nothing that was undone', async () => {
    await record(fresh(), [first]);
    const failing = fresh().store.update('r1', at(3), (state) => ({
      request: { ...state.request, stoppedBy: 'U0BOB' },
      changes: state.changes.map((change) =>
        changeOf('r1', 'a', { ...change, handle: '', status: 'sending' }),
      ),
      news: true,
    }));
    await expect(failing).rejects.toMatchObject({ message: expect.stringMatching(/check/i) });
    expect(await found(fresh(), 'r1')).toMatchObject({ request: { stoppedBy: null }, changes: [first] });
    expect(fresh().transitions).toHaveLength(1);
  });
});
