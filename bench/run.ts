import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { measureApproval } from './approval.js';
import { measureCommand } from './command.js';
import { measureGrowth } from './growth.js';
import { measureLoop } from './loop.js';
import { measureManyChats } from './many-chats.js';
import { measureMemory } from './memory.js';
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
  growth: measureGrowth,
  memory: measureMemory,
  replicas: measureReplicas,
};

const args = process.argv.slice(2);
const wanted = args.filter((arg) => arg !== '--write');
const rows: Row[] = [];
for (const [name, measure] of Object.entries(MEASURES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  rows.push(...(await measure()));
}
const result = `${heading()}\n\n${table(rows)}\n`;
process.stdout.write(result);
if (args.includes('--write')) await writeDown(result);
process.exit(0);

/** On what, when, and of which commit. */
function heading(): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'processor'}`;
  const load = loadavg()[1]?.toFixed(1);
  const at = new Date().toISOString().slice(0, 16).replace('T', ' ');
  return `${machine}, Node.js ${process.version}, load ${load}, ${at} UTC, commit ${commit()}.`;
}

function commit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

/** Puts it in the place of the last one in the README. */
async function writeDown(result: string): Promise<void> {
  const path = 'bench/README.md';
  const text = await readFile(path, 'utf8');
  const place = /(<!-- the last table -->\n)[\s\S]*(<!-- until here -->)/;
  if (!place.test(text)) throw new Error(`${path} has no place for the table`);
  await writeFile(
    path,
    text.replace(place, (_all, start, end) => `${start}\n${result}\n${end}`),
  );
}
