import { toWire } from '../../simulator/linq/chats.js';
import type { LinqFault } from '../../simulator/linq/faults.js';
import { addChats, chatIdOf, chooses, MAX, offered, upTo } from '../support/chats.js';
import { seconds } from '../support/clock.js';
import { linqAnswers, MODES, type Stage, setStage } from '../support/stage.js';

const LIST = 'GET /v3/chats';
const OTHERS = ['+12025550181', '+12025550182', '+12025550183'];

let stage: Stage;
afterEach(() => stage.stop());

/** Alice enters a person and nothing else; what the window reads then. */
async function looksFor(handle = MAX): Promise<string> {
  const { alice } = stage;
  await alice.runs('/linq-remove');
  await alice.seesModal(/Remove participant/);
  alice.fills({ Handle: handle });
  await alice.submits();
  await alice.seesModal(/Review removal|Cannot be removed/);
  return alice.modalText();
}

function input() {
  const block = stage.alice.modal?.view.blocks.find(({ block_id }) => block_id === 'chats');
  return block?.element ?? null;
}

const optionsOf = (element: ReturnType<typeof input>) => element?.options ?? [];
const canSubmit = () => stage.alice.modal?.view.submit !== undefined;
const deletes = () => stage.linq.deletes.map(({ chatId, handle }) => [chatId, handle]);

describe.each(MODES)('the chats of a person, in %s mode', (mode) => {
  beforeEach(async () => {
    stage = await setStage({ mode });
  });

  it('are none: nothing can be approved, and there is a way back', async () => {
    expect(await looksFor()).toMatch(/Linq lists no chats with \+1 202 555 0177\. Nobody was removed\./);
    expect(canSubmit()).toBe(false);
    await stage.alice.presses('Change chat or person');
    await stage.alice.seesModal(/Remove participant/);
    expect(stage.alice.modalText()).toContain(MAX);
  });

  it('are one: it is reviewed with its members at once', async () => {
    addChats(stage, 1);
    expect(await looksFor()).toMatch(/Remove \+1 202 555 0177 from “Group 1” \(…0001\)\?/);
    await stage.alice.submits();
    await stage.alice.sees(/Removal queued/);
    expect(deletes()).toEqual([[chatIdOf(1), MAX]]);
  });

  it.each([
    [2, 'checkboxes', 2, 1],
    [10, 'checkboxes', 10, 1],
    [11, 'multi_static_select', 11, 1],
    [100, 'multi_static_select', 100, 1],
    [101, 'multi_static_select', 100, 2],
    [250, 'multi_static_select', 100, 3],
  ])(
    'are %i: they are offered as %s, %i of them, after %i pages, none chosen beforehand',
    async (count, type, shown, pages) => {
      addChats(stage, count);
      const text = await looksFor();
      expect(input()?.type).toBe(type);
      expect(optionsOf(input())).toHaveLength(shown);
      expect(input()?.initial_options).toBeUndefined();
      expect(stage.ledger.count(LIST)).toBe(pages);
      expect(text.includes(`the 100 latest of ${count} chats`)).toBe(count > 100);
      expect((await stage.alice.submits()).errors).toEqual({ Chats: expect.any(String) });
      expect(stage.linq.deletes).toHaveLength(0);
    },
  );

  it('are chosen, and only those are left', async () => {
    addChats(stage, 11);
    await chooses(stage, 2, 5, 11);
    await stage.alice.submits();
    await stage.alice.sees(/3 of 3 queued/);
    expect(deletes().sort()).toEqual([2, 5, 11].map((number) => [chatIdOf(number), MAX]));
  });
});

