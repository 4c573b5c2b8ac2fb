/** What is under way inside the simulator, so that a test can wait until nothing is. */
export interface InFlight {
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is under way. Calls that are held or never answered by a fault do not count. */
  idle(): Promise<void>;
}

export function createInFlight(): InFlight {
  const open = new Set<Promise<unknown>>();
  return {
    track(work) {
      const done = work.then(
        () => void open.delete(done),
        () => void open.delete(done),
      );
      open.add(done);
      return work;
    },
    async idle() {
      while (open.size > 0) await Promise.all(open);
    },
  };
}
