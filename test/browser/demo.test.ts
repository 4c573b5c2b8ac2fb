import { request } from 'node:http';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from './chromium.js';
import { type DemoProcess, failToStart, startDemo } from './demo-process.js';

const LAUNCH_CREW = '550e8400-e29b-41d4-a716-446655440000';
/** A removal takes 4 seconds in the demo, and is looked for at 2, 4 and 8 seconds. */
const PATIENCE = { timeout: 20_000 };

let demo: DemoProcess;
let browser: Browser;
let page: Page;
let running = true;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  demo = await startDemo();
});

afterAll(async () => {
  await browser?.close();
  if (running) await demo?.interrupt();
});

beforeEach(async () => {
  page = await browser.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(demo.url);
});

afterEach(async () => {
  await page.close();
  expect(complaints).toEqual([]);
});

const dialog = (title: string): Locator => page.getByRole('dialog', { name: title });
const newestMessage = (): Locator => page.getByRole('article').last();

async function runs(line: string): Promise<void> {
  await page.getByLabel('Message or command').fill(line);
  await page.keyboard.press('Enter');
}

async function approves(): Promise<void> {
  await dialog('Review removal').getByRole('button', { name: 'Remove', exact: true }).click();
  await dialog('Approved').getByRole('button', { name: 'Close' }).last().click();
}

test('an example from the first-visit card leads from the command to a confirmed removal', async () => {
  await page.getByRole('button', { name: /\(205\) 249-9136/ }).click();
  await page.keyboard.press('Enter');
  await dialog('Review removal').getByText('Launch crew').waitFor();
  await dialog('Review removal').getByLabel('Reason').fill('Moved to another team');
  await approves();
  await newestMessage().getByText('Removal queued').waitFor(PATIENCE);
  await newestMessage().getByText('is no longer in “Launch crew”').waitFor(PATIENCE);
  await newestMessage().getByText('Reason: Moved to another team').waitFor();
  await page.getByRole('tab', { name: 'Linq chats' }).click();
  const chat = page.getByRole('region', { name: 'Launch crew' });
  await chat.getByRole('listitem').filter({ hasText: '+12052499136' }).getByText('removed').waitFor();
});

test('a refusal by Linq is a plain sentence in the channel', async () => {
  await page.getByRole('tab', { name: 'Break things' }).click();
  await page
    .getByLabel('Linq refuses', { exact: true })
    .selectOption({ label: '2013: our line has left the chat' });
  await page.getByRole('button', { name: 'Arm: Linq refuses' }).click();
  await page.getByText('armed', { exact: true }).waitFor();
  await runs(`/linq-remove ${LAUNCH_CREW} pat@example.com`);
  await approves();
  await newestMessage().getByText('Not removed').waitFor(PATIENCE);
  await newestMessage().getByText('most likely our line is no longer in it. Nobody was removed.').waitFor();
  await page.getByText('armed', { exact: true }).waitFor({ state: 'detached' });
});

test('a mistake is said under its field, and what was typed stays', async () => {
  await runs(`/linq-remove ${LAUNCH_CREW} 205-249-91`);
  const modal = dialog('Remove participant');
  await modal.getByRole('button', { name: 'Review' }).click();
  await modal.getByText('“205-249-91” is too short for a phone number').waitFor();
  expect(await modal.getByLabel('Handle').inputValue()).toBe('205-249-91');
  expect(await modal.getByLabel('Handle').getAttribute('aria-invalid')).toBe('true');
  await page.keyboard.press('Escape');
  await modal.waitFor({ state: 'detached' });
});

test('a group name that spells a mention or markup stays text', async () => {
  await runs('/linq-remove c56a4180-65aa-42ec-a945-5fd21dec0538 pat@example.com');
  await dialog('Review removal').getByText('<!channel> everyone').first().waitFor();
  await page.keyboard.press('Escape');
  await runs('<img src=x onerror=alert(1)>');
  await newestMessage().getByText('<img src=x onerror=alert(1)>').waitFor();
});

test('what only one person may see is not shown to the other', async () => {
  await runs('/linq-remove help');
  await newestMessage().getByText('Only visible to you').waitFor();
  await page.getByRole('button', { name: 'Bob' }).and(page.locator('[aria-pressed]')).click();
  await page.getByRole('button', { name: 'Bob', pressed: true }).waitFor();
  await page.getByText('Only visible to you').waitFor({ state: 'detached' });
});

test.each([
  ['another host name', { host: 'evil.example:80', 'content-type': 'application/json' }, 403],
  ['another site', { origin: 'http://evil.example', 'content-type': 'application/json' }, 403],
  ['a plain form', { 'content-type': 'text/plain' }, 415],
])('a request from %s is turned away', async (_, headers, status) => {
  expect(await post(headers)).toBe(status);
});

test('a busy port is explained', async () => {
  const { code, printed } = await failToStart({ DEMO_PORT: String(demo.port) });
  expect(code).not.toBe(0);
  expect(printed.trim()).toBe(
    `Port ${demo.port} is taken, perhaps by another demo. Choose another one: DEMO_PORT=4001 npm run demo`,
  );
});

test('it prints one paragraph, and Ctrl-C leaves nothing behind', async () => {
  await page.goto('about:blank');
  expect(demo.printed().trim().split('\n\n')).toHaveLength(1);
  expect(demo.printed()).toContain(`http://localhost:${demo.port}`);
  running = false;
  expect(await demo.interrupt()).toEqual([]);
});

function post(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: demo.port, path: '/act', method: 'POST', headers });
    sent.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
    sent.end(JSON.stringify({ as: 'alice', verb: 'tool', id: 'unplug', choice: null, channel: '' }));
  });
}
