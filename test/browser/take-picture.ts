import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { launchChromium } from './chromium.js';
import { startDemo } from './demo-process.js';

/** Takes the README's picture again: `npx tsx test/browser/take-picture.ts`. */
const PICTURE = fileURLToPath(new URL('../../docs/demo.png', import.meta.url));
const SIZE = { width: 1440, height: 900 };

/**
 * Somebody who left the company, taken out of twelve chats from the message that says so, once two others approved it:
 * the result in its thread and Linq's own lists agree.
 */
async function takePicture(): Promise<void> {
  const browser = await launchChromium();
  const demo = await startDemo();
  try {
    const page = await browser.newPage({ viewport: SIZE, reducedMotion: 'reduce' });
    await page.goto(demo.url);
    await page.getByRole('button', { name: 'Close these hints' }).click();
    await page.getByRole('tab', { name: 'Linq chats' }).click();
    const message = page.locator('#messages > article').filter({ hasText: 'Jordan' });
    await message.hover();
    await message.getByRole('button', { name: 'Remove from a Linq chat' }).click();
    await page.getByRole('button', { name: 'Review', exact: true }).click();
    await page.getByRole('combobox', { name: 'Chats' }).click();
    for (const option of await page.getByRole('listbox').getByRole('option').all()) await option.click();
    await page.keyboard.press('Escape');
    await page.getByLabel('Reason').fill('Left the company');
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('dialog', { name: 'Waiting for approval' }).waitFor();
    await page.keyboard.press('Escape');
    await approve(page, 'Bob', 'Approve');
    await approve(page, 'Carol', 'Remove');
    await become(page, 'Alice');
    await open(page, 'support');
    await page.getByText('12 of 12 removed.').first().waitFor();
    await page.getByText('Finished').waitFor();
    await page.mouse.move(0, 0);
    await page.screenshot({ path: PICTURE });
  } finally {
    await browser.close();
    await demo.interrupt();
  }
}

async function approve(page: Page, person: string, button: string): Promise<void> {
  await become(page, person);
  await open(page, 'approvals');
  await page.getByRole('button', { name: /^Review/ }).click();
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('dialog', { name: 'Approved' }).waitFor();
  await page.keyboard.press('Escape');
}

async function become(page: Page, person: string): Promise<void> {
  await page.getByRole('group', { name: 'Who you are' }).getByRole('button', { name: person }).click();
  await page.getByRole('button', { name: person, pressed: true }).waitFor();
}

function open(page: Page, conversation: string): Promise<void> {
  return page.getByRole('navigation').getByRole('button', { name: conversation }).click();
}

await takePicture();
