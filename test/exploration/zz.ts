import fc from 'fast-check';
import { stories } from './draw.js';
import { play } from './player.js';
import { judge } from './oracle/judge.js';
import { tell } from './words.js';
const real = performance.now.bind(performance);
const n = Number(process.argv[2] ?? 50), seed = Number(process.argv[3] ?? 1);
const all = fc.sample(stories, { numRuns: n, seed });
const kinds = new Map<string, number>(); const first = new Map<string, string>();
const t0 = real(); let slowest = 0;
for (const [i, story] of all.entries()) {
  const t = real();
  try {
    const v = await play(story, 'sqlite', judge);
    for (const k of new Set(v.map(x => x.kind.startsWith('a sentence') ? x.kind + ': ' + x.words : x.kind))) { kinds.set(k, (kinds.get(k) ?? 0) + 1); if (!first.has(k)) first.set(k, `#${i} ` + v.find(x => k.startsWith(x.kind))!.words + '\n' + tell(story)); }
  } catch (e) { console.log('HARNESS', i, e); console.log(tell(story)); }
  if (real() - t > 1500) console.log('SLOW', i, (real()-t).toFixed(0), '\n' + tell(story));
  slowest = Math.max(slowest, real() - t);
}
console.log('ms per story', ((real() - t0) / n).toFixed(0), 'slowest', slowest.toFixed(0), 'mem', (process.memoryUsage().heapUsed/1e6).toFixed(0));
for (const [k, c] of [...kinds].sort((a,b)=>b[1]-a[1])) console.log(c, k);
if (process.argv[4]) for (const [k, f] of first) if (k.includes(process.argv[4])) console.log('==', k, f);
