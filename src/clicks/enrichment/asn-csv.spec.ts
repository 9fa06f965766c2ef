import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseIp } from '../../platform/net/ip-address.js';
import { type AsnTable, AsnTableBuilder, loadAsnCsv } from './asn-csv.js';

const CSV = `1.0.0.0,1.0.0.255,13335,"Cloudflare, Inc."
1.0.4.0,1.0.7.255,38803,Gtelecom Pty Ltd
2.26.0.0,2.26.31.255,201907,"LLC ""SPUTNIK"""
8.8.8.0,8.8.8.255,15169,Google LLC
104.16.0.0,104.31.255.255,13335,"Cloudflare, Inc."
2001:500:30ff::,2001:500:30ff::2f,396585,Société Générale
2001:500:30ff::30,2001:500:30ff::30,396552,
2606:4700::,2606:4700:ffff:ffff:ffff:ffff:ffff:ffff,13335,"Cloudflare, Inc."
`;

function find(table: AsnTable, ip: string): unknown {
  return table.find(parseIp(ip) ?? { words: [] });
}

function tableOf(csv: string): { table: AsnTable; skipped: number } {
  const builder = new AsnTableBuilder();
  expect(builder.takeLines(Buffer.from(csv))).toBe(Buffer.byteLength(csv));
  return { table: builder.build(), skipped: builder.skipped };
}

describe('the table of networks', () => {
  const { table, skipped } = tableOf(CSV);

  it.each([
    ['1.0.0.0', { asn: 13335, asOrganization: 'Cloudflare, Inc.' }],
    ['1.0.0.255', { asn: 13335, asOrganization: 'Cloudflare, Inc.' }],
    ['1.0.1.0', {}],
    ['2.26.1.2', { asn: 201907, asOrganization: 'LLC "SPUTNIK"' }],
    ['104.20.1.1', { asn: 13335, asOrganization: 'Cloudflare, Inc.' }],
    ['223.0.0.1', {}],
    ['0.0.0.0', {}],
    ['2001:500:30ff::2f', { asn: 396585, asOrganization: 'Société Générale' }],
    ['2001:500:30ff::30', { asn: 396552, asOrganization: undefined }],
    ['2001:500:30ff::31', {}],
    ['2606:4700:1::1', { asn: 13335, asOrganization: 'Cloudflare, Inc.' }],
  ])('finds the network of %s', (ip, facts) => {
    expect(find(table, ip)).toEqual(facts);
  });

  it('has each network once', () => {
    expect(table.size).toEqual({ ranges: 8, networks: 6 });
    expect(skipped).toBe(0);
  });

  it('skips lines that make no sense', () => {
    const broken = tableOf(
      '\nx\n1.2.3.4,1.2.3.5\n1.2.3.4,1.2.3.5,AS1,x\n1.2.3.4,1.2.3.5,,x\n1.2.3.4,::1,1,x\n9.9.9.9,9.9.9.8,1,x\n' +
        '1.2.3.4,1.2.3.5,4294967296,x\n1.2.3.4,1.2.3.5,7,good\r\n1.2.3.5,1.2.3.6,8,overlaps\n',
    );
    expect(broken.skipped).toBe(9);
    expect(find(broken.table, '1.2.3.5')).toEqual({ asn: 7, asOrganization: 'good' });
    expect(find(broken.table, '1.2.3.6')).toEqual({});
  });

  it('takes whole lines only', () => {
    const builder = new AsnTableBuilder();
    expect(builder.takeLines(Buffer.from('1.0.0.0,1.0.0.255,1,a\n1.0.1.0,1.'))).toBe(22);
    expect(builder.build().size.ranges).toBe(1);
  });
});

describe('loadAsnCsv', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'hopback-asn-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  function file(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  it('reads files in pieces, and a last line without an end', async () => {
    const lines = Array.from(
      { length: 40_000 },
      (_, i) => `20.${i >> 8}.${i & 255}.0,20.${i >> 8}.${i & 255}.99,${i + 1},Network no. ${i + 1}`,
    );
    const many = file('many.csv', lines.join('\n')); // more than one piece
    const table = await loadAsnCsv([many, file('v6.csv', '2001::,2001::ffff,77777,Six')]);
    expect(table.size).toEqual({ ranges: 40_001, networks: 40_001 });
    for (const i of [0, 1, 20_000, 39_999]) {
      expect(find(table, `20.${i >> 8}.${i & 255}.7`)).toEqual({ asn: i + 1, asOrganization: `Network no. ${i + 1}` });
    }
    expect(find(table, '2001::1')).toEqual({ asn: 77_777, asOrganization: 'Six' });
  });

  it('is an error when there is nothing in it, or no file', async () => {
    await expect(loadAsnCsv([file('empty.csv', '')])).rejects.toThrow('is valid');
    await expect(loadAsnCsv([file('long.csv', 'x'.repeat(3_000_000))])).rejects.toThrow('is valid');
    await expect(loadAsnCsv([join(folder, 'none.csv')])).rejects.toThrow('ENOENT');
  });
});
