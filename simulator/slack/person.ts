import type { Ledger } from '../ledger.js';
import type { Block } from './block-kit.js';
import type { Courier } from './courier.js';
import type { Json } from './json.js';
import type { Message, Messages } from './messages.js';
import { modalText } from './modal-text.js';
import type { Modals, ModalView } from './modals.js';
import type { Delivery } from './parcel.js';
import { commandPayload } from './payloads.js';
import { type ButtonPlace, press } from './pressing.js';
import { Refusal } from './refusal.js';
import type { Occasion, ResponseUrls } from './response-urls.js';
import type { SaidRecord } from './said.js';
import { useGlobally, useOnMessage } from './shortcuts.js';
import type { Submitted } from './submission.js';
import type { Triggers } from './triggers.js';
import { drawText } from './visible-text.js';
import { fill, leave, openModal, submit } from './windows.js';
import type { Channel, User, World } from './world.js';

/** Where: a channel's id. */
export interface Where {
  readonly in: string;
}

/** What a person writes, beside its text. */
export interface Written {
  /** The first message of the thread that it belongs to. */
  readonly thread?: string;
  readonly blocks?: readonly Block[];
  readonly files?: readonly Json[];
}

/** A human in Slack: what they do and what they see. */
export interface Person {
  readonly id: string;
  /** Types a command. Resolves on its acknowledgement or after Slack's 3 s. Default place: their first conversation. */
  runs(commandLine: string, where?: Where): Promise<Delivery>;
  /** Writes a message as people do. */
  writes(text: string, where?: Where & Written): Message;
  /** Uses a global shortcut by its name, with a conversation on the screen. */
  uses(shortcut: string, where?: Where): Promise<Delivery>;
  /** Uses a shortcut from the menu of a message. */
  usesOn(shortcut: string, message: Message): Promise<Delivery>;
  /** The modal on top, as last opened or updated. */
  readonly modal: ModalView | null;
  readonly stack: readonly ModalView[];
  /** Types into inputs by their label; checkboxes and menus by the text of their options. */
  fills(values: Readonly<Record<string, string | readonly string[]>>): void;
  /** Presses the modal's submit button; `errors` by label, from Slack's client or from the app. */
  submits(): Promise<Submitted>;
  /** Presses a button in the modal, or in the newest message that shows it, or in the one message that is named. */
  presses(buttonText: string, place?: ButtonPlace): Promise<Delivery>;
  /** The x of a modal: every view of the stack goes. */
  closes(): Promise<void>;
  /** The close button of the view on top. */
  cancels(): Promise<void>;
  /** Waits for a message this person can see, there or anywhere, whose blocks or text match; the newest such. */
  sees(pattern: RegExp | string, where?: Where): Promise<Message>;
  /** Waits until the modal on top reads like this. */
  seesModal(pattern: RegExp | string): Promise<ModalView>;
  /** All visible text of the modal on top; empty when there is none. */
  modalText(): string;
  readonly ephemerals: readonly Message[];
  /** Messages in their direct conversation with the bot. */
  readonly directMessages: readonly Message[];
}

/** What a person's verbs act on. */
export interface Screen {
  readonly world: World;
  readonly messages: Messages;
  readonly modals: Modals;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly courier: Courier;
  readonly ledger: Ledger;
  readonly record: SaidRecord;
  readonly now: () => Date;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
}

