/** Things that happen at a time of the simulator's clock. */
export interface Agenda {
  add(at: Date, act: () => void): void;
  /** Does what is due, in the order of its time. */
  catchUp(): void;
}

/** Timers may fire a moment early by the wall clock. */
const TIMER_SLACK_MS = 5;

/** With `timers` what is due happens by itself, which only makes sense by the wall clock; else when told. */
export function createAgenda(now: () => Date, timers: boolean): Agenda {
  const waiting: { readonly at: Date; act(): void }[] = [];

  function next() {
    const due = waiting.filter(({ at }) => at <= now());
    return due.sort((a, b) => a.at.getTime() - b.at.getTime())[0];
  }

  function catchUp(): void {
    for (let item = next(); item; item = next()) {
      waiting.splice(waiting.indexOf(item), 1);
      item.act();
    }
  }

  return {
    catchUp,
    add(at, act) {
      waiting.push({ at, act });
      if (timers) setTimeout(catchUp, at.getTime() - now().getTime() + TIMER_SLACK_MS).unref();
    },
  };
}
