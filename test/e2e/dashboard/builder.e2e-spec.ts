import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { invitedMember } from '../../support/people/people.js';
import { PHONE, useDashboard, type View } from '../../support/dashboard.js';

const dashboard = useDashboard();
beforeAll(() => dashboard.current.app.createNetwork({ name: 'Orchid Partners', clickIdParam: 'stag' }));
const OFFER = 'https://orchid.example/lp?btag=8841&stag={click_id}&src={sub1}&cr={sub2}';

const open = (path: string, view?: View): Promise<Page> => dashboard.current.open(path, view);

async function openBuilder(query = 'builder=new', view: View = {}): Promise<Page> {
  const page = await open(`/links?${query}`, view);
  await page.getByLabel('Destination', { exact: true }).waitFor();
  return page;
}

async function linkAt(slug: string): Promise<LinkResponse | undefined> {
  const { data } = await dashboard.current.owner.json<{ data: LinkResponse[] }>('get', `/api/v1/links?search=${slug}`);
  return data.find((link) => link.slug === slug);
}

const slugOf = (page: Page): Promise<string> => page.getByLabel('Short link').inputValue();

async function randomSlug(page: Page): Promise<string> {
  await expect.poll(() => slugOf(page)).toMatch(/^\w{7,}$/);
  return slugOf(page);
}

