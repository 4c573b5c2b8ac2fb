import type { Announceable, Store } from '../../src/removal/ports.js';
import type { Decision, Proposal, ProposalStore } from '../../src/removal/proposal.js';
import { openDatabase } from '../../src/store/database.js';
import { createHistory } from '../../src/store/history-store.js';
import { createProposalStore } from '../../src/store/proposal-store.js';
import { createStore } from '../../src/store/removal-store.js';
import { engines, type FreshDatabase } from './engines.js';
import { anAnnouncement, aRequest, at } from './values.js';

const CHATS = [
  { chatId: 'chat-1', chatName: `Launch 'crew'; drop table proposals; --` },
  { chatId: 'chat-2', chatName: null },
];

const aProposal = (requestId: string, changes: Partial<Proposal> = {}): Proposal => ({
  requestId,
  status: 'pending',
  handle: '+12052499136',
  chats: CHATS,
  approvers: ['U0BOB', 'S0LEADS'],
  expiresAt: at(3_600),
  decidedBy: null,
  decidedAt: null,
  declineReason: null,
  ...changes,
});

describe.each(engines)('A proposal on $name', (engine) => {
  let database: FreshDatabase;
  let store: Store;
  let proposals: ProposalStore;
  let history: ReturnType<typeof createHistory>;
  beforeEach(async () => {
    database = await engine.fresh();
    const db = await openDatabase(database.url);
    [store, proposals, history] = [createStore(db), createProposalStore(db), createHistory(db)];
  });
  afterEach(async () => {
    await store.close();
    await database.remove();
  });

  async function propose(id: string, changes: Partial<Proposal> = {}): Promise<Announceable> {
    const request = aRequest(id, { note: 'left the company' });
    const asked = { request, proposal: aProposal(id, changes), announcement: anAnnouncement(id) };
    await expect(proposals.propose(asked, 'what was shown')).resolves.toBe(true);
    return found(id);
  }

  async function found(id: string): Promise<Announceable> {
    const subject = await store.findRequest(id);
    if (!subject) throw new Error(`${id} is not there`);
    return subject;
  }

  const approval = (by: string, seconds = 60): Decision => ({
    kind: 'approved',
    by,
    at: at(seconds),
    chats: [{ chatId: 'chat-1', handle: '+12052499136', chatName: 'Launch crew' }],
    shown: 'what the approver saw',
  });

  const kinds = async () => {
    const records = await history.page({ since: null, until: null, after: null, limit: 100 });
    return records.map(({ kind, chatId, decidedBy, shown, note }) => ({
      kind,
      chatId,
      decidedBy,
      shown,
      note,
    }));
  };

  it('keeps every field, has no removals, and is in the history once for every chat', async () => {
    const subject = await propose('r1');
    expect(subject).toMatchObject({ proposal: aProposal('r1'), removals: [], request: { approvedBy: null } });
    await expect(store.dueRemovals(at(10_000), 10)).resolves.toEqual([]);
    expect(await kinds()).toMatchObject([
      { kind: 'approval-asked', chatId: 'chat-1', shown: 'what was shown' },
      { kind: 'approval-asked', chatId: 'chat-2', shown: null },
    ]);
  });

  it('is recorded once for every view', async () => {
    await propose('r1');
    const request = { ...aRequest('r2'), viewId: 'V-r1' };
    const asked = { request, proposal: aProposal('r2'), announcement: anAnnouncement('r2') };
    await expect(proposals.propose(asked, null)).resolves.toBe(false);
    await expect(store.findRequest('r2')).resolves.toBeNull();
  });

  it('becomes the removals that were approved, and its message follows', async () => {
    const subject = await propose('r1');
    await expect(proposals.decide(subject, approval('U0BOB'))).resolves.toBe(true);
    await expect(found('r1')).resolves.toMatchObject({
      request: { approvedBy: 'U0BOB' },
      proposal: { status: 'approved', decidedBy: 'U0BOB', decidedAt: at(60) },
      removals: [{ chatId: 'chat-1', chatName: 'Launch crew', status: 'approved', approvedAt: at(60) }],
      announcement: { wanted: 2 },
    });
    await expect(store.dueRemovals(at(60), 10)).resolves.toHaveLength(1);
    expect((await kinds()).at(-1)).toMatchObject({
      kind: 'approved',
      decidedBy: 'U0BOB',
      shown: 'what the approver saw',
      note: 'left the company',
    });
  });

  it('is decided once, however many decide at the same moment', async () => {
    const subject = await propose('r1');
    const decisions = Array.from({ length: 50 }, (_, index): Decision => {
      const by = `U${index}`;
      return index % 2 ? approval(by) : { kind: 'declined', by, at: at(60), reason: 'no' };
    });
    const answers = await Promise.allSettled(
      decisions.map((decision) => proposals.decide(subject, decision)),
    );
    const won = answers.flatMap((answer, index) =>
      answer.status === 'fulfilled' && answer.value ? [decisions[index]] : [],
    );
    expect(won).toHaveLength(1);
    const { proposal, removals } = await found('r1');
    expect(proposal?.status).toBe(won[0]?.kind);
    expect(removals).toHaveLength(won[0]?.kind === 'approved' ? 1 : 0);
    const decided = (await kinds()).filter(({ kind }) => kind !== 'approval-asked');
    expect(new Set(decided.map(({ decidedBy }) => decidedBy)).size).toBe(1);
  });

  it('hears the same decision twice when only the answer to it was lost', async () => {
    const subject = await propose('r1');
    await expect(proposals.decide(subject, approval('U0BOB'))).resolves.toBe(true);
    await expect(proposals.decide(subject, approval('U0BOB'))).resolves.toBe(true);
    await expect(proposals.decide(subject, approval('U0CAROL'))).resolves.toBe(false);
    expect((await found('r1')).removals).toHaveLength(1);
  });

  it('declined, keeps the reason and has no removals', async () => {
    const subject = await propose('r1');
    await proposals.decide(subject, { kind: 'declined', by: 'U0BOB', at: at(60), reason: 'not him' });
    await expect(found('r1')).resolves.toMatchObject({
      proposal: { status: 'declined', decidedBy: 'U0BOB', declineReason: 'not him' },
      removals: [],
      announcement: { wanted: 2 },
    });
    expect((await kinds()).slice(2)).toMatchObject([
      { kind: 'approval-declined', chatId: 'chat-1', decidedBy: 'U0BOB', note: 'not him' },
      { kind: 'approval-declined', chatId: 'chat-2', decidedBy: 'U0BOB' },
    ]);
  });

  it('expires at its time, not before, and is nobody’s to approve after that', async () => {
    const subject = await propose('r1');
    await propose('r2', { expiresAt: at(3_601) });
    await expect(proposals.overdueProposals(at(3_599), 10)).resolves.toEqual([]);
    await expect(proposals.decide(subject, { kind: 'expired', at: at(3_599) })).resolves.toBe(false);
    await expect(proposals.decide(subject, approval('U0BOB', 3_600))).resolves.toBe(false);
    const overdue = await proposals.overdueProposals(at(3_600), 10);
    expect(overdue.map(({ request }) => request.id)).toEqual(['r1']);
    await expect(proposals.decide(subject, { kind: 'expired', at: at(3_600) })).resolves.toBe(true);
    await expect(proposals.overdueProposals(at(3_600), 10)).resolves.toEqual([]);
    await expect(found('r1')).resolves.toMatchObject({ proposal: { status: 'expired', decidedBy: null } });
  });

  it('is no longer waiting where people look back once it was decided', async () => {
    const subject = await propose('r1');
    const latest = () => history.latest({ teamId: 'T0LINQ', chatId: 'chat-1', handle: null, limit: 10 });
    expect((await latest()).map(({ kind }) => kind)).toEqual(['approval-asked']);
    await proposals.noteOutdated(subject, 'U0BOB', at(50));
    await proposals.decide(subject, approval('U0BOB'));
    expect((await latest()).map(({ kind }) => kind)).toEqual(['approved', 'approval-outdated']);
  });

  it('loses person, names and reasons with the rest of its history, never the fact', async () => {
    const subject = await propose('r1');
    await proposals.decide(subject, { kind: 'declined', by: 'U0BOB', at: at(60), reason: 'not him' });
    await history.clearBefore(at(61), at(100), 100);
    await expect(found('r1')).resolves.toMatchObject({
      request: { note: null },
      proposal: {
        status: 'declined',
        handle: '(cleared)',
        chats: [],
        declineReason: null,
        decidedBy: 'U0BOB',
      },
    });
  });
});