export function createPerson(screen: Screen, user: User): Person {
  const { world, modals, ledger } = screen;
  const { names } = world;
  const seen = () => visibleTo(user.id, world);
  const read = () => {
    const modal = modals.top(user.id);
    return modal ? modalText(modal, names) : '';
  };
  return {
    id: user.id,
    get modal() {
      return modals.top(user.id);
    },
    get stack() {
      return modals.stack(user.id);
    },
    get ephemerals() {
      return seen().filter((message) => message.ephemeralFor === user.id);
    },
    get directMessages() {
      return seen().filter((message) => message.channel === world.directChannel(user.id).id);
    },
    modalText: read,
    runs: async (commandLine, where) => run(screen, user, commandLine, placeOf(user, world, where)),
    writes: (text, where = { in: placeOf(user, world, undefined).id }) =>
      write(screen, user, text, placeOf(user, world, where), where),
    uses: async (shortcut, where) => useGlobally(screen, user, shortcut, placeOf(user, world, where)),
    usesOn: async (shortcut, message) => useOnMessage(screen, user, shortcut, message),
    fills: (values) => fill(screen, openModal(modals, user), values),
    submits: async () => submit(screen, user, openModal(modals, user)),
    presses: async (text, place) => press(screen, user, text, seen(), place),
    closes: async () => leave(screen, user, modals.stack(user.id)[0] ?? openModal(modals, user), true),
    cancels: async () => leave(screen, user, openModal(modals, user), false),
    sees: (pattern, where) =>
      ledger.until(
        () => seen().findLast((message) => isThere(message, where) && shows(message, pattern, names)),
        `${user.name} to see ${String(pattern)}${where ? ` in ${where.in}` : ''}`,
      ),
    seesModal: (pattern) =>
      ledger.until(
        () => matches(read(), pattern) && modals.top(user.id),
        `${user.name} to see a modal with ${String(pattern)}`,
      ),
  };
}

function write(
  { messages, ledger }: Screen,
  { id }: User,
  text: string,
  channel: Channel,
  { thread, blocks = [], files }: Written,
): Message {
  const message = messages.post(
    channel,
    { text, blocks, parsed: false },
    { user: id, thread_ts: thread, files },
  );
  ledger.note();
  return message;
}

async function run(screen: Screen, user: User, commandLine: string, channel: Channel): Promise<Delivery> {
  screen.world.onScreen.set(user.id, channel.id);
  const [, command = commandLine, text = ''] = /^(\S+)(?: ([\s\S]*))?$/.exec(commandLine) ?? [];
  const occasion: Occasion = { channelId: channel.id, userId: user.id, command: commandLine, source: null };
  const payload = commandPayload(
    screen.world,
    { user, channel, command, text },
    {
      trigger_id: screen.triggers.issue(user.id, null),
      response_url: screen.origin + screen.responseUrls.issue(occasion),
    },
  );
  const delivery = await screen.courier.send('slash_commands', payload);
  if (delivery.outcome !== 'acknowledged') {
    const trouble = `${command} failed with the error "${delivery.outcome}"`;
    screen.record.trouble(user.id, trouble);
    return { ...delivery, trouble };
  }
  return showAnswer(screen, occasion, delivery);
}

/** An acknowledgement may carry a message. */
function showAnswer(screen: Screen, occasion: Occasion, delivery: Delivery): Delivery {
  if (!delivery.body) return delivery;
  try {
    screen.responseUrls.show(occasion, delivery.body);
    screen.ledger.note();
    return delivery;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...delivery, trouble: error.code };
  }
}

function placeOf(user: User, world: World, where: Where | undefined): Channel {
  const isIn = (channel: Channel) => channel.members.has(user.id);
  const channel = where ? world.channels.get(where.in) : [...world.channels.values()].find(isIn);
  if (channel && isIn(channel)) return channel;
  throw new Error(`${user.name} is not in ${where?.in ?? 'any conversation'}: there is nowhere to type.`);
}

/** Oldest first. */
function visibleTo(userId: string, world: World): readonly Message[] {
  return [...world.channels.values()]
    .filter((channel) => channel.members.has(userId))
    .flatMap((channel) => channel.messages)
    .filter((message) => !message.ephemeralFor || message.ephemeralFor === userId)
    .sort((a, b) => Number(a.ts) - Number(b.ts));
}

function isThere(message: Message, where: Where | undefined): boolean {
  return !where || message.channel === where.in;
}

/** Blocks are what is read on the screen, the text is what a notification or a screen reader says. */
function shows(message: Message, pattern: RegExp | string, names: World['names']): boolean {
  return matches(message.shown, pattern) || matches(drawText(message.text, names), pattern);
}

function matches(text: string, pattern: RegExp | string): boolean {
  return typeof pattern === 'string' ? text.includes(pattern) : new RegExp(pattern, '').test(text);
}
