import type { InFlight } from '../in-flight.js';
import type { Entry, Ledger } from '../ledger.js';
import type { Faults } from './faults.js';
import type { Json } from './json.js';
import type { Delivery, Parcel } from './parcel.js';
import { postSigned } from './signed-post.js';
import type { SocketMode } from './socket-mode.js';

/** Takes Slack's payloads to the app, by whichever transport it uses. */
export interface Courier {
  send(what: Parcel['what'], payload: Json): Promise<Delivery>;
  /** The last payload once more, to the letter. What the app answers changes nothing on anybody's screen. */
  again(): Promise<Delivery>;
  /** The last payload as somebody might have changed it, as a delivery of its own. */
  altered(change: (payload: Json) => Json): Promise<Delivery>;
  /** From now on by signed HTTP to this address. */
  deliverTo(url: string): void;
}

interface CourierDeps {
  readonly socket: SocketMode;
  readonly faults: Faults;
  readonly inFlight: InFlight;
  readonly ledger: Ledger;
  readonly now: () => Date;
}

export function createCourier({ socket, faults, inFlight, ledger, now }: CourierDeps): Courier {
  let address: string | null = null;
  let last: Parcel | null = null;
  let sent = 0;

  const carry = (parcel: Parcel) => inFlight.track(bring(parcel));

  async function bring(parcel: Parcel): Promise<Delivery> {
    const { what, payload } = parcel;
    const entry: Entry = { at: now(), system: 'slack', direction: 'to-app', what, detail: payload };
    ledger.record(entry);
    const delivery = address ? await post(address, parcel) : await socket.deliver(parcel);
    entry.answer = delivery.outcome;
    ledger.note();
    return delivery;
  }

  /** By HTTP a connection that breaks and an answer that gets lost are one thing: the app has been told all the same. */
  async function post(url: string, parcel: Parcel): Promise<Delivery> {
    const isCut = faults.take('delivery') !== undefined;
    const delivery = await postSigned(url, parcel);
    if (delivery.outcome !== 'acknowledged') return delivery;
    const isLost = faults.take('ack') !== undefined || isCut;
    noteAck(delivery, isLost);
    return isLost ? { outcome: 'operation_timeout', body: null } : delivery;
  }

  /** Over Socket Mode the acknowledgement is a message of its own and noted where it arrives. */
  function noteAck({ body, status = 200 }: Delivery, isLost: boolean): void {
    ledger.record({
      at: now(),
      system: 'slack',
      direction: 'from-app',
      what: 'ack',
      detail: body,
      answer: isLost ? 'lost' : status,
    });
  }

  return {
    send(what, payload) {
      sent += 1;
      last = { what, payload, envelopeId: `envelope-${sent}` };
      return carry(last);
    },
    async again() {
      if (!last) throw new Error('Nothing was delivered yet.');
      return carry(last);
    },
    async altered(change) {
      if (!last) throw new Error('Nothing was delivered yet.');
      sent += 1;
      last = { ...last, payload: change(last.payload), envelopeId: `envelope-${sent}` };
      return carry(last);
    },
    deliverTo: (url) => {
      address = url;
    },
  };
}
