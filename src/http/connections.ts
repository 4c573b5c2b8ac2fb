import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface ConnectionLimits {
  /** Connections at once, whatever they do. */
  readonly connections: number;
  /** Of those, requests whose body has not arrived, or that are held until Slack is connected. */
  readonly waiting: number;
}

/**
 * `idle`: no complete headers yet, or kept alive between two requests; `waiting`: for the rest of a request, or for
 * Slack; `answering`: complete, and the answer is on its way.
 */
type State = 'idle' | 'waiting' | 'answering';

export interface Connections {
  note(socket: Socket, state: State): void;
}

/**
 * Bounds what strangers can hold open. Where there are too many, the connection goes that has waited longest for its
 * own sender: a genuine sender sends at once, so a flood cuts itself and does not keep Slack out.
 */
export function createConnections(server: Server, limits: ConnectionLimits): Connections {
  /** In the order in which they came into their state. */
  const states = new Map<Socket, State>();

  const inState = (state: State) => [...states].filter(([, its]) => its === state).map(([socket]) => socket);

  function note(socket: Socket, state: State): void {
    if (socket.destroyed) return;
    states.delete(socket);
    states.set(socket, state);
    const waiting = state === 'waiting' ? inState('waiting') : [];
    if (waiting.length > limits.waiting) cut(waiting[0]);
  }

  function cut(socket: Socket | undefined): void {
    if (!socket) return;
    states.delete(socket);
    socket.destroy();
  }

  server.on('connection', (socket: Socket) => {
    socket.once('close', () => states.delete(socket));
    const [longestWaiting = socket] = [...inState('idle'), ...inState('waiting')];
    note(socket, 'idle');
    if (states.size > limits.connections) cut(longestWaiting);
  });
  return { note };
}
