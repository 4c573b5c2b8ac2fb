import { measureApproval } from './approval.js';
import { measureCommand } from './command.js';
import { measureLoop } from './loop.js';
import { measureManyChats } from './many-chats.js';
import { measureReplicas } from './replicas.js';
import { measureStart } from './start.js';
import { type Row, table } from './statistics.js';

/** Everything side by side, in one run, on one machine. A name on the command line runs that measure alone. */
const MEASURES: Record<string, () => Promise<Row[]>> = {
  command: measureCommand,
  approval: measureApproval,
  start: measureStart,
  'many-chats': measureManyChats,
  loop: measureLoop,
  replicas: measureReplicas,
};

const wanted = process.argv.slice(2);
const rows: Row[] = [];
for (const [name, measure] of Object.entries(MEASURES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  rows.push(...(await measure()));
}
process.stdout.write(`${table(rows)}\n`);
process.exit(0);
