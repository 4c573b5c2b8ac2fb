import { createReadiness } from '../../src/http/readiness.js';

describe('Readiness', () => {
  let connected: boolean;
  let pings: number;
  let answers: () => Promise<void>;
  let logged: string[];
  let isReady: () => Promise<boolean>;
  beforeEach(() => {
    connected = true;
    pings = 0;
    logged = [];
    answers = async () => {};
    const note = (fields: Record<string, unknown>, message: string) =>
      void logged.push(`${message} ${JSON.stringify(fields)}`);
    isReady = createReadiness({
      isConnected: () => connected,
      ping: () => {
        pings++;
        return answers();
      },
      log: { info: note, warn: note, error: note },
    });
  });

  it('asks the store once, however many ask at the same time and within a second', async () => {
    await Promise.all(Array.from({ length: 700 }, () => isReady()));
    await isReady();
    expect(pings).toBe(1);
  });

  it('asks it again after a second', async () => {
    jest.useFakeTimers();
    await isReady();
    answers = () => Promise.reject(new Error('gone'));
    expect(await isReady()).toBe(true);
    jest.advanceTimersByTime(1_001);
    expect(await isReady()).toBe(false);
    jest.useRealTimers();
    expect(pings).toBe(2);
  });

  it('says what is missing in the log, once for each change', async () => {
    await isReady();
    connected = false;
    await isReady();
    await isReady();
    connected = true;
    await isReady();
    expect(logged).toEqual(['Not ready {"waitingFor":["slack"]}', 'Ready again {}']);
  });
});
