import { CHAT_ID, linqAnswers, MODES, PAT, type Stage, setStage } from '../support/stage.js';

const OLD_MEXICAN = '+5215512345678';
const OTHERS = ['+12025550143', '+12025550144', '+12025550145'];

let stage: Stage;
afterEach(() => stage.stop());

/** Another group, with this person in it. */
const addGroup = (handle: string, name = 'Crew 2', ...more: readonly string[]) =>
  stage.linq.addChat({ name, members: [handle, ...more, ...OTHERS] });

async function asksFor(fields: { Chat?: string; Handle: string }): Promise<string> {
  const { alice } = stage;
  if (alice.modal) await alice.closes();
  await alice.runs('/linq-remove');
  await alice.seesModal(/Remove participant/);
  alice.fills(fields);
  const { errors } = await alice.submits();
  await stage.app.idle();
  return errors ? JSON.stringify(errors) : alice.modalText();
}

const deletes = () => stage.linq.deletes.map(({ handle }) => handle);

/** The review names the person; approving it removes exactly whom Linq lists. */
async function approves(handle: string) {
  await stage.alice.seesModal(/Review removal/);
  await stage.alice.submits();
  await stage.alice.sees(/Removal queued/);
  expect(deletes()).toEqual([handle]);
}

/** What Linq lists, how a person may write it, and in whose country. */
const LISTED = [
  [OLD_MEXICAN, '+52 1 55 1234 5678', 'US'],
  [OLD_MEXICAN, '+52 55 1234 5678', 'US'],
  [OLD_MEXICAN, '55 1234 5678', 'MX'],
  ['jörg@example.com', 'JÖRG@example.com', 'US'],
  ['jo\u0308rg@example.com', 'jörg@example.com', 'US'],
  ['12345', '12345', 'US'],
  ['VERIFY', '“VERIFY”', 'US'],
  ['pat@', 'pat@', 'US'],
  ['12052499100', '+1 (205) 249-9100', 'US'],
  ['+999123456', '+999 123 456', 'US'],
  ['02079460958', '+44 20 7946 0958', 'GB'],
] as const;

it.each(LISTED)('whoever Linq lists can be typed: %s as %j in %s', async (listed, typed, country) => {
  stage = await setStage({ env: { DEFAULT_COUNTRY: country } });
  const group = addGroup(listed);
  await stage.alice.runs(`/linq-remove ${group.id} ${typed}`);
  await stage.alice.seesModal(/Review removal/);
  expect(stage.alice.modalText()).toContain(`*Person*\n${listed}\n`);
});

it.each(MODES)('an old Mexican mobile is removed as Linq lists it, in %s mode', async (mode) => {
  stage = await setStage({ mode });
  const group = addGroup(OLD_MEXICAN);
  await stage.alice.runs(`/linq-remove ${group.id} +52 55 1234 5678`);
  await approves(OLD_MEXICAN);
});

describe('a person in the request', () => {
  beforeEach(async () => {
    stage = await setStage();
  });

  it.each([
    [OLD_MEXICAN, '+52 55 1234 5678'],
    ['12345', '12345'],
    ['12052499100', '12052499100'],
    ['2052499100', '(205) 249-9100'],
    ['jörg@example.com', 'jo\u0308rg@example.com'],
  ])('is found without a chat too: %s', async (listed, typed) => {
    addGroup(listed);
    expect(await asksFor({ Handle: typed })).toContain(`*Person*\n${listed}\n`);
  });

  it.each([
    ['12345', /“12345” is too short for a phone number with the country code \+1/],
    ['Pat Smith', /“Pat Smith” is neither a phone number nor an email address/],
    ['pat@', /“pat@” has nothing after the @/],
    ['https://example.com/x', /“https:\/\/example\.com\/x” is a link, not a person/],
    ['+1 205 249 9100 ext 5', /“\+1 205 249 9100 ext 5” has an extension/],
  ])('whom Linq does not list is explained: %j', async (typed, problem) => {
    expect(await asksFor({ Chat: CHAT_ID, Handle: typed })).toMatch(problem);
    expect(await asksFor({ Handle: typed })).toMatch(problem);
  });

  it('whom Linq takes for no handle is explained by us, not by its refusal', async () => {
    stage.linq.next('GET /v3/chats', linqAnswers(400, { code: 1002, message: 'Invalid handle' }));
    expect(await asksFor({ Handle: 'Pat Smith' })).toMatch(/is neither a phone number nor an email address/);
  });

  it('is not judged where Linq cannot be asked', async () => {
    stage.linq.nextRead(['status', 502]);
    expect(await asksFor({ Chat: CHAT_ID, Handle: '12345' })).toMatch(
      /“12345” is too short .* Linq could not be asked whether it lists this all the same: try again in a moment/,
    );
    stage.linq.nextRead(['status', 502]);
    expect(await asksFor({ Handle: '12345' })).toMatch(
      /“12345” is too short .* Linq could not be asked whether it lists this all the same/,
    );
  });

  it('of three thousand characters is not asked about at all', async () => {
    const calls = stage.linq.calls.length;
    expect(await asksFor({ Handle: 'x'.repeat(3_000) })).toMatch(/is neither a phone number nor an email/);
    expect(await asksFor({ Handle: `+${'1'.repeat(2_999)}` })).toMatch(/is too long for a phone number/);
    expect(stage.linq.calls.length).toBe(calls);
  });

  it('written with brackets without end is the number in them', async () => {
    await asksFor({ Chat: CHAT_ID, Handle: `${'('.repeat(400)}205) 249-9136` });
    await approves(PAT);
  });
});

