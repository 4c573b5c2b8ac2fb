import { EventEmitter, once } from 'node:events';
import { APIConnectionError } from '@linqapp/sdk';
import type { LinqFault } from '../../simulator/linq/faults.js';
import { KIM, PAT, REMOVAL, refusalOf, SAM, startLinq } from './linq-setup.js';

describe('a fault', () => {
  const faults: [LinqFault, unknown, string | undefined][] = [
    [['refused', 2009], 409, 'active'],
    [['status', 500], 500, 'active'],
    [['rate-limited', 7], 429, 'active'],
    [['answers', { status: 418, html: 'I am a teapot' }], 418, 'active'],
    [['slow', 1], 202, 'removed'],
    ['unreadable', 200, 'active'],
    ['empty', 202, 'removed'],
    ['broken', 202, 'removed'],
    ['cut', 202, 'removed'],
    ['reset-before', 'reset', 'active'],
    ['reset-after', 'reset', 'removed'],
    ['never-settles', 202, 'active'],
    ['silent-noop', 202, 'active'],
  ];

  it.each(faults)('%j answers %s, happens once, and leaves the person %s', async (fault, answer, status) => {
    const { linq, remove, statusOf, ledger } = await startLinq();
    linq.nextRemoval(fault);
    await remove(PAT).then(
      () => undefined,
      () => undefined,
    );
    linq.settles();
    expect(ledger.of(REMOVAL)[0]?.answer).toBe(answer);
    expect(await statusOf(PAT)).toBe(status);
    expect((await remove(KIM, linq.addChat({ members: [PAT, SAM, KIM] }).id)).status).toBe('accepted');
  });

  it('tells the wait of a rate limit in header and body', async () => {
    const { linq, chat, ask } = await startLinq();
    linq.nextRead(['rate-limited', 7]);
    const response = await ask(`/v3/chats/${chat.id}`);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toMatchObject({ error: { code: 1007, retry_after: 7 } });
  });

  it('holds an answer until it is let go', async () => {
    const { linq, remove, ledger } = await startLinq();
    const gate = new EventEmitter();
    linq.nextRemoval(['slow', once(gate, 'open')]);
    const removal = remove(PAT).then(({ status }) => status);
    const entry = await ledger.until(() => ledger.of(REMOVAL)[0], 'the DELETE');
    expect(entry.answer).toBeUndefined();
    gate.emit('open');
    expect(await removal).toBe('accepted');
  });

  it('keeps a caller waiting for ever when it hangs', async () => {
    const { linq, sdk, chat, ledger } = await startLinq();
    linq.nextRead('hanging');
    await expect(sdk.chats.retrieve(chat.id, { timeout: 50 })).rejects.toThrow(APIConnectionError);
    expect(ledger.of('GET /v3/chats/{id}')[0]?.answer).toBeUndefined();
  });

  it('waits for its turn behind the others', async () => {
    const { linq, remove } = await startLinq();
    linq.nextRemoval(['refused', 2009]);
    linq.nextRemoval(['refused', 3006]);
    expect(await refusalOf(remove(PAT))).toEqual([409, 2009]);
    expect(await refusalOf(remove(PAT))).toEqual([500, 3006]);
    expect((await remove(PAT)).status).toBe('accepted');
    expect(linq.deletes.map(({ handle }) => handle)).toEqual([PAT, PAT, PAT]);
  });

  it('may wait for a call about one chat, and leaves the others alone', async () => {
    const { linq, remove, chat } = await startLinq();
    const other = linq.addChat({ members: [PAT, SAM, KIM] });
    linq.nextRemoval(['refused', 2013], other.id);
    expect((await remove(PAT, chat.id)).status).toBe('accepted');
    expect(await refusalOf(remove(PAT, other.id))).toEqual([409, 2013]);
    expect((await remove(PAT, other.id)).status).toBe('accepted');
  });

  it('may wait for the next addition', async () => {
    const { linq, sdk, chat } = await startLinq();
    linq.nextAddition(['refused', 2017]);
    const add = () => sdk.chats.participants.add(chat.id, { handle: '+12052499139' });
    expect(await refusalOf(add())).toEqual([409, 2017]);
    expect((await add()).status).toBe('accepted');
  });
});
