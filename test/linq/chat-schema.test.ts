import { parseChat } from '../../src/linq/chat-schema.js';

const ID = '6f2d8c1e-3b47-4a55-9c0e-1d7f5a2b9e30';
const US = '+12052430001';
const PAT = '+12052499136';

type Fields = Record<string, unknown>;

function entry(fields: Fields = {}): Fields {
  return { id: 'h1', handle: PAT, service: 'iMessage', joined_at: '2026-05-04T09:00:00Z', ...fields };
}

function body(fields: Fields = {}): Fields {
  const handles = [entry({ handle: US, is_me: true }), entry({ is_me: false })];
  return { id: ID, display_name: 'Launch crew', is_group: true, service: 'iMessage', handles, ...fields };
}

function parse(wire: unknown) {
  return parseChat(wire, ID, () => false);
}

function memberOf(fields: Fields) {
  return parse(body({ handles: [entry(fields)] }))?.members[0];
}

describe('a chat from Linq', () => {
  it('becomes our chat, and unknown fields are ignored', () => {
    expect(parse(body({ health_status: { status: 'NEW' }, is_archived: 'yes', later: 1 }))).toEqual({
      id: ID,
      name: 'Launch crew',
      isGroup: true,
      service: 'iMessage',
      members: [
        { handle: US, active: true, isUs: true, leftAlone: false },
        { handle: PAT, active: true, isUs: false, leftAlone: false },
      ],
    });
  });

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
    ['is active with an unknown status', { status: 'muted', left_at: null }, true],
    ['is past with an unknown status and a left_at', { status: 'banned', left_at: LEFT_AT }, false],
  ])('%s', (_, fields, active) => expect(memberOf(fields)?.active).toBe(active));

  it.each([
    ['left', true],
    ['removed', false],
    ['active', false],
    [null, false],
  ])('with status %j left alone: %j', (status, leftAlone) => {
    expect(memberOf({ status, left_at: LEFT_AT })?.leftAlone).toBe(leftAlone);
  });

  it.each([
    [true, true],
    [false, false],
    [null, false],
    [undefined, false],
    ['true', false],
  ])('with is_me %j is us: %j', (is_me, isUs) => expect(memberOf({ is_me })?.isUs).toBe(isUs));

  it.each([[false], [null], [undefined]])('with is_me %j is us when the number is ours', (is_me) => {
    const chat = parseChat(body({ handles: [entry({ is_me })] }), ID, (handle) => handle === PAT);
    expect(chat?.members[0]?.isUs).toBe(true);
  });
});
