import type { LinqFault } from '../../simulator/linq/faults.js';
import { addChats, chatIdOf, MAX } from '../support/chats.js';
import { gate } from '../support/child-gate.js';
import { CHAT_ID, MODES, PAT, type Stage, setStage } from '../support/stage.js';

let stage: Stage;
afterEach(() => stage.stop());

/** What alice alone reads after `/linq-remove where …`. */
async function asksWhere(text: string): Promise<string> {
  const before = stage.alice.ephemerals.length;
  await stage.alice.runs(`/linq-remove where ${text}`);
  await stage.ledger.until(() => stage.alice.ephemerals.length > before, 'an answer');
  await stage.app.idle();
  return stage.alice.ephemerals.at(-1)?.shown ?? '';
}

const written = async () => {
  const { default: Sqlite } = await import('libsql');
  const db = new Sqlite(stage.databaseUrl.replace('file:', ''));
  const rows = db.prepare('select kind, requested_by, handle from history').raw().all();
  db.close();
  return rows;
};

describe.each(MODES)('/linq-remove where, in %s mode', (mode) => {
  beforeEach(async () => {
    stage = await setStage({ mode });
  });

  it('shows the person’s group chats to who asks alone, and leads to the review', async () => {
    const answer = await asksWhere('is (205) 249-9136?');
    expect(answer).toMatch(/Linq lists one group chat with \+1 205 249 9136:/);
    expect(answer).toMatch(/“Launch crew” \(…0000\)/);
    expect(answer).toMatch(/iMessage, 6 people, 5 remain/);
    expect(answer).toMatch(/since /);
    const [message, ...others] = stage.slack.messagesIn(stage.support.id);
    expect([message?.ephemeralFor, others, stage.linq.deletes]).toEqual([stage.alice.id, [], []]);
    await stage.alice.presses('Review a removal');
    await stage.alice.seesModal(/Remove \+1 205 249 9136 from “Launch crew” \(…0000\)\?/);
    await stage.alice.submits();
    await stage.alice.sees(/Removal queued/);
    expect(stage.linq.deletes.map(({ chatId, handle }) => [chatId, handle])).toEqual([[CHAT_ID, PAT]]);
  });

  it('writes down nothing but the look', async () => {
    await asksWhere('+1 205 249 9136');
    expect(await written()).toEqual([['looked-up', stage.alice.id, PAT]]);
  });

  it.each([
    [0, /Linq lists no group chats with \+1 202 555 0177\./, 0],
    [7, /Linq lists 7 group chats with \+1 202 555 0177:/, 7],
    [100, /Linq lists 100 group chats .*And 80 more, which the review shows too\./s, 20],
    [
      1_200,
      /Linq lists 1000 group chats .*And 980 more.*Linq has more chats of this person than could be read/s,
      20,
    ],
  ])('shows %i chats', async (count, words, shown) => {
    addChats(stage, count);
    const answer = await asksWhere(MAX);
    expect(answer).toMatch(words);
    expect(answer.match(/“Group \d+”/gu) ?? []).toHaveLength(shown);
  });
});

