import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import { type Simulator, startSimulator } from '../../../simulator/simulator.js';
import { createMessenger } from '../../../src/slack/message/messenger.js';
import { aboutScope, missingScope } from '../../../src/slack/message/missing-scope.js';
import { logDouble } from '../../removal/doubles.js';
import { aSubject } from '../../support/build.js';

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

it('is named in the log, with what to do, when a message cannot be posted for want of it', async () => {
  const log = logDouble();
  const onMisconfigured = jest.fn();
  const messenger = createMessenger({
    client: clientOf(simulator),
    respond: async () => true,
    display: 'full',
    now: () => new Date(),
    onMisconfigured,
    log,
  });
  simulator.slack.scopes.delete('chat:write');
  await expect(messenger.post('channel', aSubject())).resolves.toMatchObject({ why: 'misconfigured' });
  expect(onMisconfigured).toHaveBeenCalledTimes(1);
  expect(log.lines).toEqual([expect.stringContaining(aboutScope('chat:write'))]);
});