describe('a list in pages', () => {
  beforeEach(async () => {
    stage = await setStage();
  });

  /** The next page that Linq answers with: these chats, and where it says to go on. */
  function page(numbers: readonly number[], next: string | null): void {
    const chats = numbers.map((number) => toWire(stage.linq.chat(chatIdOf(number))));
    stage.linq.nextRead(['answers', { status: 200, body: { chats, next_cursor: next } }]);
  }

  it('ends where a cursor comes a second time', async () => {
    addChats(stage, 4);
    page([1, 2], '2');
    page([3, 4], '2');
    const text = await looksFor();
    expect(upTo(4).every((number) => text.includes(offered(number)))).toBe(true);
    expect(stage.ledger.count(LIST)).toBe(2);
  });

  it('goes on past a page that is empty and still has a cursor', async () => {
    addChats(stage, 2);
    page([], '1');
    page([1], '2');
    page([], '3');
    page([2], null);
    const text = await looksFor();
    expect([text.includes(offered(1)), text.includes(offered(2))]).toEqual([true, true]);
    expect(stage.ledger.count(LIST)).toBe(4);
  });

  it('counts a chat once that moved to the next page meanwhile', async () => {
    addChats(stage, 3);
    page([1, 2], '2');
    page([2, 3], null);
    await looksFor();
    expect(optionsOf(input())).toHaveLength(3);
  });

  it('is given up after ten pages, and says that there are more', async () => {
    addChats(stage, 10);
    for (const number of upTo(10)) page([number], `${number}`);
    expect(await looksFor()).toMatch(/Linq has more chats of this person than could be read/);
    expect(stage.ledger.count(LIST)).toBe(10);
    expect(optionsOf(input())).toHaveLength(10);
  });

  it('says that there are more also where none of them was among the first', async () => {
    for (const number of upTo(10)) page([], `${number}`);
    const text = await looksFor();
    expect(text).toMatch(/Linq has more chats of this person than could be read/);
    expect(text).not.toMatch(/Linq lists no chats/);
    expect(canSubmit()).toBe(false);
  });

  it('of exactly a thousand is complete', async () => {
    addChats(stage, 1_000);
    const text = await looksFor();
    expect(text).toMatch(/These are the 100 latest of 1000 chats/);
    expect(text).not.toMatch(/Linq has more/);
    expect(stage.ledger.count(LIST)).toBe(10);
  });

  it.each<[string, LinqFault]>([
    ['is a page of HTML', 'unreadable'],
    ['comes with a gateway error', ['status', 502]],
    ['is no list', ['answers', { status: 200, body: { ok: true } }]],
    ['holds no list', ['answers', { status: 200, body: { chats: null } }]],
    ['breaks off', 'reset-before'],
    ['is half of one', 'cut'],
    ['says to slow down', ['rate-limited', 3]],
    ['is an error of Linq', ['refused', 3006]],
  ])(
    'that %s is never "no chats": nothing can be approved, and there is a way back',
    async (_what, fault) => {
      addChats(stage, 3);
      stage.linq.nextRead(fault);
      const text = await looksFor();
      expect(text).toMatch(/Linq gave no usable answer, so the list cannot be shown\. Nothing was removed\./);
      expect(text).not.toMatch(/no chats/);
      expect(canSubmit()).toBe(false);
      await stage.alice.presses('Change chat or person');
      await stage.alice.seesModal(/Remove participant/);
      // Where Linq asked to wait, the next look-up waits for it too.
      await stage.passes(seconds(3));
      await stage.alice.submits();
      await stage.alice.seesModal(/Review removal/);
      expect(optionsOf(input())).toHaveLength(3);
    },
  );

  it('that breaks off on its second page is not taken for whole', async () => {
    addChats(stage, 101);
    page(upTo(100), '100');
    stage.linq.nextRead('unreadable');
    expect(await looksFor()).toMatch(/the list cannot be shown/);
  });

  it('that is refused says why', async () => {
    stage.linq.nextRead(linqAnswers(403, { code: 2011, message: 'Feature not available' }));
    expect(await looksFor()).toMatch(/Linq has not switched this on for our account\. Nobody was removed\./);
    expect(canSubmit()).toBe(false);
  });
});