describe('/linq-remove where', () => {
  beforeEach(async () => {
    stage = await setStage();
  });

  it('says of each chat whether a removal would be possible, and leaves out conversations of two', async () => {
    const { linq } = stage;
    linq.addChat({ id: chatIdOf(1), name: 'Small', members: [MAX, PAT] });
    linq.addChat({ id: chatIdOf(2), name: 'Alone', members: [MAX], isGroup: false });
    linq.addChat({ id: chatIdOf(3), name: 'Was here', members: [MAX, PAT, '+12025550143', '+12025550144'] });
    linq.leaves(chatIdOf(3), MAX);
    linq.addChat({
      id: chatIdOf(4),
      name: 'Texts',
      service: 'SMS',
      members: [MAX, PAT, '+12025550143', '+12025550144'],
    });
    const answer = await asksWhere(MAX);
    expect(answer).toMatch(/“Texts” \(…0004\)\s.*SMS, 5 people, 4 remain · ⚠ SMS: Linq may refuse/);
    expect(answer).toMatch(/Not possible: Fewer than 3 people would remain in “Small”/);
    expect(answer).toMatch(/Not possible: \+1 202 555 0177 is no longer in “Was here”/);
    expect(answer).not.toMatch(/Alone/);
  });

  it('has no button where no removal is possible', async () => {
    stage.linq.addChat({ name: 'Small', members: [MAX, PAT] });
    expect(await asksWhere(MAX)).not.toMatch(/Review a removal/);
  });

  it('finds whom only Linq knows, and an old Mexican mobile however it is written', async () => {
    stage.linq.addChat({ name: 'Codes', members: ['12345', PAT, '+12025550143', '+12025550144'] });
    stage.linq.addChat({ name: 'México', members: ['+5215512345678', PAT, '+12025550143', '+12025550144'] });
    expect(await asksWhere('12345')).toMatch(/“Codes”/);
    expect(await asksWhere('+52 55 1234 5678')).toMatch(/“México”/);
    expect(await asksWhere('+52 1 55 1234 5678')).toMatch(/“México”/);
  });

  it.each([
    ['', /Whose group chats\? Write a phone number or an email/],
    [`${PAT}, +12025550143`, /Write one person/],
    [CHAT_ID, /Whose group chats\?/],
    ['nobody', /“nobody” is neither a phone number nor an email address/],
    ['pat@', /“pat@” has nothing after the @/],
    ['x'.repeat(2_900), /is neither a phone number nor an email address/],
    ['<!channel>', /is neither a phone number nor an email address/],
  ])('of nonsense (%#) says what to write', async (text, words) => {
    expect(await asksWhere(text)).toMatch(words);
  });

  it('asks for the country code where two people may be meant and Linq lists both', async () => {
    await stage.stop();
    stage = await setStage({ env: { DEFAULT_COUNTRY: 'DE' } });
    stage.linq.addChat({ name: 'Berlin', members: ['+4912052499136', MAX, '+12025550143', '+12025550144'] });
    expect(await asksWhere('12052499136')).toMatch(
      /can be read as \+4912052499136 or \+12052499136, and Linq lists/,
    );
  });

  it.each<[string, LinqFault]>([
    ['a gateway error', ['status', 502]],
    ['a page of HTML', 'unreadable'],
    ['a request to wait', ['rate-limited', 3]],
  ])('never says “no chats” after %s in the middle of the pages', async (_what, fault) => {
    addChats(stage, 150);
    stage.linq.nextRead(['slow', 0]);
    stage.linq.nextRead(fault);
    expect(await asksWhere(MAX)).toMatch(
      /Linq gave no usable answer, so the group chats of \+1 202 555 0177 are not known/,
    );
  });

  it('says that it is asking while Linq is slow, and answers then', async () => {
    const { open, opened } = gate();
    stage.linq.nextRead(['slow', opened]);
    await stage.alice.runs(`/linq-remove where ${PAT}`);
    await stage.ledger.until(() => stage.alice.ephemerals.at(-1)?.shown.includes('Asking Linq'), 'a word');
    open();
    await stage.ledger.until(
      () => stage.alice.ephemerals.at(-1)?.shown.includes('Launch crew'),
      'the answer',
    );
  });

  it('is refused to those who may not remove, and nothing is looked up', async () => {
    await stage.stop();
    stage = await setStage({ env: { ALLOWED_USERS: 'U0BOB' } });
    const answer = await asksWhere(PAT);
    expect(answer).not.toMatch(/Launch crew/);
    expect(stage.ledger.count('GET /v3/chats')).toBe(0);
    expect(await written()).toEqual([['access-refused', stage.alice.id, PAT]]);
  });

  it('is seen in the history by its viewers alone, with the person masked', async () => {
    await stage.stop();
    stage = await setStage({ env: { HISTORY_VIEWERS: 'U0BOB' } });
    const bob = stage.slack.person('bob');
    const watch = stage.slack.addChannel({ name: 'watch', kind: 'public', members: [bob.id], bot: true });
    await asksWhere(PAT);
    await stage.alice.runs('/linq-remove history');
    await stage.alice.seesModal(/There are no removals/);
    await bob.runs('/linq-remove history', { in: watch.id });
    await bob.seesModal(/Looked up/);
    expect(bob.modalText()).toMatch(/Looked up \| …9136/);
    expect(bob.modalText()).not.toContain(PAT);
  });
});
