import { seconds } from '../support/clock.js';
import { approves, CHAT_ID, PAT, type Stage, setStage } from '../support/stage.js';

describe('What Prometheus reads', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.stop());

  const scrape = async () => {
    const response = await fetch(`http://127.0.0.1:${stage.metricsPort}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    return response.text();
  };

  it('counts a removal from open to proven, the calls it took, and nobody by name', async () => {
    const { alice, linq, passes } = stage;
    await approves(alice);
    await alice.sees(/Removal queued/);
    await passes(seconds(2));
    expect(await scrape()).toMatch(/^linq_remove_open_removals 1$/m);
    expect(await scrape()).toMatch(/^linq_remove_open_oldest_seconds 2$/m);
    linq.settles();
    await passes(seconds(2));

    const text = await scrape();
    expect(text).toMatch(/^linq_remove_open_removals 0$/m);
    expect(text).toMatch(/^linq_remove_removals_total\{status="removed"\} 1$/m);
    expect(text).toMatch(/^linq_remove_answer_seconds_count 1$/m);
    expect(text).toMatch(/^linq_remove_proof_seconds_sum 4$/m);
    expect(text).toMatch(
      /^linq_remove_calls_total\{system="linq",operation="remove participant",result="ok"\} 1$/m,
    );
    expect(text).toMatch(
      /^linq_remove_calls_total\{system="slack",operation="chat.postMessage",result="ok"\} 1$/m,
    );
    expect(text).toMatch(/nodejs_eventloop_lag_seconds/);
    for (const secret of [PAT, CHAT_ID, alice.id, 'Launch crew']) expect(text).not.toContain(secret);
  });

  it('counts retries, refusals by Linq, and outcomes told another way', async () => {
    const { alice, linq, slack, support, passes } = stage;
    linq.nextRemoval(['rate-limited', 5]);
    linq.nextRemoval(['refused', 2013]);
    slack.next('chat.postMessage', { error: 'not_in_channel' });
    await approves(alice);
    await stage.ledger.until(
      () => stage.ledger.count('response_url') > 0,
      'the outcome through the response_url',
    );
    await passes(seconds(5));
    const text = await scrape();
    expect(text).toMatch(/^linq_remove_retries_total 1$/m);
    expect(text).toMatch(/^linq_remove_removals_total\{status="refused"\} 1$/m);
    expect(text).toMatch(/^linq_remove_posting_fallbacks_total\{route="response"\} 1$/m);
    expect(text).toMatch(/operation="remove participant",result="error_2013"\} 1$/m);
    expect(text).toMatch(/operation="chat.postMessage",result="not_in_channel"\} 1$/m);
    expect(slack.messagesIn(support.id).every((message) => message.text.includes('Linq'))).toBe(true);
  });
});
