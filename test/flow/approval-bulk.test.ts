import { type ApprovalStage, setApprovals } from '../support/approvers.js';
import { minutes } from '../support/clock.js';
import { ENGINES, MODES } from '../support/stage.js';

const EVERYWHERE = MODES.flatMap((mode) => ENGINES.map((engine) => ({ mode, engine })));
const PEOPLE = ['+12052499136', '+12025550101', '+12025550102', 'sam@example.com'];

let scene: ApprovalStage;
let chats: readonly string[];
afterEach(() => scene.stage.stop());

/** Alice asks for one person to leave one chat, and reads this. */
async function asks(index: number, words: RegExp): Promise<void> {
  const { alice, app } = scene.stage;
  await alice.runs(`/linq-remove ${chats[index]} ${PEOPLE[index]}`);
  await alice.seesModal(/More than 2 removals within an hour must be approved by somebody else/);
  await alice.submits();
  await alice.seesModal(words);
  await app.idle();
}

const removed = () => scene.stage.linq.deletes.length;

describe.each(EVERYWHERE)('APPROVAL=bulk ($mode, $engine)', (where) => {
  beforeEach(async () => {
    scene = await setApprovals({ ...where, env: { APPROVAL: 'bulk', APPROVAL_BULK_ABOVE: '2' } });
    const members = [...PEOPLE, '+12025550111', '+12025550112'];
    chats = ['Alpha', 'Beta', 'Gamma', 'Delta'].map(
      (name) => scene.stage.linq.addChat({ name, service: 'iMessage', members }).id,
    );
  });

  it('is not evaded by asking for each alone, whoever is removed', async () => {
    await asks(0, /approval is recorded/);
    await asks(1, /approval is recorded/);
    await asks(
      2,
      /Up to 2 removals within an hour need nobody else.*you asked for 2 in the last one[\s\S]*in #support, where/,
    );
    expect(removed()).toBe(2);
    await scene.stage.passes(minutes(1));
    await scene.approves(scene.bob);
    await scene.stage.app.idle();
    await scene.stage.passes(minutes(1));
    expect(removed()).toBe(3);
    await asks(3, /you asked for 3 in the last one/);
    expect(removed()).toBe(3);
  });

  it('counts anew after an hour', async () => {
    await asks(0, /approval is recorded/);
    await asks(1, /approval is recorded/);
    await scene.stage.passes(minutes(61));
    await asks(2, /approval is recorded/);
    expect(removed()).toBe(3);
  });
});
