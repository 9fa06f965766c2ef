import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { useDashboard } from '../../support/dashboard.js';
import { misreadNetwork, misreadPostbacks } from '../../support/misread-network.js';
import { invitedMember } from '../../support/people/people.js';

const dashboard = useDashboard();

const QUERIES = [
  'goal=dep1&st=ok&sum=50.00&cur=EUR&oid=t1',
  'goal=dep1&st=hold&sum=77.50&cur=EUR&oid=t2',
  'goal=reg&oid=t3',
  'goal=dep9&oid=t4',
];

/** A network with four postbacks that wait for `tid`, the first of them opened. */
async function openMisread(name: string): Promise<{ page: Page; network: NetworkResponse; ids: string[] }> {
  const { app } = dashboard.current;
  const network = await misreadNetwork(app, name);
  const ids = await misreadPostbacks(app, network, QUERIES);
  const page = await dashboard.current.open(`/postbacks?network=${network.id}&id=${ids[0]}`);
  await page.getByText('of 4 that wait').waitFor();
  return { page, network, ids };
}
const mappingOf = async ({ id }: NetworkResponse): Promise<string[] | undefined> =>
  ((await dashboard.current.app.api('get', `/networks/${id}`)).body as NetworkResponse).mapping.params['click_id'];
const verdictsOf = (ids: string[]): Promise<string[]> =>
  Promise.all(ids.map(async (id) => (await dashboard.current.app.postbackEntry(id)).verdict));

