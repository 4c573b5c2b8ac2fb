import type { Locator } from 'playwright-core';
import { PATIENCE, useDemo } from './demo-stage.js';

const COMMAND = '/linq-remove +14155550134';
const stage = useDemo();

/** Jordan's chats, from the command to the choice. */
async function looksUp(): Promise<Locator> {
  await stage.page.keyboard.press('Enter');
  await stage.dialog('Remove participant').getByRole('button', { name: 'Review' }).click();
  return stage.dialog('Review removal');
}

/** Opens the menu and takes everything that is not taken yet. */
async function choosesAll(review: Locator): Promise<void> {
  await review.getByRole('combobox', { name: 'Chats' }).click();
  const left = review.getByRole('option', { selected: false });
  while ((await left.count()) > 0) await left.first().click();
  await stage.page.keyboard.press('Escape');
  await review.getByRole('listbox').waitFor({ state: 'hidden' });
}

test('someone who left is taken out of twelve chats with one approval', async () => {
  await stage.page.getByRole('button', { name: COMMAND }).click();
  const review = await looksUp();
  await review.getByText('Fewer than 3 people would remain in “Elm Street, keys”').waitFor();
  await review.getByText('Our line is no longer in “Lakeside gym, billing”').waitFor();
  await choosesAll(review);
  const chosen = review.getByRole('list', { name: 'Chosen' }).getByRole('listitem');
  expect(await chosen.count()).toBe(12);
  await review.getByLabel('Reason').fill('Left the company');
  await stage.approves();
  const message = stage.newestMessage();
  await message.getByText('Removing +14155550134 from 12 chats').waitFor(PATIENCE);
  await message.getByText('12 of 12 removed.').waitFor(PATIENCE);
  await message.getByText('Reason: Left the company').waitFor();
  await stage.tab('Linq chats');
  const chats = stage.page.getByRole('region', { name: 'Jordan left the company' });
  await chats.getByText('in 2 of 14 chats').waitFor();
  await stage.page.getByRole('button', { name: 'Put everyone back' }).click();
  await chats.getByText('in 14 of 14 chats').waitFor();
});

test('a menu is searched by typing and worked with the keyboard alone', async () => {
  const { page } = stage;
  await page.getByLabel('Message or command').fill(COMMAND);
  const review = await looksUp();
  const chats = review.getByRole('combobox', { name: 'Chats' });
  const chosen = review.getByRole('list', { name: 'Chosen' }).getByRole('listitem');
  await chats.focus();
  await page.keyboard.type('ACME');
  expect(await review.getByRole('option').allInnerTexts()).toEqual([
    expect.stringMatching(/^Acme onboarding/),
  ]);
  await page.keyboard.press('Enter');
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  expect(await chosen.count()).toBe(2);
  await page.keyboard.press('Backspace');
  expect(await chosen.allInnerTexts()).toEqual([expect.stringMatching(/^Acme onboarding/)]);
  await page.keyboard.press('Escape');
  await review.getByRole('listbox').waitFor({ state: 'hidden' });
  await page.keyboard.press('Escape');
  await review.waitFor({ state: 'detached' });
});

test('Stop leaves the rest undone and says so, and Retry does it after all', async () => {
  const { page } = stage;
  await stage.tab('Break things');
  await page.getByRole('button', { name: 'Arm: Linq crawls' }).click();
  await page.getByText('armed × 12').waitFor();
  await page.getByLabel('Message or command').fill(COMMAND);
  await choosesAll(await looksUp());
  await stage.approves();
  const message = stage.newestMessage();
  await message.getByRole('button', { name: /^Stop/ }).click(PATIENCE);
  await message.getByText('stopped by @Alice Moreau').waitFor(PATIENCE);
  const undone = Number(/(\d+) refused/.exec((await message.textContent()) ?? '')?.[1]);
  expect(undone).toBeGreaterThan(0);
  await message.getByText(`${12 - undone} of 12 removed, ${undone} refused.`).waitFor(PATIENCE);
  await message.getByRole('button', { name: /^Retry/ }).click();
  const again = stage.dialog('Review removal').getByRole('checkbox');
  await again.first().waitFor();
  expect(await again.count()).toBe(undone);
  for (const box of await again.all()) await box.check();
  await stage.approves();
  await stage.newestMessage().getByText(`${undone} of ${undone} removed.`).waitFor(PATIENCE);
});
