import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Only what the tests need: a browser that stays off the network. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium of this machine. Rejects with what to do when there is none. */
export async function launchChromium(): Promise<Browser> {
  const wanted = process.env.CHROMIUM_PATH;
  const places = wanted ? [wanted] : USUAL_PLACES;
  const executablePath = places.find((path) => existsSync(path));
  if (executablePath) return chromium.launch({ executablePath, args: ARGS });
  throw new Error(
    `There is no Chromium at ${places.join(', ')}. Install Chromium or Chrome, or say where it is: CHROMIUM_PATH=/path/to/chrome npm run test:browser`,
  );
}
