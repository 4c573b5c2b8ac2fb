import type { LinqFault } from './faults.js';
import type { RouteName } from './routes.js';

/** Faults that wait for a call, each used once, in order; one may wait for a call about its own chat. */
export interface FaultQueue {
  /** For the next call of any of these routes. */
  add(routes: readonly RouteName[], fault: LinqFault, chatId?: string): void;
  /** The next fault for a call of this route about this chat. */
  take(route: RouteName, chatId: string): LinqFault | undefined;
  /** Nothing waits any more. */
  forget(): void;
}

interface Waiting {
  readonly routes: readonly RouteName[];
  readonly fault: LinqFault;
  readonly chatId: string | undefined;
}

export function createFaultQueue(): FaultQueue {
  const waiting: Waiting[] = [];
  return {
    add: (routes, fault, chatId) => void waiting.push({ routes, fault, chatId: chatId?.toLowerCase() }),
    take(route, id) {
      const chatId = id.toLowerCase();
      const at = waiting.findIndex(
        (each) => each.routes.includes(route) && (each.chatId ?? chatId) === chatId,
      );
      return at < 0 ? undefined : waiting.splice(at, 1)[0]?.fault;
    },
    forget: () => void waiting.splice(0),
  };
}
