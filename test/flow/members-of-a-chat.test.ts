import type { NewChat } from '../../simulator/linq/chats.js';
import type { LinqFault } from '../../simulator/linq/faults.js';
import { CHAT_ID, MODES, PAT, type Stage, setStage } from '../support/stage.js';

const ID = '550e8400-e29b-41d4-a716-446655449999';

let stage: Stage;
afterEach(() => stage.stop());

/** Alice enters a chat and nothing else; what the window reads then. */
async function looksInto(chatId: string): Promise<string> {
  const { alice } = stage;
  await alice.runs('/linq-remove');
  await alice.seesModal(/Remove participant/);
  alice.fills({ Chat: chatId });
  await alice.submits();
  await alice.seesModal(/Choose a member|Cannot be removed/);
  return alice.modalText();
}

const offeredMembers = () => {
  const block = stage.alice.modal?.view.blocks.find(({ block_id }) => block_id === 'member');
  return (block?.element?.options ?? []).map(({ value }) => value);
};
const canSubmit = () => stage.alice.modal?.view.submit !== undefined;

describe.each(MODES)('the members of a chat, in %s mode', (mode) => {
  beforeEach(async () => {
    stage = await setStage({ mode });
  });

  it('are offered without our own line, and the chosen one is reviewed and removed', async () => {
    const { alice, linq } = stage;
    expect(await looksInto(CHAT_ID)).toMatch(/Who should be removed from “Launch crew” \(…0000\)\?/);
    expect(offeredMembers()).toEqual([
      PAT,
      '+12025550143',
      '+12025550144',
      'sam@example.com',
      '+442079460958',
    ]);
    expect((await alice.submits()).errors).toEqual({ Member: expect.any(String) });

    alice.fills({ Member: 'sam@example.com' });
    await alice.submits();
    await alice.seesModal(/Review removal/);
    expect(alice.modalText()).toMatch(/Remove sam@example\.com from “Launch crew” \(…0000\)\?/);
    expect(linq.deletes).toHaveLength(0);
    await alice.submits();
    await alice.sees(/Removal queued/);
    expect(linq.deletes).toMatchObject([{ chatId: CHAT_ID, handle: 'sam@example.com' }]);
  });
});

describe('a chat', () => {
  beforeEach(async () => {
    stage = await setStage();
  });
  const add = (chat: Partial<NewChat>) =>
    stage.linq.addChat({ id: ID, name: 'Crowd', members: [PAT, '+12025550143', '+12025550144'], ...chat });

  it('of 31 members and our line offers the 31', async () => {
    const members = Array.from({ length: 31 }, (_, index) => `+120255501${String(index).padStart(2, '0')}`);
    add({ members });
    await looksInto(ID);
    expect(offeredMembers()).toEqual(members);
    stage.alice.fills({ Member: '+1 202 555 0130' });
    await stage.alice.submits();
    await stage.alice.seesModal(/Review removal/);
    expect(stage.alice.modalText()).toMatch(/32, our line included/);
    expect(stage.alice.modalText()).toMatch(/31 remain/);
  });

  it('that does not mark our line knows it by its number', async () => {
    add({ marksUs: false });
    await looksInto(ID);
    expect(offeredMembers()).toEqual([PAT, '+12025550143', '+12025550144']);
  });

  it('does not offer who has left or was removed', async () => {
    add({ members: [PAT, '+12025550143', '+12025550144', '+12025550145', '+12025550146'] });
    stage.linq.leaves(ID, '+12025550143');
    await looksInto(ID);
    expect(offeredMembers()).toEqual([PAT, '+12025550144', '+12025550145', '+12025550146']);
  });

  it('says how many handles are too long to be offered, and they can still be entered', async () => {
    const long = `${'pat'.repeat(20)}@${'example'.repeat(5)}.com`;
    const fits = `${'x'.repeat(63)}@example.com`;
    expect([long.length > 75, fits.length]).toEqual([true, 75]);
    add({ members: [PAT, long, fits, '+12025550143'] });
    expect(await looksInto(ID)).toMatch(/1 more cannot be offered here: go back and enter the handle/);
    expect(offeredMembers()).toEqual([PAT, fits, '+12025550143']);
    await stage.alice.presses('Change chat or person');
    await stage.alice.seesModal(/Remove participant/);
    stage.alice.fills({ Handle: long });
    await stage.alice.submits();
    await stage.alice.seesModal(/Review removal/);
    await stage.alice.submits();
    await stage.alice.sees(/Removal queued/);
    expect(stage.linq.deletes).toMatchObject([{ handle: long }]);
  });

  it.each<[string, Partial<NewChat>, (linq: Stage['linq']) => void, string]>([
    ['one-to-one', { members: [PAT], isGroup: false }, () => {}, 'is a one-to-one chat'],
    ['without our line', {}, (linq) => linq.ourLineLeaves(ID), 'Our line is no longer in “Crowd” (…9999)'],
    ['of three', { members: [PAT, '+12025550143'] }, () => {}, 'Fewer than 3 people would remain'],
  ])('that is %s offers nobody and says why', async (_what, chat, happens, why) => {
    add(chat);
    happens(stage.linq);
    expect(await looksInto(ID)).toContain(why);
    expect(canSubmit()).toBe(false);
  });

  it('that Linq does not know offers nobody and says so', async () => {
    expect(await looksInto(ID)).toMatch(/Linq does not know a chat with this ID/);
    expect(canSubmit()).toBe(false);
  });

  it.each<[LinqFault]>([['unreadable'], ['reset-before'], [['status', 502]], [['refused', 3006]]])(
    'that cannot be read (%j) offers nobody, and the way is to enter both',
    async (fault) => {
      stage.linq.nextRead(fault);
      expect(await looksInto(CHAT_ID)).toMatch(/Linq gave no usable answer, so the list cannot be shown/);
      expect(canSubmit()).toBe(false);
      await stage.alice.presses('Change chat or person');
      await stage.alice.seesModal(/Remove participant/);
      await stage.alice.submits();
      await stage.alice.seesModal(/Choose a member/);
    },
  );

  it('that changed since the choice is reviewed as it is now', async () => {
    await looksInto(CHAT_ID);
    stage.linq.leaves(CHAT_ID, PAT);
    stage.alice.fills({ Member: '+1 205 249 9136' });
    await stage.alice.submits();
    await stage.alice.seesModal(/Cannot be removed/);
    expect(stage.alice.modalText()).toMatch(/is no longer in “Launch crew”/);
  });
});