describe('a new link', () => {
  it('needs a pasted URL and one click, and gets the short link that was shown', async () => {
    const page = await openBuilder();
    const slug = await randomSlug(page);
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(`${OFFER}\n`)})`);
    await page.keyboard.press('Control+v'); // the destination has the focus
    await page.getByRole('button', { name: 'Create link' }).click();
    await page.getByText(`/${slug} created.`).waitFor();
    expect(await linkAt(slug)).toMatchObject({
      url: OFFER,
      networkId: null,
      clickIdParam: 'click_id',
      rules: [],
      tags: [],
    });
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('button', { name: new RegExp(`^Copy http.*/${slug}$`) }).waitFor(); // its row in the list
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(new RegExp(`^http.*/${slug}$`));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    dashboard.current.expectCleanPages();
  });

  it('says when a slug is taken, and offers a free one', async () => {
    await dashboard.current.app.createLink({ slug: 'summer-push' });
    const page = await openBuilder();
    await page.getByLabel('Short link').fill('summer-push');
    await page.getByText('summer-push is taken on this domain.').waitFor();
    await page.getByRole('button', { name: 'Use summer-push-2' }).click();
    await page.getByText('free on this domain').waitFor();
    expect(await slugOf(page)).toBe('summer-push-2');
  });

  it('shows what a chosen visitor gets, one parameter a line', async () => {
    const page = await openBuilder();
    await page.getByLabel('Destination', { exact: true }).fill(OFFER);
    await page.getByLabel('Network', { exact: true }).selectOption({ index: 1 });
    await page.getByText('click id goes in stag').waitFor();
    await page.getByLabel('Value of sub1').fill('push-04');
    const shown = page.getByRole('region', { name: 'What this visitor gets' });
    await shown.getByText('&src=push-04').waitFor();
    await expect.poll(() => shown.getByText(/^&cr=/).textContent()).toBe('&cr={sub2}');
    await shown.getByText('empty: this visitor brings no sub2').waitFor();
    await shown.getByText(/^\?btag=8841$/).waitFor();
    await page.getByRole('button', { name: 'Parameter', exact: true }).click();
    await page.getByLabel('Name of the parameter').press('Enter'); // sub2, the next one
    await page.getByLabel('Value of sub2').fill('red');
    await shown.getByText('&cr=red').waitFor();
  });

  it('inserts macros where the caret is', async () => {
    const page = await openBuilder();
    await page.getByLabel('Destination', { exact: true }).fill('https://orchid.example/?a=&b=2');
    await page.evaluate("document.querySelector('textarea').setSelectionRange(26, 26)");
    await page.getByRole('button', { name: 'Insert a macro' }).click();
    await page.getByRole('menuitem', { name: 'Sub id 1' }).click();
    await page.keyboard.type('x');
    expect(await page.getByLabel('Destination', { exact: true }).inputValue()).toBe(
      'https://orchid.example/?a={sub1}x&b=2',
    );
    await page.getByRole('button', { name: 'Insert a macro' }).click();
    await page.getByRole('menuitem', { name: 'Sub id 2' }).waitFor();
    await page.keyboard.press('Escape'); // the menu, not the sheet
    await page.getByRole('menuitem', { name: 'Sub id 2' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('dialog').count()).toBe(1);
  });
});

it('shows warnings with their correction, and again after saving', async () => {
  const page = await openBuilder();
  const slug = await randomSlug(page);
  const destination = page.getByLabel('Destination', { exact: true });
  await destination.fill('https://orchid.example/?a=[click_id]');
  await page.getByText(/Hopback does not fill in \[click_id\]/).waitFor();
  await page.getByRole('button', { name: 'Use the correction' }).click();
  expect(await destination.inputValue()).toBe('https://orchid.example/?a={click_id}');
  await page.getByText(/Hopback does not fill in/).waitFor({ state: 'detached' });
  await destination.fill('https://orchid.example/?a=[click_id]');
  await page.keyboard.press('Control+Enter');
  await page.getByText(`/${slug} created.`).waitFor();
  await page
    .getByRole('status')
    .getByText(/Hopback does not fill in \[click_id\]/)
    .waitFor();
});

it('is not there for members who may not write links', async () => {
  const { current } = dashboard;
  const analyst = await invitedMember(current.app, current.owner, { email: 'analyst@example.com', role: 'analyst' });
  const page = await (await current.newContext(analyst)).newPage();
  await page.goto('/app/links?builder=new');
  await page.getByRole('heading', { name: 'Links', level: 1 }).waitFor();
  await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined); // the stream of events stays open
  expect(await page.getByRole('dialog').count()).toBe(0);
});

describe('rules', () => {
  it('are edited, moved and tried with the chosen visitor', async () => {
    const page = await openBuilder();
    const slug = await randomSlug(page);
    await page.getByLabel('Destination', { exact: true }).fill('https://orchid.example/all');
    await page.getByRole('button', { name: 'Rules and variants' }).click();
    for (const [index, [country, path]] of [
      ['DE', 'de'],
      ['MT', 'mt'],
    ].entries()) {
      await page.getByRole('button', { name: 'Add rule' }).click();
      const rule = page.getByRole('listitem', { name: `Rule ${index + 1}` });
      await rule.getByLabel('Values').fill(`${country},`);
      await rule.getByLabel('Goes to').fill(`https://orchid.example/${path}`);
    }
    const shown = page.getByRole('region', { name: 'What this visitor gets' });
    await shown.getByText('No rule matches: the destination is used.').waitFor();
    await page.getByLabel('Country', { exact: true }).selectOption('MT');
    await shown.getByText('https://orchid.example/mt').waitFor();
    await shown.getByText('Rule 2 decides.').waitFor();

    await page.getByRole('button', { name: 'Move Rule 2 up' }).press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement.title')).toBe('Move Rule 1 up'); // it keeps the focus
    await page.getByRole('button', { name: 'Duplicate Rule 1' }).click();
    await page.getByRole('button', { name: 'Remove Rule 2' }).click();
    await page.getByRole('button', { name: 'Create link' }).click();
    await page.getByText(`/${slug} created.`).waitFor();
    const link = await linkAt(slug);
    expect(link?.rules.map(({ url, when }) => [url, when[0]?.values])).toEqual([
      ['https://orchid.example/mt', ['MT']],
      ['https://orchid.example/de', ['DE']],
    ]);
  });

  it('show the problems of the server at their fields', async () => {
    const page = await openBuilder();
    await page.getByLabel('Destination', { exact: true }).fill('https://orchid.example/all');
    await page.getByRole('button', { name: 'Rules and variants' }).click();
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByRole('button', { name: 'Rules and variants' }).click(); // folded
    await page.getByRole('button', { name: 'Create link' }).click();
    const row = page.getByRole('button', { name: /Rules and variants.*problem/ });
    await row.waitFor();
    expect(await row.getAttribute('aria-expanded')).toBe('true');
    const rule = page.getByRole('listitem', { name: 'Rule 1' });
    await rule.getByRole('alert').first().waitFor();
    await rule.getByLabel('Values').fill('UK,');
    await rule.getByLabel('Goes to').fill('https://orchid.example/uk');
    await rule.getByRole('alert').filter({ hasText: 'GB' }).waitFor(); // the right code for the United Kingdom
    await page.getByText('Left out until complete: rules.').waitFor();
  });
});

