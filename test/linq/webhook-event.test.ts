import { readEvent } from '../../src/linq/webhook-event.js';
import { anEvent } from './webhook-setup.js';

function read(data?: Record<string, unknown>, envelope?: Record<string, unknown>) {
  const reading = readEvent(anEvent(data, envelope), 'msg-1');
  if (reading.kind !== 'event') throw new Error(`${reading.kind}, not an event`);
  return reading.event;
}

describe('An event of Linq', () => {
  it('says who is out of which chat, and since when', () => {
    expect(read()).toEqual({
      kind: 'removed',
      deliveryId: 'msg-1',
      eventId: 'event-1',
      chatId: '550e8400-e29b-41d4-a716-446655440000',
      handle: '+12052499136',
      isUs: false,
      leftVoluntarily: false,
      at: new Date('2026-06-01T10:15:03Z'),
      traceId: '9f1c',
    });
  });

  it('needs its handle alone, in the old place or the new', () => {
    expect(read({ participant: undefined, chat_id: undefined, removed_at: undefined })).toMatchObject({
      handle: '+12052499136',
      chatId: null,
      isUs: false,
      at: new Date('2026-06-01T10:15:04Z'),
    });
    expect(read({ handle: undefined }).handle).toBe('+12052499136');
    expect(read({ participant: { handle: 'Pat@example.com' } }).handle).toBe('Pat@example.com');
  });

  it('may lack an id of its own, and is then known by its delivery', () => {
    expect(read({}, { event_id: undefined }).eventId).toBe('msg-1');
  });

  it('writes its chat in any case', () => {
    expect(read({ chat_id: '550E8400-E29B-41D4-A716-446655440000' }).chatId).toMatch(/^550e8400-e29b/);
  });

  it('tells our own line, and whoever left alone, from the others', () => {
    expect(read({ participant: { handle: '+12052430001', is_me: true } }).isUs).toBe(true);
    expect(read({ participant: { handle: '+12052499136', status: 'left' } }).leftVoluntarily).toBe(true);
  });

  it.each([
    ['removed_at', {}, '2026-06-01T10:15:03Z'],
    ['the moment they left', { removed_at: 'soon' }, '2026-06-01T10:15:02Z'],
    ['its own moment', { removed_at: null, participant: null }, '2026-06-01T10:15:04Z'],
  ])('is dated by %s', (_by, data, expected) => {
    expect(read(data).at).toEqual(new Date(expected));
  });

  it('may tell no time that can be read', () => {
    expect(read({ removed_at: 1, participant: null }, { created_at: 'yesterday' }).at).toBeNull();
  });

  it('says who came in, and when', () => {
    const participant = { handle: 'sam@example.com', joined_at: '2026-06-01T11:00:01Z' };
    const envelope = { event_type: 'participant.added' };
    expect(read({ participant, added_at: '2026-06-01T11:00:00Z' }, envelope)).toMatchObject({
      kind: 'added',
      handle: 'sam@example.com',
      at: new Date('2026-06-01T11:00:00Z'),
    });
    expect(read({ participant }, envelope).at).toEqual(new Date('2026-06-01T11:00:01Z'));
  });

  it.each(['message.received', 'participant.paused', 'constructor'])(
    'is left alone when it is %s',
    (type) => {
      expect(readEvent(anEvent({}, { event_type: type }), 'msg-1')).toEqual({ kind: 'irrelevant' });
    },
  );

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['a word', 'removed'],
    ['no type', {}],
    ['no data', { event_type: 'participant.removed' }],
    ['no handle', { event_type: 'participant.removed', data: { chat_id: 'x' } }],
    ['a blank handle', { event_type: 'participant.removed', data: { handle: ' ' } }],
    ['a handle that is no text', { event_type: 'participant.removed', data: { handle: 12 } }],
  ])('cannot be read when there is %s', (_what, body) => {
    expect(readEvent(body, 'msg-1')).toEqual({ kind: 'unreadable' });
  });
});
