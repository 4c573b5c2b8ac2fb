import { nameBlocks, type View } from './block-kit.js';
import { type InputValues, startValues } from './inputs.js';
import { isObject } from './json.js';
import { explained, Refusal } from './refusal.js';
import type { SaidRecord } from './said.js';
import { isTooLarge, viewProblems } from './view-limits.js';
import type { World } from './world.js';

/** A modal on somebody's screen. It changes in place as the app updates it and the person types. */
export interface ModalView {
  readonly id: string;
  readonly userId: string;
  readonly rootId: string;
  readonly previousId: string | null;
  view: View;
  hash: string;
  values: InputValues;
  /** The app's inline errors, by block id. */
  errors: Readonly<Record<string, string>>;
}

/** Everybody's stacks of modals. Methods throw a `Refusal` where Slack refuses. */
export interface Modals {
  stack(userId: string): readonly ModalView[];
  top(userId: string): ModalView | null;
  /** A first modal. One that was open is gone; what Slack does with it is undocumented. */
  open(userId: string, view: View): ModalView;
  push(userId: string, view: View): ModalView;
  replace(modal: ModalView, view: View): void;
  /** Inline errors from the app, by block id. */
  complain(modal: ModalView, errors: Readonly<Record<string, string>>): void;
  find(by: { readonly viewId: string | null; readonly externalId: string | null }): ModalView | null;
  close(modal: ModalView): void;
  clear(userId: string): void;
  /** The view as Slack keeps it, every block named. Throws when Slack would not show it. */
  accept(view: unknown): View;
}

/** Slack: a stack holds three views. */
const STACK_MAX = 3;

export function createModals(world: World, record: SaidRecord): Modals {
  const stacks = new Map<string, ModalView[]>();
  const stack = (userId: string) => stacks.get(userId) ?? [];
  const everyModal = () => [...stacks.values()].flat();
  const add = (userId: string, view: View, below: readonly ModalView[]) => {
    if (view.external_id && everyModal().some((modal) => modal.view.external_id === view.external_id)) {
      throw new Refusal('duplicate_external_id');
    }
    const id = world.newId('V');
    const place = { rootId: below[0]?.id ?? id, previousId: below.at(-1)?.id ?? null };
    const start = {
      values: startValues(view.blocks, new Map(), world.onScreen.get(userId) ?? null),
      errors: {},
    };
    const modal = { id, userId, view, hash: world.newId('h'), ...place, ...start };
    stacks.set(userId, [...below, modal]);
    record.window(modal);
    return modal;
  };
  return {
    stack,
    top: (userId) => stack(userId).at(-1) ?? null,
    open: (userId, view) => add(userId, view, []),
    push(userId, view) {
      if (stack(userId).length >= STACK_MAX) throw new Refusal('push_limit_reached');
      return add(userId, view, stack(userId));
    },
    replace(modal, view) {
      modal.values = startValues(view.blocks, modal.values, world.onScreen.get(modal.userId) ?? null);
      Object.assign(modal, { view, hash: world.newId('h'), errors: {} });
      // The answer to a submission may come when the window was closed already.
      if (everyModal().includes(modal)) record.window(modal);
    },
    complain(modal, errors) {
      modal.errors = errors;
      record.window(modal, 'errors');
    },
    find: ({ viewId, externalId }) =>
      everyModal().find(
        (modal) => modal.id === viewId || (externalId && modal.view.external_id === externalId),
      ) ?? null,
    close: (modal) =>
      void stacks.set(
        modal.userId,
        stack(modal.userId).filter((each) => each !== modal),
      ),
    clear: (userId) => void stacks.delete(userId),
    accept(view) {
      const accepted = acceptView(view, () => world.newId('b'));
      const missing = accepted.blocks.find(({ type }) => world.missingBlocks.has(type));
      if (missing) throw explained('invalid_blocks', [`[ERROR] unsupported type: ${missing.type}`]);
      return accepted;
    },
  };
}

function acceptView(value: unknown, newId: () => string): View {
  if (isObject(value) && isTooLarge(value)) throw new Refusal('view_too_large');
  const problems = viewProblems(value);
  if (problems.length > 0) throw explained('invalid_arguments', problems);
  // Checked just now, field by field.
  const view = value as View;
  return { ...view, blocks: nameBlocks(view.blocks, newId) };
}