describe('a chat from which it is not possible', () => {
  beforeEach(async () => {
    stage = await setStage();
    addChats(stage, 2);
  });

  it('is named with its reason and not offered', async () => {
    const { linq } = stage;
    const add = (id: number, name: string, members: readonly string[], isGroup = true) =>
      linq.addChat({ id: chatIdOf(id), name, members: [...members], isGroup });
    add(11, 'Just us', [MAX], false);
    add(12, 'Was here', [MAX, ...OTHERS]);
    linq.leaves(chatIdOf(12), MAX);
    add(13, 'Small', [MAX, ...OTHERS.slice(0, 1)]);
    add(14, 'Without us', [MAX, ...OTHERS]);
    linq.ourLineLeaves(chatIdOf(14));
    const text = await looksFor();
    const [, impossible = ''] = text.split('Not possible');
    expect(impossible).toContain('“Just us” (…0011) is a one-to-one chat');
    expect(impossible).toContain('+1 202 555 0177 is no longer in “Was here” (…0012)');
    expect(impossible).toContain('Fewer than 3 people would remain in “Small” (…0013)');
    expect(impossible).toContain('Our line is no longer in “Without us” (…0014)');
    expect(optionsOf(input()).map(({ value }) => value)).toEqual([1, 2].map(chatIdOf));
  });

  it.each([
    ['SMS' as const, '⚠ SMS: Linq may refuse'],
    ['RCS' as const, '⚠ RCS: Linq may refuse'],
    [null, '⚠ service unknown'],
  ])('is not one whose service is %s: it is offered with a warning', async (service, warning) => {
    stage.linq.addChat({ id: chatIdOf(15), name: 'Elsewhere', service, members: [MAX, ...OTHERS] });
    expect(await looksFor()).toContain(warning);
    expect(optionsOf(input()).map(({ value }) => value)).toContain(chatIdOf(15));
  });

  it('is not one in which exactly 3 would remain: it is offered with a warning', async () => {
    stage.linq.addChat({ id: chatIdOf(16), name: 'Four', members: [MAX, ...OTHERS.slice(0, 2)] });
    expect(await looksFor()).toContain('3 remain · ⚠ only 3 would remain');
  });

  it('leaves the only other one, chosen beforehand', async () => {
    stage.linq.leaves(chatIdOf(2), MAX);
    expect(await looksFor()).toMatch(/Remove \+1 202 555 0177 from this chat\?/);
    expect(input()?.initial_options?.map(({ value }) => value)).toEqual([chatIdOf(1)]);
    await stage.alice.submits();
    await stage.alice.sees(/Removal queued/);
    expect(deletes()).toEqual([[chatIdOf(1), MAX]]);
  });

  it('may be every one of many: then as many are named as fit, and the others counted', async () => {
    for (let number = 20; number < 50; number++) {
      stage.linq.addChat({ id: chatIdOf(number), members: [MAX], isGroup: false, name: 'x'.repeat(300) });
    }
    for (const number of [1, 2]) stage.linq.leaves(chatIdOf(number), MAX);
    const text = await looksFor();
    expect(text).toMatch(/cannot be removed from any chat that Linq lists\. Nobody was removed\./);
    expect(text).toMatch(/and 12 more/);
    expect(canSubmit()).toBe(false);
  });
});

describe('a person known by an email', () => {
  const LISTED = 'Pat.Smith@Example.com';
  beforeEach(async () => {
    stage = await setStage();
    addChats(stage, 2, { handle: LISTED });
  });

  it.each(['pat.smith@example.com', 'PAT.SMITH@EXAMPLE.COM', LISTED])(
    'is found when typed as %s, and removed as Linq lists it',
    async (typed) => {
      await looksFor(typed);
      stage.alice.fills({ Chats: [offered(1), offered(2)] });
      await stage.alice.submits();
      await stage.alice.sees(/2 of 2 queued/);
      expect(deletes().map(([, handle]) => handle)).toEqual([LISTED, LISTED]);
    },
  );

  it('is removed as Linq lists it also where the chat cannot be read right before', async () => {
    await looksFor('pat.smith@example.com');
    stage.alice.fills({ Chats: [offered(1)] });
    stage.linq.nextRead(['status', 502]);
    await stage.alice.submits();
    await stage.alice.sees(/Removal queued/);
    expect(deletes()).toEqual([[chatIdOf(1), LISTED]]);
  });
});
