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

/** Opens the menu and takes so many, or everything, of what is not taken yet. */
async function chooses(review: Locator, most = 100): Promise<void> {
  await review.getByRole('combobox', { name: 'Chats' }).click();
  const left = review.getByRole('option', { selected: false });
  for (let taken = 0; taken < most && (await left.count()) > 0; taken++) await left.first().click();
  await stage.page.keyboard.press('Escape');
  await review.getByRole('listbox').waitFor({ state: 'hidden' });
}

test('someone who left is taken out of twelve chats once two others, reminded after 4 hours, approve it', async () => {
  const { page } = stage;
  await page.getByRole('button', { name: `${COMMAND} Jordan` }).click();
  const review = await looksUp();
  await review.getByText('Fewer than 3 people would remain in “Elm Street, keys”').waitFor();
  await review.getByText('Our line is no longer in “Lakeside gym, billing”').waitFor();
  await chooses(review);
  const chosen = review.getByRole('list', { name: 'Chosen' }).getByRole('listitem');
  expect(await chosen.count()).toBe(12);
  await review.getByLabel('Reason').fill('Left the company');
  await review.getByRole('button', { name: 'Remove', exact: true }).click();
  await stage.dialog('Waiting for approval').getByText('It waits in #approvals').waitFor(PATIENCE);
  await page.keyboard.press('Escape');
  await stage.newestMessage().getByText('2 more approvals are needed').waitFor();
  await stage.is('Bob');
  await stage.opens('approvals');
  // The clock is moved once the request stands here: what is read below is then a reply to it.
  await stage.newestMessage().getByRole('button', { name: 'Review' }).waitFor(PATIENCE);
  await stage.skips('4 hours');
  const thread = stage.newestMessage().getByRole('region', { name: 'Thread' });
  await thread.getByText('this still waits for approval').waitFor(PATIENCE);
  const asBob = await stage.reviewsRequest();
  await asBob.getByText('@Alice Moreau asks for your approval').waitFor();
  await asBob.getByRole('button', { name: 'Approve' }).click();
  await stage.dialog('Approved').getByText('One more approval is needed').waitFor();
  await page.keyboard.press('Escape');
  await stage.is('Carol');
  const asCarol = await stage.reviewsRequest();
  await asCarol.getByText('Approved by @Bob Tanaka').waitFor();
  await asCarol.getByRole('button', { name: 'Remove', exact: true }).click();
  await stage.dialog('Approved').waitFor();
  await page.keyboard.press('Escape');
  await stage.is('Alice');
  await stage.opens('support');
  const message = stage.newestMessage();
  await message.getByText('12 of 12 removed.').first().waitFor(PATIENCE);
  await message.getByText('approved by @Bob Tanaka, @Carol Osei').waitFor();
  await message.getByText('Reason: Left the company').waitFor();
  await stage.tab('Linq chats');
  const chats = page.getByRole('region', { name: 'Jordan left the company' });
  await chats.getByText('in 2 of 14 chats').waitFor();
  await page.getByRole('button', { name: 'Put everyone back' }).click();
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
  await stage.skips('1 hour');
  await page.getByRole('button', { name: 'Arm: Linq crawls' }).click();
  await page.getByText('armed × 12').waitFor();
  await page.getByLabel('Message or command').fill(COMMAND);
  await chooses(await looksUp(), 10);
  await stage.approves();
  const message = page.locator('#messages > article').filter({ hasText: 'from 10 chats' });
  await message.getByRole('button', { name: /^Stop/ }).click(PATIENCE);
  await message.getByText('stopped by @Alice Moreau').waitFor(PATIENCE);
  const undone = Number(/(\d+) refused/.exec((await message.textContent()) ?? '')?.[1]);
  expect(undone).toBeGreaterThan(0);
  await message.getByText(`${10 - undone} of 10 removed, ${undone} refused.`).waitFor(PATIENCE);
  await stage.skips('1 hour');
  await message.getByRole('button', { name: /^Retry/ }).click();
  const again = stage.dialog('Review removal').getByRole('checkbox');
  await again.first().waitFor();
  expect(await again.count()).toBe(undone);
  for (const box of await again.all()) await box.check();
  await stage.approves();
  await stage.newestMessage().getByText(`${undone} of ${undone} removed.`).waitFor(PATIENCE);
});
