import type { Chat } from '../../../src/removal/chat.js';
import { type Review, reviewChats, reviewMembers, reviewPerson } from '../../../src/removal/review.js';
import { type Origin, readOrigin } from '../../../src/slack/blocks/origin.js';
import { readChosen } from '../../../src/slack/blocks/submitted.js';
import { REVIEW_MODAL, readApproval } from '../../../src/slack/review/approval-modal.js';
import { CHATS_INPUT } from '../../../src/slack/review/chats-blocks.js';
import { MEMBER_INPUT, MEMBER_MODAL } from '../../../src/slack/review/members-blocks.js';
import { reviewModal } from '../../../src/slack/review/review-modal.js';
import {
  aChat,
  aMember,
  aWanted,
  CHAT_ID,
  fails,
  frozen,
  membersOf,
  OUR_LINE,
  PAT,
  shows,
} from '../../support/build.js';
import { expectFit, HOSTILE, seen, submitted } from '../slack-eyes.js';

const origin: Origin = frozen({
  channel: 'C0SUPPORT',
  threadTs: null,
  asksWhere: false,
  responseUrl: 'https://hooks.slack.com/commands/T0LINQ/1/secret',
  commandHadText: true,
  chatId: CHAT_ID,
  chatName: null,
  handles: [PAT],
  areListed: true,
  retryOf: null,
});
const personOnly: Origin = { ...origin, chatId: null };
const chatOnly: Origin = { ...origin, handles: [] };

const review = (changes: Partial<Chat> = {}) => reviewPerson(PAT, shows(aChat(changes)));
const listOf = (chats: readonly Chat[], hasMore = false) =>
  reviewChats(PAT, frozen({ ok: true, chats, hasMore }));
const chatsNamed = (count: number, changes: Partial<Chat> = {}) =>
  Array.from({ length: count }, (_, index) =>
    aChat({ id: `${CHAT_ID.slice(0, -4)}${1000 + index}`, ...changes }),
  );
const chosenIn = (view: ReturnType<typeof reviewModal>) =>
  readApproval(submitted(view)).wanted.map(({ chatId }) => chatId);
const views = (one: Review, from: Origin = origin) =>
  (['full', 'masked'] as const).map((display) => reviewModal(one, from, display));

