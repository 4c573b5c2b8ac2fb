import { PATIENCE, useDemo } from './demo-stage.js';

const LAUNCH_CREW = '550e8400-e29b-41d4-a716-446655440000';
const stage = useDemo();

test('the shortcut on a message fills in what it names, and tells the result in its thread', async () => {
  const { page } = stage;
  await stage.runs(`Please take +12025550101 out of ${LAUNCH_CREW}`);
  const message = page.locator('#messages > article').filter({ hasText: 'Please take' });
  await message.hover();
  await message.getByRole('button', { name: 'Remove from a Linq chat' }).click();
  const request = stage.dialog('Remove participant');
  await request.getByText('in the thread of the message').waitFor();
  expect(await request.getByLabel('Handle').inputValue()).toBe('+12025550101');
  expect(await request.getByLabel('Chat').inputValue()).toBe(LAUNCH_CREW);
  await request.getByRole('button', { name: 'Review' }).click();
  await stage.dialog('Review removal').getByLabel('Reason').fill('Asked to be taken out');
  await page.keyboard.press('Escape');
  await stage.dialog('Review removal').waitFor({ state: 'detached' });
});

test('the shortcut beside the message box asks where the result belongs', async () => {
  await stage.page.getByRole('button', { name: 'Remove a participant' }).click();
  const request = stage.dialog('Remove participant');
  expect(await request.getByRole('combobox', { name: 'Conversation' }).inputValue()).toBe('support');
  await stage.page.keyboard.press('Escape');
  await request.waitFor({ state: 'detached' });
});

test('three people are taken out of a chat with one approval, and told of in one message', async () => {
  await stage.page.getByRole('button', { name: /pat@example\.com/ }).click();
  await stage.page.keyboard.press('Enter');
  const review = stage.dialog('Review removal');
  await review.getByText('Remove these people from “Launch crew” (…0000)?').waitFor();
  for (const box of await review.getByRole('checkbox').all()) expect(await box.isChecked()).toBe(true);
  expect(await review.getByRole('checkbox').count()).toBe(3);
  await stage.approves();
  const message = stage.newestMessage();
  await message.getByText('Removing 3 people from “Launch crew”').waitFor(PATIENCE);
  await message.getByText('3 of 3 removed.').waitFor(PATIENCE);
  await message.getByText('• pat@example.com: Removed').waitFor();
});
