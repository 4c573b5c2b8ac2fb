import { peopleInMessage } from '../../../src/slack/typed/message.js';

const ID = '550e8400-e29b-41d4-a716-446655440000';
const PAT = '+12052499136';
const JO = 'jo@example.com';

const found = (message: unknown) => {
  const { people, chatIds } = peopleInMessage(message, 'US');
  return [...people.map(({ readings }) => readings.join(' or ')), ...chatIds];
};
const rich = (...elements: unknown[]) => ({
  blocks: [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }],
});

/** Everything Slack puts beside the text of a message. None of it is a person or a chat. */
const ENVELOPE = {
  type: 'message',
  client_msg_id: '7f3c2a10-0b7e-4d0c-9a53-0d8a2c1b4e55',
  ts: '1780308000.123456',
  user: 'U2052499136',
  team: 'T0LINQ',
  app_id: 'A0',
  bot_profile: { name: '+12052499999', id: 'B1' },
  reactions: [{ name: 'eyes', users: ['U1'], count: 1 }],
  edited: { user: 'U1', ts: '1780308001.000000' },
};

describe('a message', () => {
  it.each<[string, unknown, string[]]>([
    ['its text', { text: `Please take ${PAT} and ${JO} out of ${ID}` }, [PAT, JO, ID]],
    ['links that Slack made', { text: `<tel:${PAT}|(205) 249-9136>, <mailto:${JO}|${JO}>` }, [PAT, JO]],
    ['a link to a chat', { text: `<https://dash.example.com/chats/${ID}|Launch crew>` }, [ID]],
    ['entities', { text: 'Pat &lt;pat@example.com&gt; &amp; jo@example.com' }, ['pat@example.com', JO]],
    ['a number as people write it', { text: 'call (205) 249-9136.' }, [PAT]],
    ['two in a row', { text: '205 249 9136 205 249 9137' }, [PAT, '+12052499137']],
    ['a plus and a number that metadata does not know', { text: '+1 555 010 0000' }, ['+15550100000']],
    [
      'rich text',
      rich({ type: 'text', text: `out: ${PAT} ` }, { type: 'user', user_id: 'U2052499137' }),
      [PAT],
    ],
    [
      'a number that turns bold',
      rich({ type: 'text', text: '+1 205 ' }, { type: 'text', text: '249 9136', style: { bold: true } }),
      [PAT],
    ],
    [
      'a link in rich text',
      rich({ type: 'link', url: `mailto:${JO}`, text: 'Jo' }, { type: 'text', text: PAT }),
      [JO, PAT],
    ],
    ['a link without a label', rich({ type: 'link', url: `tel:${PAT}` }), [PAT]],
    [
      'an emoji between two',
      rich({ type: 'text', text: PAT }, { type: 'emoji', name: 'wave' }, { type: 'text', text: JO }),
      [PAT, JO],
    ],
    [
      'lists, quotes and code',
      {
        blocks: [
          {
            type: 'rich_text',
            elements: [
              {
                type: 'rich_text_list',
                elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: PAT }] }],
              },
              { type: 'rich_text_quote', elements: [{ type: 'text', text: JO }] },
              { type: 'rich_text_preformatted', elements: [{ type: 'text', text: ID }] },
            ],
          },
        ],
      },
      [PAT, JO, ID],
    ],
    ['a section', { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: `*${PAT}*` } }] }, [PAT]],
    [
      'its fields',
      {
        blocks: [
          {
            type: 'section',
            fields: [
              { type: 'plain_text', text: PAT },
              { type: 'mrkdwn', text: JO },
            ],
          },
        ],
      },
      [PAT, JO],
    ],
    [
      'a header and a context',
      {
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: PAT } },
          { type: 'context', elements: [{ type: 'mrkdwn', text: JO }] },
        ],
      },
      [PAT, JO],
    ],
    [
      'an image',
      {
        blocks: [
          {
            type: 'image',
            image_url: 'https://example.com/2052499137',
            alt_text: PAT,
            title: { type: 'plain_text', text: JO },
          },
        ],
      },
      [JO, PAT],
    ],
    ['markdown', { blocks: [{ type: 'markdown', text: `- ${PAT}\n- ${JO}` }] }, [PAT, JO]],
    [
      'a table',
      {
        blocks: [
          {
            type: 'table',
            rows: [
              [
                { type: 'raw_text', text: PAT },
                { type: 'raw_text', text: JO },
              ],
            ],
          },
        ],
      },
      [PAT, JO],
    ],
    [
      'a block that Slack adds later',
      { blocks: [{ type: 'new', title: 'x', elements: [{ type: 'newer', text: { text: PAT } }] }] },
      [PAT],
    ],
    [
      'a button’s link',
      {
        blocks: [
          {
            type: 'actions',
            elements: [
              {
                type: 'button',
                text: { type: 'plain_text', text: 'Open' },
                url: `https://d.example.com/chats/${ID}`,
              },
            ],
          },
        ],
      },
      [ID],
    ],
    [
      'attachments',
      {
        attachments: [
          { pretext: PAT, title: JO, text: ID, fields: [{ title: 'Who', value: '+12052499137' }] },
        ],
      },
      [PAT, JO, '+12052499137', ID],
    ],
    [
      'a shared message',
      { attachments: [{ message_blocks: [{ message: rich({ type: 'text', text: PAT }) }] }] },
      [PAT],
    ],
    [
      'titles of files',
      {
        files: [
          {
            id: 'F2052499137',
            title: `Call with ${PAT}`,
            name: `${JO}.vcf`,
            url_private: 'https://files.slack.com/2052499138',
          },
        ],
      },
      [PAT, 'jo@example.com.vcf'],
    ],
    [
      'the same person again',
      { text: PAT, ...rich({ type: 'link', url: `tel:${PAT}`, text: '(205) 249-9136' }) },
      [PAT],
    ],
  ])('gives what is in %s', (_where, message, expected) => {
    expect(found({ ...ENVELOPE, ...(message as object) })).toEqual(expected);
  });

  it.each([
    ['a time', 'at 10:30 on 2026-11-26'],
    ['an order', 'order 12345 for $2052499.13, #2052499136'],
    ['a number that no country has', 'ticket 99999999999'],
    ['a number that is only possible', 'invoice 5550100000'],
    ['half an email', 'pat@ and @jo'],
    ['a mention', '<@U2052499136> <#C2052499136|general> <!subteam^S2052499136|@ops>'],
    ['a time of Slack', '<!date^1780308000^{date}|2026-06-01>'],
    ['a page', 'https://example.com/2052499136?mail=pat@example.com'],
    ['an address of the network', '192.168.100.1'],
    ['a number with an extension', '(205) 249-9136 ext 5'],
    ['words', 'please remove Pat Smith'],
  ])('does not take %s for a person', (_what, text) => {
    expect(found({ ...ENVELOPE, text })).toEqual([]);
  });

  it('gives 20 people in order, and says that there are more', () => {
    const numbers = Array.from({ length: 25 }, (_, index) => `+1205249${9100 + index}`);
    const { people, hasMore } = peopleInMessage({ text: numbers.join(', ') }, 'US');
    expect(people.map(({ readings }) => readings[0])).toEqual(numbers.slice(0, 20));
    expect(hasMore).toBe(true);
    expect(peopleInMessage({ text: numbers.slice(0, 20).join(' ') }, 'US').hasMore).toBe(false);
  });

  it.each([
    undefined,
    null,
    7,
    'text',
    [],
    [[[null]]],
    {},
    { text: null, blocks: 'x', attachments: {}, files: [null, 3] },
    { text: { text: { text: [] } }, blocks: [{ elements: [{ type: 'link', url: 7 }, { type: 'text' }] }] },
    Object.create(null),
  ])('may be anything: %j', (message) => {
    expect(peopleInMessage(message, 'US')).toEqual({ people: [], chatIds: [], hasMore: false });
  });

  it('may be deep, or hold itself', () => {
    let deep: unknown = { text: PAT };
    for (let depth = 0; depth < 10_000; depth++) deep = { elements: [deep] };
    const round: Record<string, unknown> = { text: PAT };
    round.blocks = [round, round];
    round.attachments = [round];
    expect(found(deep)).toEqual([]);
    expect(found(round)).toEqual([PAT]);
  });
});
