import type { Entry, Ledger } from '../ledger.js';
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
  readonly ledger: Ledger;
  readonly now: () => Date;
}

export function createCourier({ socket, ledger, now }: CourierDeps): Courier {
  let address: string | null = null;
  let last: Parcel | null = null;
  let sent = 0;

  async function carry(parcel: Parcel): Promise<Delivery> {
    const { what, payload } = parcel;
    const entry: Entry = { at: now(), system: 'slack', direction: 'to-app', what, detail: payload };
    ledger.record(entry);
    const delivery = address ? await postSigned(address, parcel) : await socket.deliver(parcel);
    entry.answer = delivery.outcome;
    if (address && delivery.outcome === 'acknowledged') noteAck(delivery);
    ledger.note();
    return delivery;
  }

  /** Over Socket Mode the acknowledgement is a message of its own and noted where it arrives. */
  function noteAck({ body, status = 200 }: Delivery): void {
    ledger.record({
      at: now(),
      system: 'slack',
      direction: 'from-app',
      what: 'ack',
      detail: body,
      answer: status,
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
