import { stateValues } from './inputs.js';
import type { Json } from './json.js';
import type { ModalView } from './modals.js';
import type { World } from './world.js';

/** A modal as Slack's answers and payloads carry it, with what is typed in it. */
export function viewOutput(modal: ModalView, world: World): Json {
  const { view } = modal;
  return {
    id: modal.id,
    team_id: world.teamId,
    type: 'modal',
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    external_id: view.external_id ?? '',
    state: { values: stateValues(view.blocks, modal.values) },
    hash: modal.hash,
    title: view.title,
    submit: view.submit ?? null,
    close: view.close ?? null,
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    previous_view_id: modal.previousId,
    root_view_id: modal.rootId,
    app_id: world.appId,
    app_installed_team_id: world.teamId,
    bot_id: world.botId,
  };
}