describe('a click id in the wrong parameter', () => {
  it('is said, with the effect of the fix; the mapping is changed, and an undo restores it', async () => {
    const { page, network, ids } = await openMisread('Undone');
    await page.getByRole('heading', { name: 'Your click id came, but in tid' }).waitFor();
    await page.getByText('your click id, but nothing reads tid').waitFor();
    await page.getByRole('heading', { name: 'Take tid for the click id' }).waitFor();
    const card = page.getByRole('region', { name: 'Take tid for the click id' });
    const text = await card.innerText();
    for (const part of [
      'Would count\n3',
      '2\n',
      '1 approved, 1 pending',
      '+127.50',
      '50.00 approved',
      '77.50 pending',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('1 stays rejected: dep9 is unmapped.');
    expect(await mappingOf(network)).toEqual(['clickid']); // nothing was changed yet
    await page.getByRole('button', { name: 'Map tid, run 3 again' }).click();
    await page.getByText('Mapped. 3 postbacks run again in 10 s.').waitFor();
    expect(await mappingOf(network)).toEqual(['tid', 'clickid']);
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone. The mapping is as before.').waitFor();
    expect(await mappingOf(network)).toEqual(['clickid']);
    expect(await verdictsOf(ids)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
    await page.getByRole('button', { name: 'Map tid, run 3 again' }).waitFor();
    dashboard.current.expectCleanPages();
  });

  it('counts after the run, without a pointer; rows, numbers and the conversion follow', async () => {
    const { page, ids } = await openMisread('Counted');
    await page.getByRole('button', { name: 'Map tid, run 3 again' }).focus();
    await page.keyboard.press('Enter');
    const runNow = page.getByRole('button', { name: 'Run now' });
    await runNow.waitFor();
    await page.keyboard.press('Tab'); // the card has the focus of the button that went
    await page.keyboard.press('Enter');
    await page.getByText('4 postbacks run again').waitFor();
    expect(await verdictsOf(ids)).toEqual(['accepted', 'accepted', 'accepted', 'rejected']);
    await page.getByRole('heading', { name: 'Counted: ftd, approved, 50.00 EUR' }).waitFor();
    await page.getByRole('button', { name: 'Accepted 3' }).waitFor();
    const list = page.getByRole('list', { name: 'Postbacks, newest first' });
    await list.getByText('unmapped_event · “dep9” is unknown').waitFor();
    const story = page.getByRole('link', { name: 'Story of its conversion' });
    const { conversionId } = await dashboard.current.app.postbackEntry(ids[0] ?? '');
    expect(await story.getAttribute('href')).toBe(`/app/conversions/${conversionId}`);
    dashboard.current.expectCleanPages();
  });

  it('shows those that wait on request', async () => {
    const { page } = await openMisread('Shown');
    await page.getByRole('button', { name: 'Show the 4' }).click();
    await page.waitForURL(/waiting=true/);
    await page.getByText('Shown', { exact: true }).first().waitFor();
    await expect.poll(() => page.getByRole('list', { name: 'Filters' }).innerText()).toContain('Waiting');
  });
});

it('asks for the meaning of an unknown word, and counts with it', async () => {
  const { app } = dashboard.current;
  const network = await app.createNetwork({ name: 'Wordy' });
  const { clickId } = await app.clickedLink();
  const { body } = await app.postback(network, `click_id=${clickId}&event=dep_big&payout=20&currency=EUR&txid=w1`);
  const { postbackId } = body as { postbackId: string };
  const page = await dashboard.current.open(`/postbacks?id=${postbackId}`);
  await page.getByRole('heading', { name: 'The event dep_big is not mapped' }).waitFor();
  await page.getByLabel('Meaning').selectOption('ftd');
  await page.getByText('+20.00').waitFor();
  await page.getByRole('button', { name: 'Map dep_big, run 1 again' }).click();
  await page.getByRole('button', { name: 'Run now' }).click();
  await page.getByRole('heading', { name: /^Counted: ftd/ }).waitFor();
  expect(await app.postbackEntry(postbackId)).toMatchObject({ verdict: 'accepted' });
  dashboard.current.expectCleanPages();
});

it('accepts by hand a request whose amount cannot be read; bad input is said beside its field', async () => {
  const { app } = dashboard.current;
  const network = await app.createNetwork();
  const { clickId } = await app.clickedLink();
  const { body } = await app.postback(network, `click_id=${clickId}&event=deposit&payout=a_lot&txid=a1`);
  const { postbackId } = body as { postbackId: string };
  const page = await dashboard.current.open(`/postbacks?id=${postbackId}`);
  await page.getByLabel('Payout').fill('12,50');
  await page.getByLabel('Currency').fill('1');
  await page.getByRole('button', { name: 'Accept' }).last().click();
  await page.getByRole('alert').filter({ hasText: /./ }).first().waitFor();
  expect(await page.getByLabel('Payout').inputValue()).toBe('12,50');
  await page.getByLabel('Currency').fill('eur');
  await page.getByRole('button', { name: 'Accept' }).last().click();
  await page.getByText('Accepted by hand.').waitFor();
  expect(await app.postbackEntry(postbackId)).toMatchObject({
    verdict: 'accepted',
    summary: { payout: { amount: '12.50', currency: 'EUR' } },
  });
});

it('runs all of a filter again: first a trial, then with progress; and some that are selected', async () => {
  const { app } = dashboard.current;
  const network = await app.createNetwork({ name: 'Many' });
  const { clickId } = await app.clickedLink();
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) {
    const { body } = await app.postback(network, `click_id=${clickId}&event=bonus&txid=m${i}&payout=1`);
    ids.push((body as { postbackId: string }).postbackId);
  }
  await app.connection.collection('postbacks').updateMany({ networkId: network.id }, { $unset: { waitsUntil: 1 } });
  await app.api('patch', `/networks/${network.id}`).send({ mapping: { events: { bonus: 'deposit' } } });
  const page = await dashboard.current.open(`/postbacks?network=${network.id}`);
  await page.getByRole('button', { name: 'Select' }).click();
  await page.getByRole('checkbox').nth(4).check(); // the oldest
  await page.getByRole('button', { name: 'Run 1 again' }).click();
  await page.getByText('1 run again.').waitFor();
  expect(await verdictsOf(ids)).toEqual(['accepted', 'rejected', 'rejected', 'rejected', 'rejected']);
  await page.getByRole('button', { name: 'Run 5 again…' }).click();
  const sheet = page.getByRole('dialog', { name: 'Run many again' });
  await sheet.getByText('Of 5, these would be:').waitFor();
  expect(await verdictsOf(ids)).toContain('rejected'); // nothing was stored
  await sheet.getByRole('button', { name: 'Run 5 again' }).click();
  await sheet.getByText('5 run again:').waitFor();
  expect(await verdictsOf(ids)).not.toContain('rejected');
  await sheet.getByRole('button', { name: 'Close' }).first().click();
  await page.getByRole('button', { name: 'Rejected 0' }).waitFor();
  dashboard.current.expectCleanPages();
});

it('shows no acts to those who may not act, but the reason', async () => {
  const { app, owner } = dashboard.current;
  const network = await misreadNetwork(app, 'Watched');
  const [id] = await misreadPostbacks(app, network, QUERIES.slice(0, 1));
  const analyst = await invitedMember(app, owner, { email: 'analyst@brand.example', role: 'analyst' });
  const page = await (await dashboard.current.newContext(analyst)).newPage();
  await page.goto(`/app/postbacks?id=${id}`);
  await page.getByRole('heading', { name: 'Your click id came, but in tid' }).waitFor();
  await page.getByText('A member who may change networks can map it.').waitFor();
  await page.getByRole('link', { name: 'CSV' }).waitFor();
  for (const name of [/^Map/, /^Run/, /^Select$/, /^Accept$/]) {
    expect(await page.getByRole('button', { name }).count()).toBe(0);
  }
  dashboard.current.expectCleanPages();
});
