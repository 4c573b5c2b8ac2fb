import LinqAPIV3, { APIError } from '@linqapp/sdk';
import { createLedger } from '../../simulator/ledger.js';
import { type LinqSimulatorOptions, startLinqSimulator } from '../../simulator/linq/linq-simulator.js';

export const PAT = '+12052499136';
export const SAM = 'sam@example.com';
export const KIM = '+12052499138';
export const NOBODY = '+12052499999';
export const REMOVAL = 'DELETE /v3/chats/{id}/participants';

const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

export function stopAfterwards(stop: () => Promise<unknown>): void {
  stops.push(stop);
}

/** A simulated Linq with one chat, the official SDK connected to it, and a clock moved by hand. */
export async function startLinq(options: Partial<LinqSimulatorOptions> = {}) {
  const clock = { now: new Date('2026-11-20T10:00:00Z') };
  const ledger = createLedger();
  const linq = await startLinqSimulator({ ledger, now: () => clock.now, ...options });
  stopAfterwards(linq.stop);
  const sdk = new LinqAPIV3({ apiKey: linq.apiKey, baseURL: linq.baseUrl, maxRetries: 0, logLevel: 'off' });
  const chat = linq.addChat({ name: 'Launch crew', members: [PAT, SAM, KIM] });
  const remove = (handle: string, chatId = chat.id) => sdk.chats.participants.remove(chatId, { handle });
  const statusOf = async (handle: string) => {
    const { handles } = await sdk.chats.retrieve(chat.id);
    return handles.find((entry) => entry.handle === handle)?.status;
  };
  const advance = (ms: number) => {
    clock.now = new Date(clock.now.getTime() + ms);
  };
  /** A request as it is written here, without any client's help. */
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(linq.baseUrl + path, {
      ...init,
      headers: { authorization: `Bearer ${linq.apiKey}`, ...init.headers },
    });
  return { linq, sdk, ledger, chat, remove, statusOf, advance, ask };
}

/** `[status, code]` of the refusal a call ends in. */
export async function refusalOf(call: PromiseLike<unknown>): Promise<readonly [unknown, unknown]> {
  try {
    await call;
  } catch (error) {
    if (error instanceof APIError && error.error) {
      const { error: inner } = error.error as { error?: { code?: unknown } };
      return [error.status, inner?.code];
    }
    throw error;
  }
  throw new Error('Linq accepted it');
}
