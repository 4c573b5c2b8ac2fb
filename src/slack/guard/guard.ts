import type { Log } from '../../removal/ports.js';
import { createProgress, type Progress } from './progress.js';

/** What every way in brings along: the means to answer Slack. */
interface Acknowledging {
  readonly ack: (...given: never[]) => Promise<void>;
}

/** One net for every way in: work is counted so that a stop can wait for it, and each person gets an answer. */
export interface Guards {
  /**
   * Wraps a listener. `reply` answers the person in its place when it fails, or when the app is stopping; what it says
   * follows from how far the listener had come.
   */
  guard<Args extends Acknowledging>(
    name: string,
    handle: (args: Args, progress: Progress) => Promise<void>,
    reply: (args: Args, sentence: string) => Promise<void>,
  ): (args: Args) => Promise<void>;
  /** From now on every way in only says that the app is restarting. */
  close(): void;
  idle(): Promise<void>;
}

/** The answer to an earlier press may have been lost by the restart: its words must not be taken for that one. */
const RESTARTING =
  'The app is restarting. Nothing was removed by this step; what an earlier one recorded stands. Please try again in a few seconds.';

export function createGuards(log: Log): Guards {
  const underWay = new Set<Promise<void>>();
  let open = true;

  return {
    guard: (name, handle, reply) => async (given) => {
      const args = answeringOnce(given);
      const progress = createProgress();
      const isTakenUp = open;
      const work = isTakenUp ? handle(args, progress) : reply(args, RESTARTING);
      const settled = work
        .catch((error: unknown) => {
          log.error({ listener: name, progress: progress.stage, err: error }, 'A listener failed');
          return reply(args, isTakenUp ? progress.sentence() : RESTARTING);
        })
        // Slack may be out of reach for the reply too: the request was then never acknowledged, and Slack says so.
        .catch((error: unknown) =>
          log.warn({ listener: name, err: error }, 'The error reply did not get through'),
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
 * A second acknowledgement throws. In HTTP mode Bolt sees to that; in Socket Mode it only warns, and an error reply
 * would take words for heard that Slack never shows.
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