describe('drafts', () => {
  it('survive Esc and reload, and can be discarded and brought back', async () => {
    const page = await openBuilder();
    await page.getByLabel('Destination', { exact: true }).fill(OFFER);
    await page.getByLabel('Short link').fill('kept-draft');
    await page.getByText(/^Draft kept, \d\d:\d\d$/).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.goto('/app/links?builder=new');
    await expect.poll(() => page.getByLabel('Destination', { exact: true }).inputValue()).toBe(OFFER);
    expect(await slugOf(page)).toBe('kept-draft');
    await page.getByRole('button', { name: 'Discard' }).click();
    expect(await page.getByLabel('Destination', { exact: true }).inputValue()).toBe('');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await page.getByLabel('Destination', { exact: true }).inputValue()).toBe(OFFER);
    expect(await slugOf(page)).toBe('kept-draft');
  });

  it('continue with the next link, with the same settings', async () => {
    const page = await openBuilder();
    const first = await randomSlug(page);
    await page.getByLabel('Destination', { exact: true }).fill('https://orchid.example/1');
    await page.getByLabel('Network', { exact: true }).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Create, and next' }).click();
    await page.getByText(`/${first} created.`).waitFor();
    await expect.poll(() => page.getByLabel('Destination', { exact: true }).inputValue()).toBe('');
    await expect.poll(() => slugOf(page)).not.toBe(first);
    const second = await randomSlug(page);
    await page.keyboard.type('https://orchid.example/2'); // the destination has the focus
    await page.keyboard.press('Control+Enter');
    await page.getByText(`/${second} created.`).waitFor();
    const [one, two] = [await linkAt(first), await linkAt(second)];
    expect([one?.url, two?.url]).toEqual(['https://orchid.example/1', 'https://orchid.example/2']);
    expect(two?.networkId).toBe(one?.networkId);
    expect(two?.networkId).toMatch(/^net_/);
  });

  it('become one link when they are sent twice at once, or again after a lost answer', async () => {
    const page = await openBuilder();
    const slug = await randomSlug(page);
    await page.getByLabel('Destination', { exact: true }).fill('https://orchid.example/once');
    await page.keyboard.press('Control+Enter');
    await page.keyboard.press('Control+Enter');
    await page.getByText(`/${slug} created.`).waitFor();

    const other = await openBuilder();
    await other.getByLabel('Destination', { exact: true }).fill('https://orchid.example/lost');
    await randomSlug(other);
    let isLost = false;
    await other.route('**/api/v1/links', async (route) => {
      if (route.request().method() !== 'POST' || isLost) return route.continue();
      isLost = true;
      await route.fetch(); // the server gets it, the answer does not arrive
      return route.abort();
    });
    await other.getByRole('button', { name: 'Create link' }).click();
    await other.getByText(/The server cannot be reached.*Everything you typed is kept\./).waitFor();
    expect(await other.getByLabel('Destination', { exact: true }).inputValue()).toBe('https://orchid.example/lost');
    await other.getByRole('button', { name: 'Create link' }).click();
    await other.getByText(/ created\.$/).waitFor();
    const { data } = await dashboard.current.owner.json<{ data: LinkResponse[] }>(
      'get',
      '/api/v1/links?search=orchid.example',
    );
    const urls = data.map(({ url }) => url);
    expect(urls.filter((url) => url.endsWith('/once') || url.endsWith('/lost')).toSorted()).toEqual([
      'https://orchid.example/lost',
      'https://orchid.example/once',
    ]);
    dashboard.current.faults.splice(0); // the request that was lost
  });
});

describe('an existing link', () => {
  it('is changed in the changed fields only', async () => {
    const { app } = dashboard.current;
    const link = await app.createLink({
      url: 'https://orchid.example/before?a=1',
      slug: 'edited',
      title: 'Before',
      tags: ['a, b'],
      rules: [{ when: [{ field: 'country', op: 'in', values: ['DE'] }], url: 'https://orchid.example/de' }],
    });
    const page = await openBuilder(`builder=${link.id}`);
    expect(await page.getByLabel('Destination', { exact: true }).inputValue()).toBe(
      'https://orchid.example/before?a=1',
    );
    await dashboard.current.owner.json('patch', `/api/v1/links/${link.id}`, { campaign: 'Changed meanwhile' });
    await page.getByRole('button', { name: 'Title, tags, tracking' }).click();
    await page.getByLabel('Title').fill('After');
    await page.getByLabel('Short link').fill('edited-2');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('/edited-2 saved.').waitFor();
    expect(await linkAt('edited-2')).toMatchObject({
      title: 'After',
      tags: ['a, b'],
      formerSlugs: ['edited'],
      campaign: 'Changed meanwhile',
    });
    const { data } = await dashboard.current.owner.json<{ data: { after: Record<string, unknown> }[] }>(
      'get',
      `/api/v1/links/${link.id}/history`,
    );
    expect(Object.keys(data[0]?.after ?? {}).toSorted()).toEqual(['formerSlugs', 'slug', 'title']);
  });

  it('gives its settings to a copy', async () => {
    const link = await dashboard.current.app.createLink({ slug: 'source-of-copy', campaign: 'Autumn', url: OFFER });
    const page = await openBuilder(`builder=new&copyOf=${link.id}`);
    const slug = await randomSlug(page);
    await page.getByRole('button', { name: 'Create link' }).click();
    await page.getByText(`/${slug} created.`).waitFor();
    expect(await linkAt(slug)).toMatchObject({ campaign: 'Autumn', url: OFFER });
    expect(slug).not.toBe('source-of-copy');
  });
});

