import { minutes } from '../support/clock.js';
import { connect, KIM, PAT } from './setup.js';

describe('our own line', () => {
  function isUs(answer: Awaited<ReturnType<Awaited<ReturnType<typeof connect>>['client']['readChat']>>) {
    return answer.ok ? answer.chat.members.map((member) => member.isUs) : answer.failure;
  }

  it('is known by its number where Linq does not mark it', async () => {
    const { client, linq } = await connect();
    const chat = linq.addChat({ members: [PAT, KIM], marksUs: false });
    expect(isUs(await client.readChat(chat.id))).toEqual([true, false, false]);
  });

  it('is asked for once in ten minutes', async () => {
    const { client, ledger, chat, advance } = await connect();
    await Promise.all([client.readChat(chat.id), client.readChat(chat.id)]);
    advance(599_000);
    await client.readChat(chat.id);
    expect(ledger.count('GET /v3/phone_numbers')).toBe(1);
    advance(1_000);
    await client.readChat(chat.id);
    expect(ledger.count('GET /v3/phone_numbers')).toBe(2);
  });

  it('is not known for longer because the clock was set back', async () => {
    const { client, ledger, chat, advance, jump } = await connect();
    await client.readChat(chat.id);
    jump(-minutes(60));
    await client.readChat(chat.id);
    expect(ledger.count('GET /v3/phone_numbers')).toBe(1);
    advance(minutes(10));
    await client.readChat(chat.id);
    expect(ledger.count('GET /v3/phone_numbers')).toBe(2);
  });

  /** A client whose question for our numbers is answered with nonsense while `state.broken`. */
  async function setupWithLines(broken: boolean) {
    const state = { broken, asked: 0 };
    const fetch: typeof globalThis.fetch = (input, init) => {
      if (!String(input).includes('phone_numbers')) return globalThis.fetch(input, init);
      state.asked += 1;
      return state.broken ? Promise.resolve(Response.json([])) : globalThis.fetch(input, init);
    };
    const world = await connect({ fetch });
    return { ...world, state, chat: world.linq.addChat({ members: [PAT, KIM], marksUs: false }) };
  }

  it('does not stand in the way when the numbers cannot be read, and is asked for again a minute later', async () => {
    const { client, chat, state, advance } = await setupWithLines(true);
    expect(isUs(await client.readChat(chat.id))).toEqual([false, false, false]);
    state.broken = false;
    await client.readChat(chat.id);
    expect(state.asked).toBe(1);
    advance(60_000);
    expect(isUs(await client.readChat(chat.id))).toEqual([true, false, false]);
  });

  it('stays known when a later question for the numbers fails', async () => {
    const { client, chat, state, advance } = await setupWithLines(false);
    await client.readChat(chat.id);
    state.broken = true;
    advance(600_000);
    expect(isUs(await client.readChat(chat.id))).toEqual([true, false, false]);
    expect(state.asked).toBe(2);
  });
});
