import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from './chromium.js';
import { type DemoProcess, startDemo } from './demo-process.js';

/** A removal takes 4 seconds in the demo, and is looked for at 2, 4 and 8 seconds. */
export const PATIENCE = { timeout: 20_000 };

/** The demo in a browser, with a fresh page for each test of a file. */
export interface DemoStage {
  readonly demo: DemoProcess;
  readonly page: Page;
  dialog(title: string): Locator;
  /** Without its replies counted as messages. */
  newestMessage(): Locator;
  tab(name: string): Promise<void>;
  /** Types a line into the message box and sends it. */
  runs(line: string): Promise<void>;
  /** Presses Remove in the review and closes what follows. */
  approves(): Promise<void>;
  /** Becomes another person. */
  is(person: string): Promise<void>;
  /** Opens a conversation from the sidebar. */
  opens(conversation: string): Promise<void>;
  /** Presses Review on the newest message in #approvals, and gives the review. */
  reviewsRequest(): Promise<Locator>;
  /** Moves the clock of everything on. */
  skips(time: string): Promise<void>;
  /** Ctrl-C; resolves with what is left of its temporary files. */
  interrupt(): Promise<readonly string[]>;
}

/** To be called once at the top of a test file. Whatever the page complains about fails the test. */
export function useDemo(): DemoStage {
  const complaints: string[] = [];
  let demo: DemoProcess;
  let browser: Browser;
  let page: Page;
  let running = false;

  beforeAll(async () => {
    browser = await launchChromium();
    demo = await startDemo();
    running = true;
  });
  afterAll(async () => {
    await browser?.close();
    if (running) await demo.interrupt();
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

  const dialog = (title: string) => page.getByRole('dialog', { name: title });
  const opens = (conversation: string) =>
    page.getByRole('navigation').getByRole('button', { name: conversation }).click();
  return {
    get demo() {
      return demo;
    },
    get page() {
      return page;
    },
    dialog,
    newestMessage: () => page.locator('#messages > article').last(),
    tab: (name) => page.getByRole('tab', { name }).click(),
    async runs(line) {
      await page.getByLabel('Message or command').fill(line);
      await page.keyboard.press('Enter');
    },
    async approves() {
      await dialog('Review removal').getByRole('button', { name: 'Remove', exact: true }).click();
      await dialog('Approved').getByRole('button', { name: 'Close' }).last().click();
    },
    async is(person) {
      const buttons = page.getByRole('group', { name: 'Who you are' });
      await buttons.getByRole('button', { name: person }).click();
      await buttons.getByRole('button', { name: person, pressed: true }).waitFor();
    },
    opens,
    async reviewsRequest() {
      await opens('approvals');
      await page
        .locator('#messages > article')
        .last()
        .getByRole('button', { name: /^Review/ })
        .click();
      return dialog('Review removal');
    },
    async skips(time) {
      await page.getByRole('tab', { name: 'Break things' }).click();
      const label = page.getByLabel('The clock', { exact: true });
      const option = await label.locator('option', { hasText: time }).textContent();
      await label.selectOption({ label: option ?? time });
      const skipped = page.waitForResponse((response) => response.url().endsWith('/act'), PATIENCE);
      await page.getByRole('button', { name: 'Skip: The clock' }).click();
      await skipped;
    },
    async interrupt() {
      running = false;
      return demo.interrupt();
    },
  };
}