it('offers UTM templates, and stores new ones', async () => {
  const page = await openBuilder();
  await page.getByLabel('Destination', { exact: true }).fill('https://orchid.example/?a=1#top');
  await page.getByRole('button', { name: 'Sub ids and UTM' }).click();
  await page.getByLabel('Source', { exact: true }).fill('news letter');
  await page.getByLabel('Name of the template').fill('Newsletter');
  await page.getByRole('button', { name: 'Save as template' }).click();
  await page.getByText('Template Newsletter saved.').waitFor();
  expect(await page.getByLabel('Destination', { exact: true }).inputValue()).toBe(
    'https://orchid.example/?a=1&utm_source=news%20letter#top',
  );
  await page.getByLabel('Destination', { exact: true }).fill('https://orchid.example/');
  await page.getByLabel('Template', { exact: true }).selectOption({ label: 'Newsletter' });
  expect(await page.getByLabel('Destination', { exact: true }).inputValue()).toBe(
    'https://orchid.example/?utm_source=news%20letter',
  );
});

it('draws the QR code, and refuses colours that cameras cannot read', async () => {
  const page = await openBuilder();
  await page.getByText('Contrast 17.8 : 1').waitFor();
  await page.getByText(/^Readable from \d(\.5)? cm wide$/).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'PNG' }).click();
  expect((await download).suggestedFilename()).toMatch(/^qr-\w+\.png$/);
  await page.getByRole('button', { name: 'Colours and logo' }).click();
  await page.getByLabel('Logo, PNG or JPEG up to 200 KiB').setInputFiles({
    name: 'logo.png',
    mimeType: 'image/png',
    buffer: Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  });
  await page.getByText('Logo covers 4 % of at most 12 %').waitFor();
  await page.getByLabel('Code', { exact: true }).fill('#dddddd');
  await page.getByText(/At least 3 : 1 is needed\./).waitFor();
  expect(await page.getByRole('button', { name: 'Download as PNG' }).isDisabled()).toBe(true);
  dashboard.current.expectCleanPages();
});

it('is done by keyboard alone', async () => {
  const page = await open('/links');
  await page.getByRole('heading', { name: 'Links', level: 1 }).waitFor();
  await page.keyboard.press('c');
  await page.getByLabel('Destination', { exact: true }).waitFor();
  await randomSlug(page);
  await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
  await page.keyboard.type('https://orchid.example/keys');
  await page.keyboard.press('Tab'); // the menu of macros
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('by-keyboard');
  await page.getByText('free on this domain').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('/by-keyboard created.').waitFor();
  expect(await linkAt('by-keyboard')).toMatchObject({ url: 'https://orchid.example/keys' });
});

const ROWS = ['Sub ids and UTM', 'Rules and variants', 'Schedule and limits', 'Password, cloak', 'Title, tags'];

const VIEWS: [name: string, view: View][] = [
  ['light', {}],
  ['dark', { isDark: true }],
  ['on a phone', PHONE],
];

it.each(VIEWS)('fits its sheet, and axe finds nothing: %s', async (_, view) => {
  const page = await openBuilder('builder=new', view);
  await page.getByLabel('Destination', { exact: true }).fill(OFFER);
  await page.getByLabel('Value of sub1').fill('push-04');
  for (const row of ROWS) await page.getByRole('button', { name: row }).click();
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByText('&src=push-04').waitFor();
  await page.getByText('Contrast 17.8 : 1').waitFor();
  expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
  const body = page.getByRole('dialog').locator('> div');
  expect(await body.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  dashboard.current.expectCleanPages();
});
