import ipaddr from 'ipaddr.js';

export type MmdbValue = string | number | MmdbValue[] | { [key: string]: MmdbValue };

/** A branch of the search tree: for bit 0 and bit 1 nothing, another branch, or a record's place among the data. */
type Branch = [Child, Child];
type Child = Branch | number | undefined;

/** The bytes of a MaxMind DB that has these networks (CIDR → record), as an operator may bring one. */
export function tinyMmdb(databaseType: string, networks: Record<string, MmdbValue>): Buffer {
  const root: Branch = [undefined, undefined];
  const data: Buffer[] = [];
  let dataLength = 0;
  for (const [cidr, record] of Object.entries(networks)) {
    insert(root, bitsOf(cidr), dataLength);
    const bytes = encode(record);
    data.push(bytes);
    dataLength += bytes.length;
  }
  const branches = [root];
  for (const branch of branches) branches.push(...branch.filter((child) => Array.isArray(child)));
  const numberOf = new Map(branches.map((branch, number) => [branch, number]));
  const tree = Buffer.alloc(branches.length * 6);
  for (const [number, branch] of branches.entries()) {
    for (const [side, child] of branch.entries()) {
      const value = Array.isArray(child)
        ? (numberOf.get(child) ?? 0)
        : branches.length + (child === undefined ? 0 : 16 + child);
      tree.writeUIntBE(value, number * 6 + side * 3, 3);
    }
  }
  const metadata = encode({
    node_count: branches.length,
    record_size: 24,
    ip_version: 6,
    database_type: databaseType,
    languages: ['en'],
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_780_000_000,
    description: { en: 'for tests' },
  });
  return Buffer.concat([tree, Buffer.alloc(16), ...data, Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'), metadata]);
}

/** IPv4 is at `::/96`, as the format wants it. */
function bitsOf(cidr: string): number[] {
  const [address, length] = ipaddr.parseCIDR(cidr);
  const bytes = address.toByteArray();
  const bits = bytes.flatMap((byte) => Array.from({ length: 8 }, (_, i) => (byte >> (7 - i)) & 1)).slice(0, length);
  return bytes.length === 4 ? [...Array.from({ length: 96 }, () => 0), ...bits] : bits;
}

function insert(root: Branch, bits: number[], place: number): void {
  let branch = root;
  for (const [depth, bit] of bits.entries()) {
    if (depth === bits.length - 1) {
      branch[bit] = place;
      return;
    }
    const next = branch[bit];
    const below: Branch = Array.isArray(next) ? next : [undefined, undefined];
    branch[bit] = below;
    branch = below;
  }
}

function encode(value: MmdbValue): Buffer {
  if (typeof value === 'string') return Buffer.concat([head(2, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([head(6, 4), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([Buffer.from([value.length, 11 - 7]), ...value.map(encode)]);
  const entries = Object.entries(value);
  return Buffer.concat([head(7, entries.length), ...entries.flatMap(([key, item]) => [encode(key), encode(item)])]);
}

function head(type: number, size: number): Buffer {
  return Buffer.from(size < 29 ? [(type << 5) | size] : [(type << 5) | 29, size - 29]);
}
