import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { PHONE, useDashboard, type View } from '../../support/dashboard.js';
import { eventually } from '../../support/eventually.js';
import { invitedMember } from '../../support/people/people.js';

/** axe reads five views, and the machine may be busy. */
const AXE_TIMEOUT_MS = 60_000;

const dashboard = useDashboard();
let link: LinkResponse;

beforeAll(async () => {
  link = await dashboard.current.app.createLink({ url: 'https://offer.example/lp', slug: 'summer' });
});

const open = (path: string, view?: View): Promise<Page> => dashboard.current.open(path, view);

const networkOf = async (id: string): Promise<NetworkResponse> =>
  (await dashboard.current.app.api('get', `/networks/${id}`)).body as NetworkResponse;
const createNetwork = (fields: object = {}): Promise<NetworkResponse> =>
  dashboard.current.app.createNetwork({ preset: 'affilka', ...fields });
const openedId = (page: Page): string => new URL(page.url()).searchParams.get('id')?.replaceAll('"', '') ?? '';
const detailOf = (page: Page, name: string) => page.getByRole('heading', { name, level: 2 });

describe('the gallery', () => {
  it('finds presets by words, and the URL keeps what is shown', async () => {
    const page = await open('/networks');
    await page.getByRole('searchbox', { name: 'Search networks' }).fill('casino stag');
    const cards = page.getByRole('region', { name: 'All networks' }).getByRole('link');
    await eventually(
      () => cards.count(),
      (count) => count === 2, // Affilka, and the way without preset
    );
    await page.getByRole('link', { name: /Affilka/ }).click();
    await detailOf(page, 'Affilka (SOFTSWISS)').waitFor();
    await page.reload();
    await detailOf(page, 'Affilka (SOFTSWISS)').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('casino stag');
    expect(new URL(page.url()).searchParams.get('preset')).toBe('affilka');
    dashboard.current.expectCleanPages();
  });

  it('is walked by the arrow keys', async () => {
    const page = await open('/networks?show=tracker');
    await page.getByRole('link', { name: /Voluum/ }).waitFor();
    await page.getByRole('searchbox', { name: 'Search networks' }).focus();
    const opened: string[] = [];
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) {
      const before = page.url();
      await page.keyboard.press(key);
      await page.waitForURL((url) => url.href !== before);
      opened.push(new URL(page.url()).searchParams.get('preset') ?? '');
    }
    expect(new Set(opened).size).toBe(2);
    expect(opened[2]).toBe(opened[0]);
    dashboard.current.expectCleanPages();
  });

  it('leads to the network without preset when nothing is found', async () => {
    const page = await open('/networks?q=nosuchnetwork');
    await page.getByText('No preset for “nosuchnetwork”.').waitFor();
    await page.getByRole('link', { name: /Another network/ }).click();
    await detailOf(page, 'Another network').waitFor();
  });
});

/** The global list `ticks` of the page then has the state of a box at the end of a click and in each frame after it. */
async function watchTicks(box: Locator): Promise<void> {
  await box.evaluate((element) => {
    const one = element as unknown as { checked: boolean };
    const page = globalThis as unknown as {
      ticks: boolean[];
      requestAnimationFrame: (act: () => void) => void;
      addEventListener: (type: 'click', act: () => void) => void;
    };
    page.ticks = [];
    const note = (): void => {
      page.ticks.push(one.checked);
      page.requestAnimationFrame(note);
    };
    page.addEventListener('click', () => (page.ticks = [one.checked]));
    note();
  });
}

