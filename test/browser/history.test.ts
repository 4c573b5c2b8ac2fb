import { PATIENCE, useDemo } from './demo-stage.js';

const LAUNCH_CREW = '550e8400-e29b-41d4-a716-446655440000';
const stage = useDemo();

test('a finished removal has a receipt, in a window and in a direct message with a file', async () => {
  const { page } = stage;
  await stage.runs(`/linq-remove ${LAUNCH_CREW} pat@example.com`);
  await stage.dialog('Review removal').getByLabel('Reason').fill('Left the company');
  await stage.approves();
  await stage.newestMessage().getByText('is no longer in “Launch crew”').waitFor(PATIENCE);
  await stage
    .newestMessage()
    .getByRole('button', { name: /^Receipt/ })
    .click();
  const receipt = stage.dialog('Receipt');
  await receipt.getByText('Asked for by @Alice Moreau').waitFor();
  await receipt.getByText('Remove pat@example.com · “Launch crew” (…0000): Removed').waitFor();
  await receipt.getByText('proven by the member list').waitFor();
  await receipt.getByText('It was also sent to you as a direct message, with a CSV file.').waitFor();
  await page.keyboard.press('Escape');
  await receipt.waitFor({ state: 'detached' });
  await stage.opens('linq-remove');
  await stage
    .newestMessage()
    .getByText(/^receipt-.*\.csv$/)
    .waitFor();
  await stage.opens('support');
});

test('the history opens in a window, is filtered, and leads to one request in detail and back', async () => {
  const { page } = stage;
  await stage.runs('/linq-remove history');
  const history = stage.dialog('History');
  await history
    .getByRole('row')
    .filter({ hasText: 'pat@example.com' })
    .filter({ hasText: 'Removed' })
    .waitFor();
  await history.getByLabel('Person or chat').fill('+12052499136');
  await history.getByRole('button', { name: 'Search' }).click();
  await history.getByRole('row').first().waitFor({ state: 'detached' });
  await history.getByLabel('Person or chat').fill('pat@example.com');
  await history.getByRole('button', { name: 'Search' }).click();
  await history.getByRole('button', { name: 'Details of line 1' }).click();
  const request = stage.dialog('Request');
  await request.getByText('@Alice Moreau in #support').waitFor();
  await request.getByText('Reason: Left the company').first().waitFor();
  const change = request.getByRole('row').filter({ hasText: 'pat@example.com' });
  await change.filter({ hasText: 'the member list' }).waitFor();
  await request.getByRole('button', { name: 'Back to the list' }).click();
  await history.getByRole('row').filter({ hasText: 'pat@example.com' }).waitFor();
  await page.keyboard.press('Escape');
  await history.waitFor({ state: 'detached' });
});
