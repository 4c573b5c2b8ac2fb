import { startSimulator } from '../simulator/simulator.js';

/** Slack and Linq on free ports until the process ends; prints the environment an app needs to reach them. */
const simulator = await startSimulator();
const mode = process.argv[2] === 'http' ? 'http' : 'socket';
const lines = Object.entries(simulator.env(mode)).map(([name, value]) => `${name}=${value}`);
process.stdout.write(`${lines.join('\n')}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => simulator.stop().finally(() => process.exit(0)));
}
