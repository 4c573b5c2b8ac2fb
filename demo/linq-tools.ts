import type { LinqFault } from '../simulator/linq/faults.js';
import { LINQ_QUOTA, type LinqQuota } from '../simulator/linq/quota.js';
import type { Simulator } from '../simulator/simulator.js';
import type { Tool, World } from './tool.js';

const READ = 'GET /v3/chats/{id}';

/** So few calls that already one removal has to wait. */
const BUSY: LinqQuota = { capacity: 2, perSecond: 0.5 };
const LAG_MS = 20_000;

const READ_FAULTS: Record<string, { readonly label: string; readonly fault: LinqFault }> = {
  slow: { label: 'answers after 5 seconds', fault: ['slow', 5_000] },
  down: { label: '503 from a gateway', fault: ['status', 503] },
  unreadable: { label: 'an answer nobody can read', fault: 'unreadable' },
  cut: { label: 'the connection is cut', fault: 'reset-before' },
  untrue: { label: 'a member list with one entry', fault: ['roster', 'one-entry'] },
};

/** What may go wrong with the next reading of a chat. */
export function readTool({ linq }: Simulator): Tool {
  return {
    id: 'read',
    label: 'Looking fails',
    about: 'The review and the proof both read the chat.',
    verb: 'Arm',
    choices: Object.entries(READ_FAULTS).map(([value, { label }]) => ({ value, label })),
    usedUpBy: READ,
    act: (choice) => linq.nextRead(READ_FAULTS[choice]?.fault ?? 'unreadable'),
  };
}

/** What is wrong with Linq until it is put right. */
export function linqTools(simulator: Simulator, world: World): readonly Tool[] {
  return [plugTool(simulator, world), busyTool(simulator, world), lagTool(simulator, world)];
}

function plugTool({ linq }: Simulator, world: World): Tool {
  return {
    id: 'unplug',
    label: 'Linq’s cable',
    about: 'Unplugged, every connection is cut until you plug it in again.',
    get verb() {
      return world.plugged ? 'Unplug' : 'Plug in';
    },
    isOn: () => !world.plugged,
    act() {
      world.plugged = !world.plugged;
      if (world.plugged) linq.plug();
      else linq.unplug();
    },
  };
}

function busyTool({ linq }: Simulator, world: World): Tool {
  return {
    id: 'busy',
    label: 'Linq is busy',
    about: 'Two calls at once, then one every two seconds; all others are asked to come back.',
    get verb() {
      return world.busy ? 'Let go' : 'Slow down';
    },
    isOn: () => world.busy,
    act() {
      world.busy = !world.busy;
      linq.quota(world.busy ? BUSY : LINQ_QUOTA);
    },
  };
}

function lagTool({ linq }: Simulator, world: World): Tool {
  return {
    id: 'lag',
    label: 'Linq’s member lists lag',
    about: `They show every change ${LAG_MS / 1_000} seconds late.`,
    get verb() {
      return world.lagging ? 'Catch up' : 'Lag';
    },
    isOn: () => world.lagging,
    act() {
      world.lagging = !world.lagging;
      linq.rosterLag(world.lagging ? LAG_MS : 0);
    },
  };
}
