import type { types } from '@slack/bolt';
import { answerOf, type Stage, setStage } from './slack-bolt.js';

const view = (title: string, extra: Partial<types.ModalView> = {}): types.ModalView => ({
  type: 'modal',
  title: { type: 'plain_text', text: title },
  blocks: [
    {
      type: 'actions',
      elements: [{ type: 'button', action_id: 'more', text: { type: 'plain_text', text: 'More' } }],
    },
  ],
  ...extra,
});

describe('modals', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
    stage.slack.addChannel({ name: 'support', kind: 'public', members: ['alice'] });
  });
  afterEach(() => stage.strike());
  const alice = () => stage.slack.person('alice');

  /** A fresh trigger: nobody listens, but Slack has sent it. */
  const trigger = async () => {
    await alice().runs('/linq-remove');
    return stage.latest('trigger_id');
  };
  const open = async (shown = view('One')) =>
    stage.client.views.open({ trigger_id: await trigger(), view: shown });
  const push = async (title: string) => {
    await alice().presses('More');
    return stage.client.views.push({ trigger_id: stage.latest('trigger_id'), view: view(title) });
  };

  it('open with a trigger once', async () => {
    const trigger_id = await trigger();
    const opened = await stage.client.views.open({ trigger_id, view: view('One') });
    const { id, hash } = alice().modal ?? {};
    expect(opened.view).toMatchObject({ id, hash, root_view_id: id });
    expect(await answerOf(stage.client.views.open({ trigger_id, view: view('Two') }))).toBe(
      'exchanged_trigger_id',
    );
    expect(alice().modalText()).toContain('One');
  });

  it('open within three seconds of the trigger', async () => {
    const trigger_id = await trigger();
    stage.passes(3_000);
    expect(await answerOf(stage.client.views.open({ trigger_id, view: view('In time') }))).toBe('ok');
    const late = await trigger();
    stage.passes(3_001);
    expect(await answerOf(stage.client.views.open({ trigger_id: late, view: view('Late') }))).toBe(
      'expired_trigger_id',
    );
    expect(await answerOf(stage.client.views.open({ trigger_id: 'made.up', view: view('No') }))).toBe(
      'invalid_trigger_id',
    );
  });

  it.each(['expired_trigger_id', 'trigger_expired', 'exchanged_trigger_id', 'trigger_exchanged'] as const)(
    'are refused as %s when told to, once',
    async (spelling) => {
      stage.slack.expireNextTrigger(spelling);
      expect(await answerOf(open())).toBe(spelling);
      expect(await answerOf(open())).toBe('ok');
    },
  );

  it('are refused with invalid_arguments that name the trigger', async () => {
    stage.slack.expireNextTrigger('invalid_arguments');
    const messages = [expect.stringContaining('`trigger_id` expired')];
    await expect(open()).rejects.toMatchObject({
      data: { error: 'invalid_arguments', response_metadata: { messages } },
    });
  });

  it('are replaced by id or external id unless the hash is stale', async () => {
    const opened = await open(view('One', { external_id: 'mine' }));
    const old = { view_id: String(opened.view?.id), hash: String(opened.view?.hash) };
    const { views } = stage.client;
    expect(
      await answerOf(views.update({ external_id: 'mine', view: view('Two', { external_id: 'mine' }) })),
    ).toBe('ok');
    expect(await answerOf(views.update({ ...old, view: view('Three') }))).toBe('hash_conflict');
    expect(alice().modalText()).toContain('Two');
  });

  it('are not found once closed', async () => {
    const opened = await open();
    await alice().closes();
    const update = stage.client.views.update({ view_id: String(opened.view?.id), view: view('Late') });
    expect(await answerOf(update)).toBe('not_found');
  });

  it('stack three high', async () => {
    await open();
    await push('Two');
    await push('Three');
    expect(await answerOf(push('Four'))).toBe('push_limit_reached');
    expect(alice().stack.map(({ view: shown }) => shown.title.text)).toEqual(['One', 'Two', 'Three']);
    expect(alice().modal).toMatchObject({ rootId: alice().stack[0]?.id, previousId: alice().stack[1]?.id });
    await alice().cancels();
    expect(alice().modalText()).toContain('Two');
  });

  it('reset an input whose block id changed and keep the others', async () => {
    const field = (block_id: string, label: string): types.KnownBlock => ({
      type: 'input',
      block_id,
      label: { type: 'plain_text', text: label },
      element: { type: 'plain_text_input', action_id: 'value', initial_value: `first ${label}` },
    });
    const form = (second: string) =>
      view('Form', {
        submit: { type: 'plain_text', text: 'Go' },
        blocks: [field('a', 'A'), field(second, 'B')],
      });
    const opened = await open(form('b'));
    alice().fills({ A: 'typed A', B: 'typed B' });
    const updated = await stage.client.views.update({ view_id: String(opened.view?.id), view: form('b2') });
    const values = {
      a: { value: { type: 'plain_text_input', value: 'typed A' } },
      b2: { value: { value: 'first B' } },
    };
    expect(updated.view?.state).toMatchObject({ values });
  });

  it('have no submit button unless the app gave them one', async () => {
    await open();
    await expect(alice().submits()).rejects.toThrow('has no submit button');
  });
});
