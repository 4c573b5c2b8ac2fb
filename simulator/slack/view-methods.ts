import { type Json, textOf } from './json.js';
import { type MethodTable, required } from './method.js';
import type { Modals, ModalView } from './modals.js';
import { explained, Refusal } from './refusal.js';
import type { Triggers } from './triggers.js';
import { viewOutput } from './view-output.js';
import type { World } from './world.js';

interface ViewDeps {
  readonly world: World;
  readonly modals: Modals;
  readonly triggers: Triggers;
}

/** Opening and changing modals. They need no scope. */
export function viewMethods({ world, modals, triggers }: ViewDeps): MethodTable {
  return {
    'views.open': { token: 'bot', act: open },
    'views.push': { token: 'bot', act: push },
    'views.update': { token: 'bot', act: update },
  };

  function open(args: Json): Json {
    const view = modals.accept(args.view);
    const { userId } = triggers.exchange(required(args, 'trigger_id'));
    return shown(modals.open(userId, view));
  }

  function push(args: Json): Json {
    const view = modals.accept(args.view);
    const { userId, viewId } = triggers.exchange(required(args, 'trigger_id'));
    if (!viewId) throw new Refusal('invalid_trigger_id');
    if (!modals.find({ viewId, externalId: null })) throw new Refusal('not_found');
    return shown(modals.push(userId, view));
  }

  function update(args: Json): Json {
    const by = { viewId: textOf(args.view_id), externalId: textOf(args.external_id) };
    if (!by.viewId && !by.externalId) {
      throw explained('invalid_arguments', ['[ERROR] missing required field: view_id']);
    }
    const view = modals.accept(args.view);
    const modal = modals.find(by);
    if (!modal) throw new Refusal('not_found');
    const hash = textOf(args.hash);
    if (hash && hash !== modal.hash) throw new Refusal('hash_conflict');
    modals.replace(modal, view);
    return shown(modal);
  }

  function shown(modal: ModalView): Json {
    return { view: viewOutput(modal, world) };
  }
}
