import type { Simulator } from '../simulator/simulator.js';
import type { Clock } from './clock.js';
import { linqTools, readTool } from './linq-tools.js';
import { removalTools } from './removal-tools.js';
import { slackTools } from './slack-tools.js';
import { timeTool } from './time-tool.js';
import type { Tool, World } from './tool.js';

type Group = { readonly title: string; readonly tools: readonly Tool[] };

/** Everything one can break, in groups, in the order of the page. */
export function createToolbox(simulator: Simulator, world: World, clock: Clock): readonly Group[] {
  return [
    { title: 'When the app next asks Linq to remove someone', tools: removalTools(simulator) },
    { title: 'When the app next reads a chat', tools: [readTool(simulator)] },
    { title: 'Linq as a whole', tools: linqTools(simulator, world) },
    { title: 'Slack', tools: slackTools(simulator) },
    { title: 'Time', tools: [timeTool(simulator, clock)] },
  ];
}
