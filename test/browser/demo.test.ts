import { request } from 'node:http';
import { failToStart } from './demo-process.js';
import { PATIENCE, useDemo } from './demo-stage.js';

const LAUNCH_CREW = '550e8400-e29b-41d4-a716-446655440000';

const stage = useDemo();

test('an example from the first-visit card leads from the command to a confirmed removal, and back', async () => {
  await stage.page.getByRole('button', { name: /\(205\) 249-9136 A chat/ }).click();
  await stage.page.keyboard.press('Enter');
  await stage.dialog('Review removal').getByText('Launch crew').waitFor();
  await stage.dialog('Review removal').getByLabel('Reason').fill('Moved to another team');
  await stage.approves();
  await stage.newestMessage().getByText('Removal queued').waitFor(PATIENCE);
  await stage.newestMessage().getByText('is no longer in “Launch crew”').waitFor(PATIENCE);
  await stage.newestMessage().getByText('Reason: Moved to another team').waitFor();
  await stage.tab('Linq chats');
  const chat = stage.page.getByRole('region', { name: 'Launch crew' });
  const dana = chat.getByRole('listitem').filter({ hasText: '+12052499136' });
  await dana.getByText('removed').waitFor();
  await stage
    .newestMessage()
    .getByRole('button', { name: /^Add back/ })
    .click();
  await stage.dialog('Add back').getByRole('button', { name: 'Add back', exact: true }).click();
  await stage.dialog('Add back').getByRole('button', { name: 'Close' }).last().click();
  const thread = stage.newestMessage().getByRole('region', { name: 'Thread' });
  await thread.getByText('is in “Launch crew” (…0000) again').waitFor(PATIENCE);
  await dana.getByRole('button', { name: /^\+12052499136$/ }).waitFor();
});

test('a refusal by Linq is a plain sentence in the channel', async () => {
  await stage.tab('Break things');
  await stage.page
    .getByLabel('Linq refuses', { exact: true })
    .selectOption({ label: '2013: our line has left the chat' });
  await stage.page.getByRole('button', { name: 'Arm: Linq refuses' }).click();
  await stage.page.getByText('armed', { exact: true }).waitFor();
  await stage.runs(`/linq-remove ${LAUNCH_CREW} pat@example.com`);
  await stage.approves();
  await stage.newestMessage().getByText('Not removed').waitFor(PATIENCE);
  await stage
    .newestMessage()
    .getByText('most likely our line is no longer in it. Nobody was removed.')
    .waitFor();
  await stage.page.getByText('armed', { exact: true }).waitFor({ state: 'detached' });
});

test('a mistake is said above what was typed and under its field, and what was typed stays', async () => {
  await stage.runs(`/linq-remove ${LAUNCH_CREW} 205-249-91`);
  const modal = stage.dialog('Remove participant');
  await modal.getByText('⚠ “205-249-91” is too short for a phone number').waitFor();
  await modal.getByRole('button', { name: 'Review' }).click();
  await modal.locator('[aria-invalid="true"]').waitFor();
  expect(await modal.getByLabel('Handle').inputValue()).toBe('205-249-91');
  expect(await modal.getByLabel('Handle').getAttribute('aria-invalid')).toBe('true');
  await stage.page.keyboard.press('Escape');
  await modal.waitFor({ state: 'detached' });
});

test('a chat is found by a part of its name, alone and with a person', async () => {
  await stage.runs('/linq-remove LAUNCH  crew');
  await stage.dialog('Remove participant').getByRole('button', { name: 'Review' }).click();
  await stage.dialog('Choose a member').getByText('Launch crew').waitFor();
  await stage.page.keyboard.press('Escape');
  await stage.runs('/linq-remove launch (205) 249-9136');
  await stage.dialog('Review removal').getByText('Launch crew').waitFor();
  await stage.page.keyboard.press('Escape');
  await stage.dialog('Review removal').waitFor({ state: 'detached' });
});

test('where somebody is leads to the review', async () => {
  await stage.runs('/linq-remove where (205) 249-9136');
  await stage.newestMessage().getByText('group chats with +1 205 249 9136').waitFor(PATIENCE);
  await stage.newestMessage().getByRole('button', { name: 'Review a removal' }).click();
  await stage.dialog('Review removal').getByText('From which chats').waitFor();
  await stage.page.keyboard.press('Escape');
  await stage.dialog('Review removal').waitFor({ state: 'detached' });
});

test('a group name that spells a mention or markup stays text', async () => {
  await stage.runs('/linq-remove c56a4180-65aa-42ec-a945-5fd21dec0538 pat@example.com');
  await stage.dialog('Review removal').getByText('<!channel> everyone').first().waitFor();
  await stage.page.keyboard.press('Escape');
  await stage.runs('<img src=x onerror=alert(1)>');
  await stage.newestMessage().getByText('<img src=x onerror=alert(1)>').waitFor();
});

test('what only one person may see is not shown to the other', async () => {
  await stage.runs('/linq-remove help');
  await stage.newestMessage().getByText('Only visible to you').waitFor();
  await stage.page.getByRole('button', { name: 'Bob' }).and(stage.page.locator('[aria-pressed]')).click();
  await stage.page.getByRole('button', { name: 'Bob', pressed: true }).waitFor();
  await stage.page.getByText('Only visible to you').waitFor({ state: 'detached' });
});

test.each([
  ['another host name', { host: 'evil.example:80', 'content-type': 'application/json' }, 403],
  ['another site', { origin: 'http://evil.example', 'content-type': 'application/json' }, 403],
  ['a plain form', { 'content-type': 'text/plain' }, 415],
])('a request from %s is turned away', async (_, headers, status) => {
  expect(await post(headers)).toBe(status);
});

test('a busy port is explained', async () => {
  const { code, printed } = await failToStart({ DEMO_PORT: String(stage.demo.port) });
  expect(code).not.toBe(0);
  expect(printed.trim()).toBe(
    `Port ${stage.demo.port} is taken, perhaps by another demo. Choose another one: DEMO_PORT=4001 npm run demo`,
  );
});

test('it prints one paragraph, and Ctrl-C leaves nothing behind', async () => {
  await stage.page.goto('about:blank');
  expect(stage.demo.printed().trim().split('\n\n')).toHaveLength(1);
  expect(stage.demo.printed()).toContain(`http://localhost:${stage.demo.port}`);
  expect(await stage.interrupt()).toEqual([]);
});

function post(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: stage.demo.port, path: '/act', method: 'POST', headers });
    sent.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
    sent.end(JSON.stringify({ as: 'alice', verb: 'tool', id: 'unplug', choice: null, channel: '' }));
  });
}
