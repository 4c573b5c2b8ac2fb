/** Look-ups that go on behind a loading view. They live and die with this process, as the waiting itself does. */
export interface LookUps {
  start(viewId: string): AbortSignal;
  end(viewId: string): void;
  /** The person closed the window: nobody is waiting for the answer any more. */
  abandon(viewId: string): void;
}

export function createLookUps(): LookUps {
  const running = new Map<string, AbortController>();
  return {
    start(viewId) {
      const controller = new AbortController();
      running.set(viewId, controller);
      return controller.signal;
    },
    end: (viewId) => void running.delete(viewId),
    abandon: (viewId) => running.get(viewId)?.abort(),
  };
}
