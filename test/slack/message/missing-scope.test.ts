import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import { type Simulator, startSimulator } from '../../../simulator/simulator.js';
import { missingScope } from '../../../src/slack/message/missing-scope.js';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator();
});
afterEach(() => simulator.stop());

const clientOf = ({ slack }: Simulator) =>
  new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });

it('is read from what Slack answers, and from nothing else', async () => {
  const client = clientOf(simulator);
  simulator.slack.scopes.delete('users:read');
  const error = await client.users.info({ user: 'U0ALICE' }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(WebAPIPlatformError);
  expect(missingScope(error)).toBe('users:read');
  const other = await client.users.list({}).catch((thrown: unknown) => thrown);
  expect(missingScope(other)).toBeNull();
  expect(missingScope(new Error('missing_scope'))).toBeNull();
});
