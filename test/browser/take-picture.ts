import { fileURLToPath } from 'node:url';
import { launchChromium } from './chromium.js';
import { startDemo } from './demo-process.js';

/** Takes the README's picture again: `npx tsx test/browser/take-picture.ts`. */
const PICTURE = fileURLToPath(new URL('../../docs/demo.png', import.meta.url));
const SIZE = { width: 1440, height: 900 };

/**
 * Somebody who left the company, taken out of twelve chats from the message that says so: the result in its thread and
 * Linq's own lists agree.
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
    await page.getByRole('dialog', { name: 'Approved' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('12 of 12 removed.').waitFor();
    await page.mouse.move(0, 0);
    await page.screenshot({ path: PICTURE });
  } finally {
    await browser.close();
    await demo.interrupt();
  }
}

await takePicture();