describe('the review of one person in one chat', () => {
  it('says who goes from where, who stays, and what the channel will see', () => {
    const [view] = views(review());
    if (!view) throw new Error('No view');
    const text = seen(view.blocks);
    expect(view.callback_id).toBe(REVIEW_MODAL);
    expect(view.submit?.text).toBe('Remove');
    expect(text).toMatch(/^Remove \+1 205 249 9136 from “Launch crew” \(…0000\)\?/);
    expect(text).toMatch(/Service\W+iMessage\W+People now\W+6, our line included\W+People after\W+5 remain/);
    expect(text).toMatch(
      /Members\n✕ \+12052499136 {2}\(will be removed\)\n• \+12052430001 {2}\(our line\)\n• /,
    );
    expect(text).toMatch(/#C0SUPPORT will see your name, \+12052499136, the chat, your reason/);
    expectFit(view);
  });

  it('says that the channel will see a masked handle where handles are masked', () => {
    expect(seen(reviewModal(review(), origin, 'masked').blocks)).toMatch(/your name, …9136, the chat/);
  });

  it('approves exactly what it showed, as Linq lists the person', () => {
    const members = [...membersOf(5), aMember('Pat@Example.com')];
    const one = reviewPerson('pat@example.com', shows(aChat({ members })));
    const view = reviewModal(one, { ...origin, handles: ['pat@example.com'] }, 'full');
    expect(readApproval(submitted(view, { Reason: ' left the company ' }))).toEqual({
      origin: { ...origin, handles: ['Pat@Example.com'] },
      wanted: [aWanted({ handle: 'Pat@Example.com' })],
      note: 'left the company',
    });
    expect(readApproval(submitted(view)).note).toBeNull();
  });

  it('can be approved when Linq could not be asked, and says so', () => {
    const [view] = views(reviewPerson(PAT, fails()));
    if (!view) throw new Error('No view');
    expect(seen(view.blocks)).toMatch(
      /could not be checked: Linq gave no usable answer\. You can still approve/,
    );
    expect(readApproval(submitted(view)).wanted).toEqual([aWanted({ chatName: null, wasSeen: false })]);
    expectFit(view);
  });

  it('shows the chosen one first and counts whom it cannot show', () => {
    const members = [...membersOf(60, { active: false }), aMember('last@example.com')];
    const one = reviewPerson('last@example.com', shows(aChat({ members })));
    const text = seen(reviewModal(one, origin, 'full').blocks);
    expect(text).toMatch(/Members\n✕ last@example\.com {2}\(will be removed\)\n/);
    expect(text.match(/^[•✕] /gmu)).toHaveLength(40);
    expect(text).toMatch(/\nand 20 more\n/);
  });

  it.each([
    ['sms', { service: 'SMS' }, /SMS chat\. Linq may refuse/],
    ['rcs', { service: 'RCS' }, /RCS chat\. Linq may refuse/],
    ['unknown-service', { service: null }, /does not say which service/],
    ['exactly-three', { members: membersOf(4) }, /Only 3 would remain, our line included/],
    ['own-line-unknown', { members: membersOf(5).slice(1) }, /cannot be told which member is our own line/],
    ['perhaps-too-few', { members: membersOf(4).slice(1) }, /Too few may remain[\s\S]*People now\*?\n3\n/],
  ] as const)('warns (%s) and still allows it', (_warning, changes, words) => {
    const [view] = views(review(changes));
    expect(view?.submit).toBeDefined();
    expect(seen(view?.blocks ?? [])).toMatch(words);
  });
});

describe('an impossible removal', () => {
  it.each<[string, Review, RegExp]>([
    ['direct chat', review({ isGroup: false }), /is a one-to-one chat/],
    [
      'not a member',
      reviewPerson('+12055559999', shows(aChat())),
      /not a member of[\s\S]*Members\n• \+12052430001/,
    ],
    ['already left', review({ members: membersOf(6, { active: false }) }), /is no longer in “Launch crew”/],
    ['too few', review({ members: membersOf(3) }), /Fewer than 3 people would remain/],
    ['our own line', reviewPerson(OUR_LINE, shows(aChat())), /is our own line/],
    ['unknown chat', reviewPerson(PAT, fails({ status: 404 })), /does not know a chat with this ID/],
    ['bad key', reviewPerson(PAT, fails({ status: 401 })), /could not sign in to Linq/],
  ])('(%s) is said plainly, with a way back and no way on', (_what, one, words) => {
    const [view] = views(one);
    if (!view) throw new Error('No view');
    expect(view.submit).toBeUndefined();
    expect(seen(view.blocks)).toMatch(words);
    expect(seen(view.blocks)).toMatch(/Change chat or person$/);
    expect(readOrigin(submitted(view))).toEqual(origin);
    expectFit(view);
  });
});

describe('the choice of chats', () => {
  it('offers up to 10 as checkboxes, none of them chosen beforehand', () => {
    const view = reviewModal(listOf(chatsNamed(10)), personOnly, 'full');
    expectFit(view);
    expect(JSON.stringify(view)).toMatch(/"checkboxes"/);
    expect(readApproval(submitted(view)).wanted).toEqual([]);
    const chosen = submitted(view, { Chats: ['Launch crew (…1003)', 'Launch crew (…1007)'], Reason: 'gone' });
    expect(readApproval(chosen)).toEqual({
      origin: personOnly,
      wanted: [3, 7].map((index) => aWanted({ chatId: `${chatsNamed(10)[index]?.id}` })),
      note: 'gone',
    });
  });

  it('chooses the only one that is possible beforehand', () => {
    const [one, other] = chatsNamed(2);
    if (!one || !other) throw new Error('No chats');
    const view = reviewModal(listOf([one, { ...other, isGroup: false }]), personOnly, 'full');
    expect(chosenIn(view)).toEqual([one.id]);
    expect(seen(view.blocks)).toMatch(/Not possible\n• “Launch crew” \(…1001\) is a one-to-one chat/);
    expectFit(view);
  });

  it.each([11, 100, 101, 250])('offers %d in a select, says how many were left out, and fits', (count) => {
    const view = reviewModal(listOf(chatsNamed(count)), personOnly, 'full');
    expectFit(view);
    expect(JSON.stringify(view)).toMatch(/"multi_static_select"/);
    expect(JSON.stringify(view).match(/people, /g)).toHaveLength(Math.min(count, 100));
    expect(/latest of \d+ chats/.test(seen(view.blocks))).toBe(count > 100);
  });

  it('says that Linq has more', () => {
    const view = reviewModal(listOf(chatsNamed(2), true), personOnly, 'full');
    expect(seen(view.blocks)).toMatch(/Linq has more chats of this person/);
  });

  it.each<[string, Review, RegExp]>([
    ['none is listed', listOf([]), /Linq lists no chats with \+1 205 249 9136/],
    [
      'none is possible',
      listOf(chatsNamed(30, { isGroup: false })),
      /cannot be removed from any chat[\s\S]*and 10 more/,
    ],
    [
      'Linq does not answer',
      reviewChats(PAT, fails()),
      /gave no usable answer[\s\S]*Nobody|the list cannot be shown/,
    ],
  ])('where %s has a way back and no way on', (_what, one, words) => {
    const view = reviewModal(one, personOnly, 'full');
    expect(view.submit).toBeUndefined();
    expect(seen(view.blocks)).toMatch(words);
    expectFit(view);
  });

  it('keeps the request whose chats are tried again', () => {
    const view = reviewModal(listOf(chatsNamed(3)), { ...personOnly, retryOf: 'request-1' }, 'full');
    expect(readApproval(submitted(view)).origin.retryOf).toBe('request-1');
  });
});

describe('the choice of members', () => {
  it('offers everyone but our line, and gives back the handle as Linq lists it', () => {
    const view = reviewModal(reviewMembers(shows(aChat())), chatOnly, 'full');
    expect(view.callback_id).toBe(MEMBER_MODAL);
    expect(seen(view.blocks)).not.toMatch(/205 243 0001/);
    expect(readChosen(submitted(view, { Member: '+1 205 249 9136' }), MEMBER_INPUT)).toEqual([PAT]);
    expect(readChosen(submitted(view), MEMBER_INPUT)).toEqual([]);
    expect(readOrigin(submitted(view))).toEqual(chatOnly);
    expectFit(view);
  });

  it.each([60, 101, 102, 150])('fits with %d members and counts those left out', (size) => {
    const view = reviewModal(reviewMembers(shows(aChat({ members: membersOf(size) }))), chatOnly, 'full');
    expectFit(view);
    const hidden = size - 1 - 100;
    expect(/\d+ more cannot be offered/.exec(seen(view.blocks))?.[0] ?? null).toBe(
      hidden > 0 ? `${hidden} more cannot be offered` : null,
    );
  });

  it('fits where no handle can be offered', () => {
    const long = Array.from({ length: 5 }, (_, index) => aMember(`${index}${'x'.repeat(80)}@example.com`));
    const members = [aMember(OUR_LINE, { isUs: true }), ...long];
    const view = reviewModal(reviewMembers(shows(aChat({ members }))), chatOnly, 'full');
    expectFit(view);
    expect(seen(view.blocks)).toMatch(/5 more cannot be offered here: go back and enter the handle/);
  });
});

describe('what a window gives back of a name', () => {
  it.each<[string, string | null, string | null]>([
    ['a name', 'Launch crew', 'Launch crew'],
    ['no name', null, null],
    ['a name that looks like the end of one', 'a” (…0000)', 'a” (…0000)'],
    ['a long one', 'x'.repeat(200), `${'x'.repeat(79)}…`],
  ])('(%s) is what it showed', (_what, name, given) => {
    const [view] = views(review({ name }));
    if (!view) throw new Error('No view');
    expect(readApproval(submitted(view)).wanted).toEqual([aWanted({ chatName: given })]);
  });

  it('is nothing where the blocks do not come back, and nobody was seen where the metadata does not say so', () => {
    const [view] = views(review());
    if (!view) throw new Error('No view');
    const { private_metadata, ...sent } = submitted(view);
    const bare = { ...sent, blocks: [{ block_id: 'subject', elements: [{ elements: [] }] }] };
    const metadata = JSON.stringify({ ...JSON.parse(private_metadata), wasSeen: 'yes' });
    expect(readApproval({ ...bare, private_metadata: metadata }).wanted).toEqual([
      aWanted({ chatName: null, wasSeen: false }),
    ]);
  });
});

describe('hostile words in a chat', () => {
  it.each(HOSTILE.map((words) => [words.slice(0, 30), words]))('%j stay words and fit', (_start, name) => {
    // What can be typed as a handle has 254 characters at most; what Linq lists may have more.
    const typable = [...name].slice(0, 250).join('') || 'x';
    const strange = [...membersOf(60), aMember(`${name.slice(0, 200)}@x`), aMember(typable)];
    const chat = aChat({ name, members: strange });
    const reviews: [Review, Origin][] = [
      [reviewPerson(PAT, shows(chat)), origin],
      [reviewPerson(`${name.slice(0, 200)}@x`, shows(chat)), origin],
      [reviewPerson(typable, shows(chat)), origin],
      [reviewPerson('+12055559999', shows(chat)), origin],
      [review({ name, isGroup: false }), origin],
      [reviewPerson(PAT, fails({ message: name })), { ...origin, handles: [typable] }],
      [listOf(chatsNamed(100, { name })), personOnly],
      [listOf(chatsNamed(40, { name, isGroup: false })), personOnly],
      [listOf([...chatsNamed(5, { name }), ...chatsNamed(40, { name, isGroup: false })]), personOnly],
      [reviewMembers(shows(chat)), chatOnly],
    ];
    for (const [one, from] of reviews) views(one, from).forEach(expectFit);
  });
});

describe('what a submitted review approves', () => {
  const submission = (metadata: unknown, values = {}) => ({
    private_metadata: typeof metadata === 'string' ? metadata : JSON.stringify(metadata),
    state: { values },
  });

  it.each<[string, unknown]>([
    ['no metadata', ''],
    ['metadata that is not ours', { channel: 'C1' }],
    ['a list', []],
    ['a channel that is none', { ...origin, channel: '' }],
    ['no person', { ...origin, handles: [] }],
  ])('is nothing with %s', (_what, metadata) => {
    expect(() => readApproval(submission(metadata))).toThrow();
  });

  it('is no chat when none was chosen', () => {
    expect(readApproval(submission(personOnly)).wanted).toEqual([]);
    const empty = { [CHATS_INPUT]: { [CHATS_INPUT]: { selected_options: null } } };
    expect(readApproval(submission(personOnly, empty)).wanted).toEqual([]);
  });
});
