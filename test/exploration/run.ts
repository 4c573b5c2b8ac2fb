import { parseArgs } from 'node:util';
import { preparePostgres } from '../support/postgres/server.js';
import type { Engine } from '../support/stage.js';
import { bundleWorker } from './bundle.js';
import { storyOf } from './draw.js';
import { createHelper, type Helper } from './helper.js';
import type { Violation } from './oracle/violation.js';
import { tell } from './words.js';

const HELP =
  "npm run explore -- --runs N --seed S [--engine sqlite|postgres] [--jobs 1] [--skip 'kind,kind'] [--only 'kind,kind'] [--keep-going] [--survey]";

/*
 * Plays the stories of seeds S, S+1 and so on. The first that breaks a promise is shrunk and told, and ends the run;
 * with --keep-going the first of every kind is. Kinds that are known already can be skipped. With --survey nothing is
 * shrunk.
 */

const USAGE = {
  runs: { type: 'string', default: '200' },
  seed: { type: 'string', default: '1' },
  engine: { type: 'string', default: 'sqlite' },
  jobs: { type: 'string', default: '1' },
  skip: { type: 'string', default: '' },
  only: { type: 'string', default: '' },
  'keep-going': { type: 'boolean', default: false },
  survey: { type: 'boolean', default: false },
} as const;

interface Exploration {
  readonly runs: number;
  readonly firstSeed: number;
  readonly engine: Engine;
  readonly jobs: number;
  isWanted(violation: Violation): boolean;
  readonly keepGoing: boolean;
  /** Nothing is shrunk: for a quick look at what there is. */
  readonly isSurvey: boolean;
}

function readUsage(): Exploration {
  const { values } = parseArgs({ options: USAGE });
  const list = (text: string) =>
    text
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean);
  const [skip, only] = [list(values.skip), list(values.only)];
  return {
    runs: Number(values.runs),
    firstSeed: Number(values.seed),
    engine: values.engine === 'postgres' ? 'postgres' : 'sqlite',
    jobs: Number(values.jobs),
    isWanted: ({ kind }) => !skip.includes(kind) && (only.length === 0 || only.includes(kind)),
    keepGoing: values['keep-going'] || values.survey,
    isSurvey: values.survey,
  };
}

function readUsageOrEnd(): Exploration {
  try {
    return readUsage();
  } catch (error) {
    say(`${error instanceof Error ? error.message : error}\n${HELP}`);
    process.exit(2);
  }
}

const say = (text: string) => void process.stdout.write(`${text}\n`);

async function explore(exploration: Exploration): Promise<number> {
  const { runs, firstSeed, engine, jobs, isWanted, keepGoing, isSurvey } = exploration;
  const worker = await bundleWorker();
  const startedAt = performance.now();
  const seenKinds = new Map<string, number>();
  let next = firstSeed;
  let done = 0;
  let failing = 0;

  async function work(): Promise<void> {
    const helper = createHelper(worker);
    while (next < firstSeed + runs && (keepGoing || failing === 0)) {
      const seed = next;
      next += 1;
      const { violations } = await helper.ask({ do: 'play', seed, engine });
      done += 1;
      const wanted = violations.filter(isWanted);
      if (wanted.length > 0) {
        failing += 1;
        await tellAbout(seed, wanted, helper);
      }
      if (done % 100 === 0) progress();
    }
    helper.dismiss();
  }

  async function tellAbout(seed: number, wanted: readonly Violation[], helper: Helper) {
    for (const kind of new Set(wanted.map((violation) => violation.kind))) {
      const known = seenKinds.get(kind) ?? 0;
      seenKinds.set(kind, known + 1);
      if (known > 0) {
        say(`Seed ${seed}: ${kind}, again.`);
        continue;
      }
      say(`\nSeed ${seed} breaks a promise: ${kind}.${isSurvey ? '' : ' Shrinking …'}`);
      if (isSurvey) {
        for (const { words } of wanted.filter((violation) => violation.kind === kind)) say(`  ⇒ ${words}`);
        continue;
      }
      const { story, violations } = await helper.ask({ do: 'shrink', seed, kind, engine });
      const shown = violations.filter((violation) => violation.kind === kind);
      say(tell(story ?? storyOf(seed)));
      for (const { words } of shown.slice(0, 3)) say(`  ⇒ ${kind}: ${words}`);
      if (story) say(`  As data: ${JSON.stringify(story)}`);
    }
  }

  function progress(): void {
    const seconds = (performance.now() - startedAt) / 1_000;
    say(
      `${done} of ${runs} stories, ${failing} failing, ${seconds.toFixed(0)} s, ${((seconds * 1_000) / done).toFixed(0)} ms each`,
    );
  }

  await Promise.all(Array.from({ length: jobs }, work));
  progress();
  for (const [kind, count] of [...seenKinds].sort((a, b) => b[1] - a[1]))
    say(`${String(count).padStart(5)}  ${kind}`);
  return failing;
}

const exploration = readUsageOrEnd();
const server =
  exploration.engine === 'postgres' && !process.env.TEST_POSTGRES_URL ? await preparePostgres() : null;
if (server) {
  await server.start();
  process.env.TEST_POSTGRES_URL = server.url;
}
const failing = await explore(exploration);
await server?.end();
process.exitCode = failing > 0 ? 1 : 0;