describe('a number without its plus, where both readings are numbers', () => {
  const TYPED = '12052499136';
  const GERMAN = '+4912052499136';
  beforeEach(async () => {
    stage = await setStage({ env: { DEFAULT_COUNTRY: 'DE' } });
  });

  it('is the one whom the chat lists', async () => {
    await asksFor({ Chat: CHAT_ID, Handle: TYPED });
    await approves(PAT);
  });

  it('is the one who has chats', async () => {
    const { id } = addGroup(GERMAN);
    expect(await asksFor({ Chat: id, Handle: TYPED })).toMatch(/Remove \+49 12052499136 from/);
    stage.linq.removes(CHAT_ID, PAT);
    await asksFor({ Handle: TYPED });
    await stage.alice.seesModal(/Who is meant\?/);
  });

  it('is neither: then both are named, and nothing goes on', async () => {
    const { id } = addGroup('+12025550199');
    expect(await asksFor({ Chat: id, Handle: TYPED })).toMatch(
      /“12052499136” may be \+4912052499136 or \+12052499136, and Linq has none of them on the list of this chat’s members/,
    );
  });

  it.each([
    ['+49 12052499136', GERMAN],
    ['+1 205 249 9136', PAT],
  ])('is asked for where both are there: %s', async (choice, handle) => {
    const { id } = addGroup(GERMAN, 'Both', PAT);
    expect(await asksFor({ Chat: id, Handle: TYPED })).toMatch(
      /\*?12052499136\*? can be read in more than one way\. Who is meant\?/,
    );
    stage.alice.fills({ Person: choice });
    await stage.alice.submits();
    await approves(handle);
  });

  it('is asked for where Linq cannot be asked', async () => {
    stage.linq.nextRead(['status', 502]);
    expect(await asksFor({ Chat: CHAT_ID, Handle: TYPED })).toMatch(/Who is meant\?/);
    stage.alice.fills({ Person: '+1 205 249 9136' });
    await stage.alice.submits();
    await approves(PAT);
  });

  it('is not decided by the one half of the question that Linq answered', async () => {
    stage.linq.next('GET /v3/chats', ['slow', 0]);
    stage.linq.next('GET /v3/chats', ['status', 502]);
    expect(await asksFor({ Handle: TYPED })).toMatch(
      /“12052499136” may be \+4912052499136 or \+12052499136, and Linq could not be asked which/,
    );
  });
});

it('is asked about one by one where several are typed, and the others stay', async () => {
  stage = await setStage({ env: { DEFAULT_COUNTRY: 'DE' } });
  const { id } = addGroup('+4912052499136', 'Both', PAT, '12345', '+12025550188');
  await stage.alice.runs(`/linq-remove ${id} 12345, 12052499136`);
  await stage.alice.seesModal(/Who is meant\?/);
  stage.alice.fills({ Person: '+1 205 249 9136' });
  await stage.alice.submits();
  await stage.alice.seesModal(/Review removal/);
  expect(stage.alice.modalText()).toMatch(/12345/);
  expect(stage.alice.modalText()).toMatch(/\+1 205 249 9136/);
  expect(stage.alice.modalText()).toMatch(/• \+4912052499136/);
});

it('is named where one of several is not found, and nothing goes on', async () => {
  stage = await setStage();
  await stage.alice.runs(`/linq-remove ${CHAT_ID} ${PAT}, pat@, 12345`);
  await stage.alice.seesModal(/⚠ “pat@” has nothing after the @\. “12345” is too short/);
  await stage.alice.seesModal(/\+12052499136, pat@, 12345/);
});

it('goes back to what was typed', async () => {
  stage = await setStage();
  await stage.alice.runs(`/linq-remove Launch crew ${PAT}`);
  await stage.alice.seesModal(/Review removal/);
  await stage.alice.presses('Change chat or person');
  await stage.alice.seesModal(/Remove participant/);
  const values = [...(stage.alice.modal?.values.values() ?? [])];
  expect(values.map((field) => 'value' in field && field.value)).toEqual(['Launch crew', PAT]);
});
