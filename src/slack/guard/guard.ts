import type { Log } from '../../removal/ports.js';

/** What every way in brings along: the means to answer Slack. */
interface Acknowledging {
  readonly ack: (...given: never[]) => Promise<void>;
}

/** One net for every way in: work is counted so that a stop can wait for it, and nobody is left without an answer. */
export interface Entrances {
  /** Wraps a listener. `apologise` answers the person in its place when it fails, or when the app is stopping. */
  guard<Args extends Acknowledging>(
    name: string,
    handle: (args: Args) => Promise<void>,
    apologise: (args: Args, sentence: string) => Promise<void>,
  ): (args: Args) => Promise<void>;
  /** From now on every entrance only says that the app is restarting. */
  close(): void;
  idle(): Promise<void>;
}

const RESTARTING = 'The app is restarting. Nothing was removed. Please try again in a few seconds.';
const FAILED =
  'Something went wrong on our side. Nothing was removed by this step. Please run /linq-remove again.';

export function createEntrances(log: Log): Entrances {
  const underWay = new Set<Promise<void>>();
  let open = true;

  return {
    guard: (name, handle, apologise) => async (given) => {
      const args = answeringOnce(given);
      const work = open ? handle(args) : apologise(args, RESTARTING);
      const settled = work
        .catch((error: unknown) => {
          log.error({ entrance: name, err: error }, 'An entrance failed');
          return apologise(args, FAILED);
        })
        // Slack may be out of reach for the apology too: the request was then never acknowledged, and Slack says so.
        .catch((error: unknown) =>
          log.warn({ entrance: name, err: error }, 'The apology did not get through'),
        )
        .finally(() => underWay.delete(settled));
      underWay.add(settled);
      await settled;
    },
    close() {
      open = false;
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

/**
 * A second acknowledgement throws. In HTTP mode Bolt sees to that; in Socket Mode it only warns, and whoever
 * apologises would take words for heard that Slack never shows.
 */
function answeringOnce<Args extends Acknowledging>(args: Args): Args {
  let answered = false;
  const ack = async (...given: Parameters<Args['ack']>) => {
    if (answered) throw new Error('This was acknowledged before');
    answered = true;
    await args.ack(...given);
  };
  return { ...args, ack };
}
