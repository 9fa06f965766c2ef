import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RoutedLink } from '../../links/rules/compiled-link.js';
import { FORWARD_QUERY } from '../../links/rules/destination/destination.js';
import { parseUrlTemplate } from '../../links/rules/destination/url-template.js';
import { REDIRECT_STATUSES } from '../../links/link.schema.js';
import { trustedWorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { hasSnapshot, readSnapshot, type SnapshotHead, snapshotPath, writeSnapshot } from './snapshot-file.js';

const HEAD: SnapshotHead = { savedAt: 1_800_000_000_000, clickIdKey: 'ab'.repeat(32) };

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopback-snapshot-'));
  path = snapshotPath(folder, 0);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const linkOf = (slug: string, fields: Partial<RoutedLink> = {}): RoutedLink => ({
  _id: `lnk_${slug}`,
  workspaceId: trustedWorkspaceId('wsp_1'),
  number: 1,
  hostname: 'go.example',
  slug,
  url: 'https://s.example/',
  campaign: null,
  clickIdParam: 'click_id',
  forwardQuery: 'fill',
  redirectStatus: 302,
  clickLimit: null,
  ...fields,
});

const read = async (): Promise<{ head: SnapshotHead | undefined; links: RoutedLink[] }> => {
  const links: RoutedLink[] = [];
  const head = await readSnapshot(path, ({ routed }) => links.push(routed));
  return { head, links };
};
const slugs = async (): Promise<string[]> => (await read()).links.map(({ slug }) => slug);

describe('a snapshot', () => {
  it('comes back as it was written', async () => {
    const link = fc.record({
      _id: fc.string({ minLength: 1 }),
      workspaceId: fc.string({ minLength: 1 }).map(trustedWorkspaceId),
      number: fc.nat(),
      hostname: fc.domain(),
      slug: fc.string({ unit: 'grapheme', minLength: 1 }),
      url: fc.webUrl({ withQueryParameters: true, withFragments: true }).filter((url) => parseUrlTemplate(url).ok),
      campaign: fc.option(fc.string({ unit: 'grapheme' })),
      clickIdParam: fc.option(fc.string()),
      forwardQuery: fc.constantFrom(...FORWARD_QUERY),
      redirectStatus: fc.constantFrom(...REDIRECT_STATUSES),
      clickLimit: fc.option(fc.nat()),
    }) as fc.Arbitrary<RoutedLink>;
    await fc.assert(
      fc.asyncProperty(fc.array(link, { maxLength: 20 }), async (links) => {
        await writeSnapshot(path, HEAD, links);
        expect(await read()).toEqual({ head: HEAD, links });
      }),
      { numRuns: 30 },
    );
  });

  it('keeps what the answer of a link is to be', async () => {
    const options = { referrerPolicy: 'origin', noIndex: true, cloak: { title: 'Größe' } } as const;
    await writeSnapshot(path, HEAD, [linkOf('a', { options })]);
    expect((await read()).links).toEqual([linkOf('a', { options })]);
  });

  it('of the version before is read, with the options that it calls extras', async () => {
    const options = { passwordHash: 'hash', isPaused: true } as const;
    const lines = [{ format: 1, ...HEAD }, { ...linkOf('a'), extras: options }, linkOf('b')];
    writeFileSync(path, lines.map((line) => JSON.stringify(line)).join('\n'));
    expect(await read()).toEqual({ head: HEAD, links: [linkOf('a', { options }), linkOf('b')] });
  });

  it('may have more links than are written at once', async () => {
    const links = Array.from({ length: 5_000 }, (_, i) => linkOf(`s${i}`));
    await writeSnapshot(path, HEAD, links);
    expect(await slugs()).toEqual(links.map(({ slug }) => slug));
  });

  it('can be read by its owner only, as it has the key of the click ids', async () => {
    await writeSnapshot(path, HEAD, []);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is kept for each worker apart', async () => {
    await writeSnapshot(snapshotPath(folder, 1), HEAD, [linkOf('one')]);
    expect([hasSnapshot(folder, 0), hasSnapshot(folder, 1)]).toEqual([false, true]);
    expect(await read()).toEqual({ head: undefined, links: [] });
  });

  it('leaves no other file behind', async () => {
    await writeSnapshot(path, HEAD, [linkOf('a')]);
    await writeSnapshot(path, HEAD, [linkOf('b')]);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(await slugs()).toEqual(['b']);
  });
});

describe('a snapshot that was not finished', () => {
  it('keeps the old one, and does not disturb the next', async () => {
    await writeSnapshot(path, HEAD, [linkOf('old')]);
    await writeSnapshot(`${path}x`, HEAD, [linkOf('new'), linkOf('newer')]);
    // The process died after some of it was written.
    writeFileSync(`${path}.part`, readFileSync(`${path}x`).subarray(0, 200));
    expect(await slugs()).toEqual(['old']);
    await writeSnapshot(path, HEAD, [linkOf('next')]);
    expect(await slugs()).toEqual(['next']);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it('keeps the old one when reading the links fails', async () => {
    await writeSnapshot(path, HEAD, [linkOf('old')]);
    const broken = function* (): Generator<RoutedLink> {
      yield linkOf('new');
      throw new Error('no more');
    };
    await expect(writeSnapshot(path, HEAD, broken())).rejects.toThrow('no more');
    expect(await slugs()).toEqual(['old']);
  });

  it('reports an error when its folder does not exist', async () => {
    const nowhere = snapshotPath(join(folder, 'none'), 0);
    await expect(writeSnapshot(nowhere, HEAD, [linkOf('a')])).rejects.toThrow('ENOENT');
    mkdirSync(`${path}.part`);
    await expect(writeSnapshot(path, HEAD, [linkOf('a')])).rejects.toThrow('EISDIR');
  });

  it('reports an error when the disk is full', async () => {
    const links = Array.from({ length: 2_000 }, (_, i) => linkOf(`s${i}`));
    await writeSnapshot(path, HEAD, [linkOf('old')]);
    rmSync(`${path}.part`, { force: true });
    symlinkSync('/dev/full', `${path}.part`);
    await expect(writeSnapshot(path, HEAD, links)).rejects.toThrow('ENOSPC');
    expect(await slugs()).toEqual(['old']);
  });
});

describe('a damaged snapshot', () => {
  it('gives back all lines that are links, and leaves out those that are not', async () => {
    await writeSnapshot(path, HEAD, [linkOf('first')]);
    const { slug: _, ...withoutSlug } = linkOf('x');
    for (const line of [
      'rubbish',
      '',
      'null',
      '5',
      '"text"',
      '[]',
      '{}',
      JSON.stringify(withoutSlug),
      JSON.stringify(linkOf('y', { number: '1' as unknown as number })),
      JSON.stringify(linkOf('z')).slice(0, 40),
      JSON.stringify(linkOf('bad-url', { url: 'javascript:alert(1)' })),
      JSON.stringify(linkOf('unknown-macro', { url: 'https://s.example/{from_the_future}' })),
      JSON.stringify(linkOf('bad-status', { redirectStatus: 200 as unknown as 302 })),
      JSON.stringify(linkOf('bad-rule', { forwardQuery: 'all' as unknown as 'fill' })),
      JSON.stringify(linkOf('bad-parameter', { clickIdParam: 5 as unknown as string })),
      JSON.stringify(linkOf('last')),
    ]) {
      appendFileSync(path, `${line}\n`);
    }
    expect(await slugs()).toEqual(['first', 'last']);
  });

  it('is read up to where it was cut off, wherever that is', async () => {
    const links = [linkOf('a'), linkOf('b'), linkOf('c')];
    await writeSnapshot(path, HEAD, links);
    const whole = readFileSync(path);
    const ends = [...whole.entries()].filter(([, byte]) => byte === 10).map(([at]) => at);
    for (let cut = 0; cut <= whole.length; cut += 7) {
      writeFileSync(path, whole.subarray(0, cut));
      const lines = ends.filter((end) => end <= cut).length;
      const { head, links: some } = await read();
      expect(head).toEqual(lines === 0 ? undefined : HEAD);
      expect(some).toEqual(links.slice(0, Math.max(0, lines - 1)));
    }
  });

  it.each([
    ['an empty file', ''],
    ['no JSON', 'rubbish\n'],
    ['null', 'null\n'],
    ['no format', `${JSON.stringify(HEAD)}\n`],
    ['another format', `${JSON.stringify({ format: 3, ...HEAD })}\n`],
    ['no key', `${JSON.stringify({ format: 1, savedAt: 1 })}\n`],
    ['a key that is no text', `${JSON.stringify({ format: 1, savedAt: 1, clickIdKey: 5 })}\n`],
  ])('is none at all when its head is %s', async (_, head) => {
    writeFileSync(path, `${head}${JSON.stringify(linkOf('a'))}\n`);
    expect(await read()).toEqual({ head: undefined, links: [] });
  });

  it('leaves no file open', async () => {
    const openFiles = () => readdirSync('/proc/self/fd').length;
    writeFileSync(path, `rubbish\n${`${JSON.stringify(linkOf('a'))}\n`.repeat(5_000)}`);
    await read();
    const before = openFiles();
    for (let i = 0; i < 20; i++) await read();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(openFiles()).toBeLessThan(before + 10);
  });

  it('that cannot be read is reported, and ends no process', async () => {
    mkdirSync(path);
    await expect(read()).rejects.toThrow('EISDIR');
  });
});
