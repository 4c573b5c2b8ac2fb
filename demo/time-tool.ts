import type { Simulator } from '../simulator/simulator.js';
import type { Clock } from './clock.js';
import type { Tool } from './tool.js';
import { ALONE } from './world.js';

const STEPS: Record<string, { readonly label: string; readonly ms: number }> = {
  '4h': { label: '4 hours: a reminder', ms: 4 * 3_600_000 },
  '1h': { label: `1 hour: ${ALONE} removals need no approval again`, ms: 3_600_000 },
  '30m': { label: '30 minutes', ms: 30 * 60_000 },
};

/** What takes hours otherwise: reminders, the end of a request for approval, the hour that `APPROVAL=bulk` counts. */
export function timeTool({ linq }: Simulator, clock: Clock): Tool {
  return {
    id: 'skip',
    label: 'The clock',
    about: 'For the app, Slack and Linq alike. A request for approval ends by itself after 8 hours.',
    verb: 'Skip',
    choices: Object.entries(STEPS).map(([value, { label }]) => ({ value, label })),
    act(choice) {
      clock.skip(STEPS[choice]?.ms ?? 0);
      linq.catchUp();
    },
  };
}
