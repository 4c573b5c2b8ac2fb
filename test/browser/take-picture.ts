import { fileURLToPath } from 'node:url';
import { launchChromium } from './chromium.js';
import { startDemo } from './demo-process.js';

/** Takes the README's picture again: `npx tsx test/browser/take-picture.ts`. */
const PICTURE = fileURLToPath(new URL('../../docs/demo.png', import.meta.url));
const COMMAND = '/linq-remove 550e8400-e29b-41d4-a716-446655440000 (205) 249-9136';

async function takePicture(): Promise<void> {
  const browser = await launchChromium();
  const demo = await startDemo();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    const says = async (line: string) => {
      await page.getByLabel('Message or command').fill(line);
      await page.keyboard.press('Enter');
    };
    const becomes = async (name: string) => {
      await page.locator('[aria-pressed]', { hasText: name }).click();
      await page.getByRole('button', { name, pressed: true }).waitFor();
    };
    await page.goto(demo.url);
    await page.getByRole('button', { name: 'Close these hints' }).click();
    await says(COMMAND);
    await page.getByLabel('Reason').fill('Moved to another team');
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page
      .getByRole('dialog', { name: 'Approved' })
      .getByRole('button', { name: 'Close' })
      .last()
      .click();
    await page.getByText('is no longer in “Launch crew”').waitFor();
    await becomes('Bob');
    await says('Thanks, Alice!');
    await page.getByRole('article').getByText('Thanks, Alice!').waitFor();
    await becomes('Alice');
    await page.screenshot({ path: PICTURE });
  } finally {
    await browser.close();
    await demo.interrupt();
  }
}

await takePicture();
