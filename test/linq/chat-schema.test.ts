import { parseChat } from '../../src/linq/chat-schema.js';

const ID = '6f2d8c1e-3b47-4a55-9c0e-1d7f5a2b9e30';
const US = '+12052430001';
const PAT = '+12052499136';
const OTHER = '+12025550143';

type Fields = Record<string, unknown>;

function entry(fields: Fields = {}): Fields {
  return { id: 'h1', handle: PAT, service: 'iMessage', joined_at: '2026-05-04T09:00:00Z', ...fields };
}

function body(fields: Fields = {}): Fields {
  const handles = [entry({ handle: US, is_me: true }), entry({ is_me: false })];
  return { id: ID, display_name: 'Launch crew', is_group: true, service: 'iMessage', handles, ...fields };
}

function parse(wire: unknown) {
  return parseChat(wire, ID, null);
}

function memberOf(fields: Fields) {
  return parse(body({ handles: [entry({ handle: OTHER }), entry(fields)] }))?.members[1];
}

describe('a chat from Linq', () => {
  it('becomes our chat, and unknown fields are ignored', () => {
    const joinedAt = new Date('2026-05-04T09:00:00Z');
    expect(parse(body({ health_status: { status: 'NEW' }, is_archived: 'yes', later: 1 }))).toEqual({
      id: ID,
      name: 'Launch crew',
      isGroup: true,
      service: 'iMessage',
      members: [
        { handle: US, active: true, joinedAt, isUs: true, leftVoluntarily: false },
        { handle: PAT, active: true, joinedAt, isUs: false, leftVoluntarily: false },
      ],
    });
  });

  it.each([[undefined], [null], ['soon'], [7]])(
    'has no time since when a person is in it where Linq says %j',
    (joined_at) => {
      const member = memberOf({ joined_at });
      expect(member).toBeDefined();
      expect(member).not.toHaveProperty('joinedAt');
    },
  );

  it.each([[null], [undefined], [''], ['   '], [7]])('has no name when Linq says %j', (display_name) => {
    expect(parse(body({ display_name }))?.name).toBeNull();
  });

  it.each([
    ['RCS', 'RCS'],
    ['SMS', 'SMS'],
    ['WhatsApp', null],
    [null, null],
    [undefined, null],
  ])('of service %j is read as %j', (service, expected) => {
    expect(parse(body({ service }))?.service).toBe(expected);
  });

  it('is recognised when Linq writes its id in capitals', () => {
    expect(parse(body({ id: ID.toUpperCase() }))?.name).toBe('Launch crew');
  });

  it.each([
    ['nothing', null],
    ['a string', '<html></html>'],
    ['an array', [body()]],
    ['an error envelope', { success: false, error: { code: 2001 } }],
    ['another chat', body({ id: '00000000-0000-4000-8000-000000000000' })],
    ['a chat without its kind', body({ is_group: undefined })],
    ['a chat without handles', body({ handles: undefined })],
    ['a chat with nobody in it', body({ handles: [] })],
    ['handles that are no list', body({ handles: { 0: entry() } })],
    ['one handle without its number', body({ handles: [entry(), entry({ handle: undefined })] })],
    ['one empty handle', body({ handles: [entry(), entry({ handle: '' })] })],
    ['a roster of one', body({ handles: [entry({ handle: US, is_me: true })] })],
    ['a roster of one person, listed twice', body({ handles: [entry(), entry({ status: 'left' })] })],
    [
      'a status word that is new to us',
      body({ handles: [entry({ handle: OTHER }), entry({ status: 'muted' })] }),
    ],
  ])('is not read from %s', (_, wire) => expect(parse(wire)).toBeNull());
});

describe('a member', () => {
  const LEFT_AT = '2026-06-01T10:15:03Z';

  it.each([
    ['is active without any status', {}, true],
    ['is active with status null', { status: null }, true],
    ['is active when Linq says so', { status: 'active' }, true],
    ['is active when Linq says so beside a left_at', { status: 'active', left_at: LEFT_AT }, true],
    ['is past when removed', { status: 'removed', left_at: LEFT_AT }, false],
    ['is past when left', { status: 'left' }, false],
    ['is past by left_at alone', { left_at: LEFT_AT }, false],
    ['is past by left_at with status null', { status: null, left_at: LEFT_AT }, false],
  ])('%s', (_, fields, active) => expect(memberOf(fields)?.active).toBe(active));

  it.each([
    ['left', true],
    ['removed', false],
    ['active', false],
    [null, false],
  ])('with status %j left voluntarily: %j', (status, leftVoluntarily) => {
    expect(memberOf({ status, left_at: LEFT_AT })?.leftVoluntarily).toBe(leftVoluntarily);
  });

  it.each([
    [true, true],
    [false, false],
    [null, false],
    [undefined, false],
    ['true', false],
  ])('with is_me %j is us: %j', (is_me, isUs) => expect(memberOf({ is_me })?.isUs).toBe(isUs));

  it.each([[false], [null], [undefined]])('with is_me %j is us when the number is ours', (is_me) => {
    const chat = parseChat(
      body({ handles: [entry({ handle: OTHER }), entry({ is_me })] }),
      ID,
      new Set([PAT]),
    );
    expect(chat?.members.map(({ isUs }) => isUs)).toEqual([false, true]);
  });
});

describe('a roster', () => {
  const roster = (...handles: Fields[]) => body({ handles });

  it('without our own line is not believed once our lines are known', () => {
    const wire = roster(entry({ handle: OTHER }), entry());
    expect(parseChat(wire, ID, new Set([US]))).toBeNull();
    expect(parseChat(wire, ID, null)?.members).toHaveLength(2);
  });

  it('of a chat that our line has left is believed: it is listed, as a past member', () => {
    const wire = roster(entry({ handle: US, status: 'left' }), entry());
    expect(parseChat(wire, ID, new Set([US]))?.members).toHaveLength(2);
  });

  it.each([
    ['active and left', [{ status: 'active' }, { status: 'left' }], true],
    ['left and active', [{ status: 'left' }, { status: 'active' }], true],
    ['active twice', [{}, {}], true],
    ['left twice', [{ status: 'left' }, { status: 'left' }], false],
  ])('that lists a person %s counts them once', (_, entries, active) => {
    const chat = parse(roster(entry({ handle: US, is_me: true }), ...entries.map((fields) => entry(fields))));
    expect(chat?.members.map(({ handle }) => handle)).toEqual([US, PAT]);
    expect(chat?.members[1]?.active).toBe(active);
  });
});
