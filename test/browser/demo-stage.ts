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
    async interrupt() {
      running = false;
      return demo.interrupt();
    },
  };
}
