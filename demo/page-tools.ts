import type { Simulator } from '../simulator/simulator.js';
import type { Clock } from './clock.js';
import { createToolbox } from './page-toolbox.js';
import type { Tool, World } from './tool.js';
import { putEveryoneBack } from './world.js';

/** A tool as the page shows it. */
export interface ShownTool {
  readonly id: string;
  readonly label: string;
  readonly about: string;
  readonly verb: string;
  readonly choices: Tool['choices'] | null;
  /** How many times it is armed and not used up yet. */
  readonly armed: number;
  /** For a switch: whether it is on. Null for everything else. */
  readonly on: boolean | null;
}

export interface ToolGroup {
  readonly title: string;
  readonly items: readonly ShownTool[];
}

/** A press on a tool, from the conversation that is open on the page. */
export interface Press {
  readonly id: string;
  readonly choice: string | null;
  readonly channelId: string;
}

export interface Tools {
  groups(): readonly ToolGroup[];
  /** Throws for an unknown tool, choice or conversation. */
  use(press: Press): Promise<void>;
  readonly plugged: boolean;
  /** When everybody was last put back: removals accepted before that say nothing about now. */
  readonly freshSince: Date;
}

/** The tools, and the count of those that wait for their request. */
export function createTools(simulator: Simulator, clock: Clock): Tools {
  const { ledger } = simulator;
  const armed: Tool[] = [];
  const world: World = { plugged: true, busy: false, lagging: false, freshSince: new Date(0) };
  const toolbox = createToolbox(simulator, world, clock);
  let seen = ledger.entries.length;

  /** A fault is used up by the first request of its kind: tools of one kind wait in one line. */
  function catchUp(): void {
    for (const { what, direction } of ledger.entries.slice(seen)) {
      const next = direction === 'from-app' ? armed.findIndex((tool) => tool.usedUpBy === what) : -1;
      if (next >= 0) armed.splice(next, 1);
    }
    seen = ledger.entries.length;
  }

  function show(tool: Tool): ShownTool {
    const { id, label, about, verb, choices = null, isOn } = tool;
    const waiting = armed.filter((each) => each === tool).length;
    return { id, label, about, verb, choices, armed: waiting, on: isOn ? isOn() : null };
  }

  return {
    get plugged() {
      return world.plugged;
    },
    get freshSince() {
      return world.freshSince;
    },
    groups() {
      catchUp();
      return toolbox.map(({ title, tools }) => ({ title, items: tools.map(show) }));
    },
    async use({ id, choice, channelId }) {
      catchUp();
      if (id === 'settle') return simulator.linq.settles();
      if (id === 'put-back') return freshStart(simulator, world, clock.now());
      const tool = toolbox.flatMap(({ tools }) => tools).find((each) => each.id === id);
      if (!tool) throw new Error(`There is no tool "${id}".`);
      const chosen = tool.choices?.find(({ value }) => value === choice) ?? tool.choices?.[0];
      for (let time = 0; time < (tool.times ?? 1); time++) {
        await tool.act(chosen?.value ?? '', channelId);
        if (tool.usedUpBy) armed.push(tool);
      }
    },
  };
}

/** What is still queued happens first, or it would undo this in a moment. */
function freshStart(simulator: Simulator, world: World, now: Date): void {
  simulator.linq.settles();
  world.freshSince = now;
  putEveryoneBack(simulator);
}
