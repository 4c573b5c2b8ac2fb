import { postSigned } from '../../simulator/slack/signed-post.js';
import { endChildren } from '../support/child.js';
import { PAT } from '../support/stage.js';
import { submits } from '../support/submits.js';
import { type Company, createCompany, type Replica } from './replicas.js';

/* What a load balancer does to one person's path, and what one process leaves to the other. */

let company: Company;
let replicas: readonly [Replica, Replica];
beforeAll(async () => {
  company = await createCompany();
  company.simulator.linq.settleAfter(0);
  replicas = await Promise.all([company.startReplica(), company.startReplica()]);
}, 30_000);
afterAll(async () => {
  await company.close();
  await endChildren();
});

const alice = () => company.simulator.slack.person('alice');
const reach = ({ slackUrl }: { slackUrl: string }) => company.simulator.slack.deliverTo(slackUrl);

/** A group with pat in it. */
function addCrew(name: string) {
  const { linq } = company.simulator;
  return linq.addChat({ name, service: 'iMessage', members: [PAT, '+12025550143', '+12025550144'] });
}

async function isRemovedOnce({ id, name }: { id: string; name: string | null }): Promise<void> {
  await alice().sees(`is no longer in “${name}”`, { in: company.support.id });
  expect(company.simulator.linq.deletes.filter(({ chatId }) => chatId === id)).toHaveLength(1);
}

it('each step of a person’s path may reach another process', async () => {
  const crew = addCrew('Launch crew');

  reach(replicas[0]);
  await alice().runs('/linq-remove');
  await alice().seesModal(/Remove participant/);
  alice().fills({ Chat: crew.id, Handle: PAT });
  reach(replicas[1]);
  await submits(alice());
  await alice().seesModal(`“${crew.name}”`);
  reach(replicas[0]);
  await submits(alice());

  expect(alice().modalText()).toMatch(/Your approval is recorded/);
  await isRemovedOnce(crew);
});

it('what is approved at a process that dies of it is carried out by another', async () => {
  const crew = addCrew('Night crew');
  const dying = await company.startReplica({ diesOn: 'Removal approved' });

  reach(dying);
  await alice().runs(`/linq-remove ${crew.id} ${PAT}`);
  await alice().seesModal(`“${crew.name}”`);
  void alice().submits();

  expect(await dying.ended).toBe('SIGKILL');
  await isRemovedOnce(crew);
});

it('a hundred submissions of one view, at two processes at once, are one request', async () => {
  const { slack, ledger } = company.simulator;
  const crew = addCrew('Day crew');
  reach(replicas[0]);
  await alice().runs(`/linq-remove ${crew.id} ${PAT}`);
  await alice().seesModal(`“${crew.name}”`);
  slack.deliverTo('http://127.0.0.1:9/nobody');
  await alice().submits();
  const payload = ledger.of('view_submission').at(-1)?.detail as Record<string, unknown>;
  const before = await countRequests();

  const submit = (n: number) =>
    postSigned(replicas[n % 2 === 0 ? 0 : 1].slackUrl, { what: 'view_submission', payload, envelopeId: '' });
  const submissions = await Promise.all(Array.from({ length: 100 }, (_, n) => submit(n)));

  // A hundred at once are more than a busy machine answers within Slack's three seconds.
  for (const { body } of submissions.filter(({ outcome }) => outcome === 'acknowledged')) {
    expect(JSON.stringify(body)).toMatch(/Your approval is recorded|Recording …/);
  }
  await isRemovedOnce(crew);
  expect(await countRequests()).toBe(before + 1);
});

const countRequests = async () => (await company.database.query('select id from requests')).length;
