import type { Ledger } from '../ledger.js';
import type { Courier } from './courier.js';
import { enter, fieldsOf, keyOf } from './inputs.js';
import type { Message, Messages } from './messages.js';
import { modalText } from './modal-text.js';
import type { Modals, ModalView } from './modals.js';
import type { Delivery } from './parcel.js';
import { closedPayload, commandPayload, submissionPayload } from './payloads.js';
import { type ButtonPlace, press } from './pressing.js';
import { Refusal } from './refusal.js';
import type { Occasion, ResponseUrls } from './response-urls.js';
import type { SaidRecord } from './said.js';
import { applyAck, clientErrors, labelOf, type Submitted } from './submission.js';
import type { Triggers } from './triggers.js';
import { drawText } from './visible-text.js';
import type { Channel, User, World } from './world.js';

/** Where: a channel's id. */
export interface Where {
  readonly in: string;
}

/** A human in Slack: what they do and what they see. */
export interface Person {
  readonly id: string;
  /** Types a command. Resolves on its acknowledgement or after Slack's 3 s. Default place: their first conversation. */
  runs(commandLine: string, where?: Where): Promise<Delivery>;
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

async function run(screen: Screen, user: User, commandLine: string, channel: Channel): Promise<Delivery> {
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

function fill({ world, ledger }: Screen, modal: ModalView, entered: Parameters<Person['fills']>[0]): void {
  const fields = fieldsOf(modal.view.blocks).filter(({ block }) => block.type === 'input');
  const values = new Map(modal.values);
  for (const [label, value] of Object.entries(entered)) {
    const field = fields.find((each) => labelOf(each, world.names) === label);
    const labels = fields.map((each) => `"${labelOf(each, world.names)}"`).join(', ');
    if (!field)
      throw new Error(`No input "${label}" in "${modal.view.title.text}". There are: ${labels || 'none'}.`);
    values.set(keyOf(field), enter(field, value, world.names));
  }
  modal.values = values;
  ledger.note();
}

async function submit(screen: Screen, user: User, modal: ModalView): Promise<Submitted> {
  const { world, modals, triggers, courier, ledger, record } = screen;
  if (!modal.view.submit) throw new Error(`"${modal.view.title.text}" has no submit button.`);
  const errors = clientErrors(modal, world.names);
  if (errors) return { outcome: 'not_sent', body: null, errors };
  const ways = { trigger_id: triggers.issue(user.id, modal.id) };
  const delivery = await courier.send('view_submission', submissionPayload(world, user, modal, ways));
  const submitted = applyAck(modals, modal, delivery, world.names);
  if (submitted.trouble) record.trouble(user.id, submitted.trouble);
  ledger.note();
  return submitted;
}

/** Cancel names the view it closes; the x names the first view and clears them all. */
async function leave(screen: Screen, user: User, modal: ModalView, all: boolean): Promise<void> {
  const { modals, world, courier, ledger } = screen;
  const clears = all || modal.view.clear_on_close === true;
  if (clears) modals.clear(user.id);
  else modals.close(modal);
  ledger.note();
  if (modal.view.notify_on_close) {
    await courier.send('view_closed', closedPayload(world, user, modal, clears));
  }
}

function openModal(modals: Modals, user: User): ModalView {
  const modal = modals.top(user.id);
  if (!modal) throw new Error(`${user.name} has no modal open.`);
  return modal;
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
