/** Look-ups that go on behind a loading view. They live and die with this process, as the waiting itself does. */
export interface LookUps {
  start(viewId: string): AbortSignal;
  end(viewId: string): void;
  /** The person closed the window: nobody is waiting for the answer any more. */
  abandon(viewId: string): void;
}

const MOST_REMEMBERED = 100;

export function createLookUps(): LookUps {
  const running = new Map<string, AbortController>();
  /** Closed before their look-up began, which waits for Slack's answer to the opening; the latest of them. */
  const closed = new Set<string>();
  return {
    start(viewId) {
      const controller = new AbortController();
      running.set(viewId, controller);
      if (closed.delete(viewId)) controller.abort();
      return controller.signal;
    },
    end: (viewId) => void running.delete(viewId),
    abandon(viewId) {
      const controller = running.get(viewId);
      if (controller) return controller.abort();
      closed.add(viewId);
      const [oldest] = closed;
      if (closed.size > MOST_REMEMBERED && oldest !== undefined) closed.delete(oldest);
    },
  };
}
