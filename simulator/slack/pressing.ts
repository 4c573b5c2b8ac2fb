import { type Block, type BlockElement, elementsOf } from './block-kit.js';
import type { Message } from './messages.js';
import type { Delivery, Parcel } from './parcel.js';
import { messageActionPayload, modalActionPayload, type Pressed } from './payloads.js';
import type { Screen } from './person.js';
import { drawText } from './visible-text.js';
import type { User } from './world.js';

/** Which of several buttons of one name: the message it stands in, and what it carries. */
export interface ButtonPlace {
  readonly ts: string;
  readonly value?: string;
}

/** A press on a button: in the modal on top, or else in the newest message that this person sees it in. */
export function press(
  screen: Screen,
  user: User,
  text: string,
  seen: readonly Message[],
  place?: ButtonPlace,
): Promise<Delivery> {
  const modal = place ? null : screen.modals.top(user.id);
  const inModal = modal && buttonCalled(modal.view.blocks, text, screen);
  if (modal && inModal) {
    const ways = { trigger_id: screen.triggers.issue(user.id, modal.id) };
    return send(screen, modalActionPayload(screen.world, user, modal, inModal, ways));
  }
  const among = place ? seen.filter(({ ts }) => ts === place.ts) : seen;
  const found = [...among].reverse().flatMap((message) => {
    const button = buttonCalled(message.blocks, text, screen, place?.value);
    return button ? [{ message, button }] : [];
  })[0];
  if (!found) throw new Error(`${user.name} sees no button "${text}".`);
  return pressInMessage(screen, user, found.message, found.button);
}

function pressInMessage(screen: Screen, user: User, message: Message, button: Pressed): Promise<Delivery> {
  const occasion = { channelId: message.channel, userId: user.id, command: null, source: message };
  const ways = {
    trigger_id: screen.triggers.issue(user.id, null),
    response_url: screen.origin + screen.responseUrls.issue(occasion),
  };
  return send(screen, messageActionPayload(screen.world, user, message, button, ways));
}

function send(screen: Screen, payload: Parcel['payload']): Promise<Delivery> {
  return screen.courier.send('block_actions', payload);
}

function buttonCalled(
  blocks: readonly Block[],
  text: string,
  { world, now }: Screen,
  carrying?: string,
): Pressed | null {
  const isCalled = ({ type, text: label, value }: BlockElement) =>
    type === 'button' &&
    label !== undefined &&
    drawText(label, world.names) === text &&
    (carrying === undefined || value === carrying);
  const ts = `${now().getTime() / 1000}`;
  for (const block of blocks) {
    const element = elementsOf(block).find(isCalled);
    if (element) return { block, element, ts };
  }
  return null;
}