describe('a network', () => {
  it('is connected by its preset with the keyboard alone, once, with URLs and checks', async () => {
    const page = await open('/networks?preset=affilka');
    await page.getByRole('button', { name: 'Connect', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Orchid Partners'); // the suggested name is selected
    await page.keyboard.press('Tab');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('eur');
    await page.keyboard.press('Enter');
    await detailOf(page, 'Orchid Partners').waitFor();
    const id = openedId(page);
    const network = await networkOf(id);
    expect(network).toMatchObject({ name: 'Orchid Partners', preset: 'affilka', defaults: { currency: 'EUR' } });

    await page.getByRole('button', { name: 'Copy all 3 postback URLs' }).click();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    for (const { url } of network.postbackUrls) expect(copied).toContain(url);

    const check = network.checks.at(-1) ?? '';
    await watchTicks(page.getByRole('checkbox', { name: check }));
    await page.getByRole('checkbox', { name: check }).check();
    await eventually(
      () => networkOf(id),
      ({ checksDone }) => checksDone.includes(check),
    );
    await page.waitForTimeout(300); // the stored answer is drawn meanwhile
    const ticks = await page.evaluate<boolean[]>('ticks');
    expect([...new Set(ticks)]).toEqual([true]);
    dashboard.current.expectCleanPages();
  });

  it('says which field is wrong, and keeps what was typed', async () => {
    const page = await open('/networks?preset=generic');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByLabel('Name').fill('Harbour');
    await page.getByLabel('Currency').fill('E1');
    await page.getByRole('form').getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Harbour');
    expect(await page.getByLabel('Currency').getAttribute('aria-invalid')).toBe('true');
  });

  it('shows live when it posts', async () => {
    const network = await createNetwork({ name: 'Live' });
    await dashboard.current.app.startReader();
    const page = await open(`/networks?id=${network.id}`);
    await page.getByText('Nothing came yet.').waitFor();
    await dashboard.current.app.postback(network, 'stag={stag}&event=ftd');
    await page.getByText(/seen \d+ s ago/).waitFor();
    await page.getByRole('link', { name: /Rejected/ }).waitFor();
  });

  it('is deleted at once, and comes back with the same key', async () => {
    const network = await createNetwork({ name: 'Gone' });
    const page = await open(`/networks?id=${network.id}&tab=security`);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    expect((await dashboard.current.app.api('get', `/networks/${network.id}`)).status).toBe(404);
    await page.getByRole('button', { name: 'Undo' }).click();
    await detailOf(page, 'Gone').waitFor();
    expect((await networkOf(network.id)).key).toBe(network.key);
  });
});

describe('a pasted request', () => {
  it('fills in the mapping with its effect; saved by one act, and taken back by another', async () => {
    const network = await createNetwork({ name: 'Pasted', preset: null });
    const clickId = await dashboard.current.app.clickId(link);
    const page = await open(`/networks?id=${network.id}`);
    await page
      .getByLabel('What the network sent')
      .fill(`GET /postback/${network.key}?foo=${clickId}&event=ftd&payout=50,00&currency=EUR HTTP/1.1`);
    await page.getByText('FTD, approved, 50.00 EUR').waitFor();
    expect(await page.getByLabel('foo is taken for').inputValue()).toBe('click_id');
    await page.getByText('proposed; today ignored').waitFor();
    await page.getByText('missing_click_id').waitFor();
    expect((await networkOf(network.id)).mapping.params).toEqual({});

    await page.getByRole('button', { name: 'Save mapping' }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    expect((await networkOf(network.id)).mapping.params).toEqual({ click_id: ['foo'] });
    await dashboard.current.app.goodPostback(network, `foo=${clickId}&event=ftd&payout=50,00&currency=EUR`);

    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('The mapping is as before.').waitFor();
    expect((await networkOf(network.id)).mapping.params).toEqual({});
    dashboard.current.expectCleanPages();
  });

  it('has words of its own, which get a meaning by a choice', async () => {
    const network = await createNetwork({ name: 'Words', preset: null });
    const clickId = await dashboard.current.app.clickId(link);
    const page = await open(`/networks?id=${network.id}`);
    await page.getByLabel('What the network sent').fill(`click_id=${clickId}&event=xyzzy&payout=7`);
    await page.getByText('“xyzzy” has no meaning yet').waitFor();
    await page.getByLabel('event is taken for').selectOption('event:deposit');
    await page.getByText('deposit, approved, 7.00 EUR').waitFor();
    await page.getByRole('button', { name: 'Save mapping' }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    expect((await networkOf(network.id)).mapping.events).toEqual({ xyzzy: 'deposit' });
  });
});

describe('the mapping editor', () => {
  it('adds and removes rows, marks a bad one, saves, and takes it back', async () => {
    const network = await createNetwork({
      name: 'Edited',
      preset: null,
      mapping: { params: { txid: ['xid'] }, events: { dep: 'deposit' } },
    });
    const page = await open(`/networks?id=${network.id}&tab=mapping`);
    const params = page.getByRole('region', { name: 'Parameters' });
    await params.getByRole('button', { name: 'Add a parameter' }).click();
    await params.getByLabel('Name it sends').last().fill('$ref');
    await params.getByText('It cannot begin with $.').waitFor();
    expect(await page.getByRole('button', { name: 'Save mapping' }).isDisabled()).toBe(true);
    await params.getByLabel('Name it sends').last().fill('ref');
    await page.getByRole('button', { name: 'Test', exact: true }).click(); // what is typed stays
    await page.getByRole('button', { name: 'Mapping', exact: true }).click();
    await page.getByRole('button', { name: 'Remove Words for events dep' }).click();
    await page.getByLabel('Payout').fill('x');
    await page.getByRole('button', { name: 'Save mapping' }).click();
    await page.getByRole('alert').filter({ hasText: 'decimal' }).waitFor();
    expect(await params.getByLabel('Name it sends').last().inputValue()).toBe('ref');
    await page.getByLabel('Payout').fill('5.00');
    await page.getByRole('button', { name: 'Save mapping' }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    expect(await networkOf(network.id)).toMatchObject({
      mapping: { params: { txid: ['xid'], click_id: ['ref'] }, events: {} },
      defaults: { currency: 'EUR', payout: '5.00' },
    });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('The mapping is as before.').waitFor();
    const { mapping, defaults } = await networkOf(network.id);
    expect({ mapping, defaults }).toEqual({ mapping: network.mapping, defaults: network.defaults });
    dashboard.current.expectCleanPages();
  });
});

describe('the test console', () => {
  it('plays click and postback through the public URL, and counts nothing', async () => {
    const network = await createNetwork({ name: 'Tested' });
    const page = await open(`/networks?id=${network.id}`);
    await page.getByRole('link', { name: 'Send a test' }).click();
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText('Test: would be FTD, approved, 1.00 EUR. Not in the numbers.').waitFor();
    for (const step of ['Link', 'Click', 'Redirect', 'Postback', 'Verdict']) {
      await page
        .getByRole('listitem')
        .filter({ hasText: `worked${step}` })
        .waitFor();
    }
    expect(await dashboard.current.app.conversions(`networkId=${network.id}`)).toEqual([]);
    const toPostback = page.getByRole('link', { name: 'Take the postback apart' });
    expect(await toPostback.getAttribute('href')).toMatch(/^\/app\/postbacks\?id=pbk_\w+$/);
    dashboard.current.expectCleanPages();
  });

  it('says where a test failed, and why', async () => {
    const network = await createNetwork({ name: 'Windowed', mapping: { statuses: { approved: 'ignore' } } });
    const lost = await dashboard.current.app.createLink({ url: 'https://offer.example/x', clickIdParam: null });
    const page = await open(`/networks?id=${network.id}&tab=test`);
    await page.getByLabel('Link').selectOption(lost.id);
    await page.getByLabel('Payout').fill('abc');
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText('This is a decimal such as').waitFor();
    await page.getByLabel('Payout').fill('2.00');
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText('The test did not come through.').waitFor();
    await page.getByText(/does not carry the click id/).waitFor();
  });
});

describe('keys and security', () => {
  it('rotate: the old key stays valid until it is ended', async () => {
    const network = await createNetwork({ name: 'Rotated' });
    const page = await open(`/networks?id=${network.id}&tab=security`);
    await page.getByRole('button', { name: 'Rotate the key' }).click();
    await page.getByRole('region', { name: 'Old key, still accepted' }).getByText(network.key).waitFor();
    const answered = async (): Promise<number> => (await dashboard.current.app.postback(network, 'a=1')).status;
    expect(await answered()).toBe(422);
    await page.getByRole('button', { name: 'End the old key' }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    expect((await networkOf(network.id)).oldKey).toBe(network.key);
    await page.getByRole('button', { name: 'End the old key' }).click();
    await page.getByRole('button', { name: 'End it now' }).click();
    await page.getByText('The old key is ended.').waitFor();
    await eventually(answered, (status) => status === 404);
    dashboard.current.expectCleanPages();
  });

  it('conditions are saved, a masked secret stays, and a bad address has its message', async () => {
    const network = await createNetwork({
      name: 'Guarded',
      security: { token: { param: 'token', value: 'secret-7dq' } },
    });
    const page = await open(`/networks?id=${network.id}&tab=security`);
    await page.getByLabel('Addresses that may send').fill('nowhere');
    await page.getByRole('button', { name: 'Save security' }).click();
    await page.getByRole('alert').filter({ hasText: 'CIDR' }).waitFor();
    await page.getByLabel('Addresses that may send').fill('203.0.113.0/24');
    await page.getByRole('checkbox', { name: 'Answer the plain text OK' }).check();
    await page.getByRole('button', { name: 'Save security' }).click();
    await page.getByText('Security saved.').waitFor();
    const { security, answer } = await networkOf(network.id);
    expect(security).toMatchObject({ ips: ['203.0.113.0/24'], token: { param: 'token' } });
    expect(answer).toEqual({ alwaysOk: false, text: true });
    const stored = dashboard.current.app.connection.collection<{ _id: string }>('networks');
    expect(await stored.findOne({ _id: network.id })).toMatchObject({ security: { token: { value: 'secret-7dq' } } });
  });
});

it('an analyst sees masked keys and no acts', async () => {
  const network = await createNetwork({ name: 'Read only' });
  const { app, owner } = dashboard.current;
  const analyst = await invitedMember(app, owner, { email: 'analyst@brand.example', role: 'analyst' });
  const page = await (await dashboard.current.newContext(analyst)).newPage();
  for (const tab of ['setup', 'mapping', 'security']) {
    await page.goto(`/app/networks?id=${network.id}&tab=${tab}`);
    await detailOf(page, 'Read only').waitFor();
    expect(await page.content()).not.toContain(network.key);
    for (const act of [/^Save/, /^Rotate/, /^Delete/, /^Add /, /^Send a test/]) {
      expect(await page.getByRole('button', { name: act }).count()).toBe(0);
    }
  }
  await page.goto(`/app/networks?id=${network.id}`);
  expect(await page.getByRole('checkbox').first().isDisabled()).toBe(true);
  await page.goto('/app/networks?preset=keitaro');
  await detailOf(page, 'Keitaro').waitFor();
  expect(await page.getByRole('button', { name: 'Connect' }).count()).toBe(0);
  dashboard.current.expectCleanPages();
});

it('shows the list, then the network, on a phone; nothing scrolls sideways', async () => {
  const network = await createNetwork({ name: 'Phone' });
  const page = await open('/networks', PHONE);
  const isWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
  await page.getByRole('searchbox').waitFor();
  expect(await page.evaluate(isWide)).toBe(false);
  await page.getByRole('button', { name: /^Yours/ }).click();
  await page
    .getByRole('link', { name: /^Phone|Phone/ })
    .first()
    .click();
  await detailOf(page, 'Phone').waitFor();
  expect(await page.getByRole('searchbox').isVisible()).toBe(false);
  for (const tab of ['Mapping', 'Test', 'Keys and security', 'Set-up']) {
    await page.getByRole('button', { name: tab, exact: true }).click();
    expect(await page.evaluate(isWide)).toBe(false);
  }
  expect(openedId(page)).toBe(network.id);
  await page.getByRole('link', { name: 'All networks' }).click();
  await page.getByRole('searchbox').waitFor();
  dashboard.current.expectCleanPages();
});

it.each([
  ['light', {}],
  ['dark', { isDark: true }],
  ['on a phone', PHONE],
])(
  'has no faults for axe, %s',
  async (_, view) => {
    const network = await createNetwork({ name: 'Accessible', mapping: { params: { click_id: ['tid'] } } });
    const faults: string[] = [];
    const page = await open('/networks?preset=myaffiliates', view);
    await detailOf(page, 'MyAffiliates').waitFor();
    faults.push(...(await dashboard.current.findAxeFaults(page)));
    await page.goto(`/app/networks?id=${network.id}&show=yours`);
    for (const tab of ['Set-up', 'Mapping', 'Test', 'Keys and security']) {
      await page.getByRole('button', { name: tab, exact: true }).click();
      if (tab === 'Set-up') {
        await page.getByLabel('What the network sent').fill('tid={tid}&event=ftd&payout=5&brand=7');
        await page.getByText('the macro was not filled in').waitFor();
      }
      faults.push(...(await dashboard.current.findAxeFaults(page)));
    }
    expect(faults).toEqual([]);
    dashboard.current.expectCleanPages();
  },
  AXE_TIMEOUT_MS,
);
