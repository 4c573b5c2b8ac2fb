import { startSimulator } from '../../simulator/simulator.js';

describe('the simulator', () => {
  it('starts both systems and says how an app reaches them', async () => {
    const simulator = await startSimulator();
    const { slack, linq } = simulator;
    const shared = {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
      LINQ_API_V3_API_KEY: linq.apiKey,
      LINQ_API_V3_BASE_URL: linq.baseUrl,
      ALLOW_EVERYONE: 'true',
      METRICS_PORT: '0',
    };
    expect(simulator.env('socket')).toEqual({ ...shared, SLACK_APP_TOKEN: slack.appToken });
    expect(simulator.env('http')).toEqual({ ...shared, SLACK_SIGNING_SECRET: slack.signingSecret });
    await simulator.stop();
    await expect(fetch(slack.apiUrl)).rejects.toThrow();
  });

  it('has the quotas of both, or neither', async () => {
    const { linq, slack, quotas, stop } = await startSimulator({ now: () => new Date(0) });
    const headers = { authorization: `Bearer ${linq.apiKey}` };
    const call = async () => {
      for (let count = 0; count < 51; count++) await fetch(`${linq.baseUrl}/v3/phone_numbers`, { headers });
      for (let count = 0; count < 4; count++)
        await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST' });
      return [linq.refusals.length, slack.refusals.length];
    };
    expect(await call()).toEqual([0, 0]);
    quotas(true);
    expect(await call()).toEqual([1, 1]);
    quotas(false);
    expect(await call()).toEqual([1, 1]);
    await stop();
  });

  it('does not start halfway when a port is taken', async () => {
    const simulator = await startSimulator();
    const port = Number(new URL(simulator.slack.apiUrl).port);
    await expect(startSimulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await simulator.stop();
  });
});
