import { beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { PHONE, useDashboard } from '../../support/dashboard.js';
import { invitedMember } from '../../support/people/people.js';

const dashboard = useDashboard();

let network: NetworkResponse;
let clickId: string;
beforeAll(async () => {
  const { app } = dashboard.current;
  network = await app.createNetwork({ name: 'Orchid Partners' });
  ({ clickId } = await app.clickedLink({ title: 'Summer push' }));
});

/** Names that nothing knows: only values and the person can tell. */
const file = (): { name: string; mimeType: string; buffer: Buffer } => ({
  name: 'orchid.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [
      'Column A;What;Sum due;Ref;Colour',
      `${clickId};dep;12,50;R-1;red`,
      `${clickId};reg;;R-2;blue`,
      `${clickId};party;1;R-3;red`,
      '',
    ].join('\r\n'),
  ),
});

describe('the import of conversions', () => {
  it('reads a file with unknown column names: columns, dry run, mapping, import', async () => {
    const { app } = dashboard.current;
    const page = await dashboard.current.open(`/conversions/import`);
    await page.getByLabel('Network').selectOption(network.id);
    await page.locator('input[type=file]').setInputFiles(file());
    await page.getByText('orchid.csv').waitFor();
    await page.getByRole('button', { name: 'Look at the columns' }).click();

    const select = (name: string): ReturnType<typeof page.getByLabel> => page.getByLabel(`Read ${name} as`);
    await select('Column A').waitFor();
    expect(await select('Column A').inputValue()).toBe('click_id'); // by its values, which are signed
    await select('What').selectOption('event');
    await select('Sum due').selectOption('payout');
    await select('Ref').selectOption('txid');
    expect(new URL(page.url()).searchParams.get('mapping')).toContain('event=#2');
    expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Dry run' }).click();

    await page.waitForURL(/id=imp_/);
    const rejected = page.locator('[data-verdict=rejected] dd');
    await page.getByText('Done', { exact: true }).waitFor();
    const before = Number(await rejected.innerText());
    expect(before).toBeGreaterThan(0);
    await page.getByRole('cell', { name: 'unmapped_event' }).waitFor();
    expect(await app.conversions(`clickId=${clickId}`)).toHaveLength(0);
    expect(await dashboard.current.findAxeFaults(page)).toEqual([]);

    const dryRun = page.url();
    await page.getByRole('button', { name: 'Import 2 of 3 rows' }).click();
    await page.waitForURL((url) => url.href !== dryRun && url.search.includes('id=imp_'));
    await page.getByRole('link', { name: 'See the conversions' }).waitFor();
    const made = await app.conversions(`clickId=${clickId}`);
    expect(made.find(({ txid }) => txid === 'R-1')).toMatchObject({
      payout: { amount: '12.50' },
      networkId: network.id,
    });

    await page.reload(); // the state is the server's
    await page.getByRole('link', { name: 'See the conversions' }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download rows.csv' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    dashboard.current.expectCleanPages();
  });

  it('offers to map the words of the network, and takes that back', async () => {
    const { app } = dashboard.current;
    const page = await dashboard.current.open(`/conversions/import?network=${network.id}`);
    await page.getByRole('button', { name: 'or paste rows' }).click();
    await page
      .getByLabel('Rows with a line of column names')
      .fill(`click_id,event,txid\n${clickId},strangedep,Q-1\n${clickId},strangedep,Q-2`);
    await page.getByRole('button', { name: 'Use these rows' }).click();
    await page.getByRole('button', { name: 'Look at the columns' }).click();
    await page.getByRole('button', { name: 'Dry run' }).click();
    await page.getByText('Done', { exact: true }).waitFor();
    await expect.poll(() => page.locator('[data-verdict=rejected] dd').innerText()).toBe('2');
    const suggestion = page.getByRole('region', { name: 'More of the file could be read' });
    await suggestion.getByLabel('Meaning of the event strangedep').selectOption('deposit');
    await suggestion.getByRole('button', { name: 'Map' }).click();
    await page.getByText(/Mapped for Orchid Partners/).waitFor();
    const mapped = (await app.api('get', `/networks/${network.id}`)).body as NetworkResponse;
    expect(mapped.mapping.events).toMatchObject({ strangedep: 'deposit' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('The mapping is as before.').waitFor();
    const after = (await app.api('get', `/networks/${network.id}`)).body as NetworkResponse;
    expect(after.mapping).toEqual(network.mapping);
    await suggestion.getByRole('button', { name: 'Map' }).click();
    await suggestion.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Dry run again' }).click();
    await page.getByRole('button', { name: 'Import 2 rows' }).waitFor();
  });

  it('keeps everything chosen when a file is refused', async () => {
    const page = await dashboard.current.open(`/conversions/import?network=${network.id}`);
    const buffer = Buffer.from([0x63, 0x6c, 0x69, 0x63, 0x6b, 0x5f, 0x69, 0x64, 0x0a, 0xe9, 0xe8, 0x0a]);
    await page.locator('input[type=file]').setInputFiles({ name: 'latin.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('button', { name: 'Look at the columns' }).click();
    await page.getByRole('alert').first().waitFor();
    await page.getByRole('button', { name: 'Back to the file' }).click();
    await page.getByText('latin.csv').waitFor();
    expect(await page.getByLabel('Network').inputValue()).toBe(network.id);
    await page.getByLabel('Character set').selectOption('windows-1252');
    await page.getByRole('button', { name: 'Look at the columns' }).click();
    await page.getByLabel('Read click_id as').waitFor();
  });

  it('asks for the file again after a reload, and keeps the rest', async () => {
    const page = await dashboard.current.open(
      `/conversions/import?network=${network.id}&step=columns&mapping=txid%3D%231`,
    );
    await page.getByText('Choose the file again').waitFor();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('x,click_id\n1,2\n') });
    await page.getByLabel('Read x as').waitFor();
    expect(await page.getByLabel('Read x as').inputValue()).toBe('txid');
  });

  it('has no serious accessibility faults in both colour schemes and on a phone, and lists earlier imports', async () => {
    for (const view of [{}, { isDark: true }, PHONE]) {
      const page = await dashboard.current.open('/conversions/import', view);
      await page.getByText('Orchid Partners').first().waitFor({ state: 'attached' });
      await page.getByRole('region', { name: 'Earlier imports' }).getByText('Done').first().waitFor();
      expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    }
    dashboard.current.expectCleanPages();
  });

  it('shows imports to members who may only read, without acts', async () => {
    const { app, owner } = dashboard.current;
    const reader = await invitedMember(app, owner, { email: 'reader@brand.example', role: 'analyst' });
    const page = await (await dashboard.current.newContext(reader)).newPage();
    await page.goto('/app/conversions/import');
    await page.getByRole('region', { name: 'Earlier imports' }).getByText('Done').first().waitFor();
    expect(await page.getByRole('button', { name: 'Look at the columns' }).count()).toBe(0);
  });
});
