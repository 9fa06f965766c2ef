import { type FileHandle, open } from 'node:fs/promises';
import { type IpAddress, readIp } from '../../platform/net/ip-address.js';
import { type AsnFacts, saneText } from './geo-records.js';
import { type RangeTable, RangeTableBuilder } from './range-table.js';

const CHUNK_BYTES = 256 * 1024;
const COMMA = 0x2c;
const NEWLINE = 0x0a;

/** Maps addresses to networks, in about 15 MB for the whole internet. */
export class AsnTable {
  constructor(
    private readonly v4: RangeTable,
    private readonly v6: RangeTable,
    private readonly numbers: Uint32Array,
    /** All names concatenated, as in the CSV. */
    private readonly names: Buffer,
    /** The end offset of each name in `names`. */
    private readonly nameEnds: Uint32Array,
  ) {}

  get size(): { ranges: number; networks: number } {
    return { ranges: this.v4.size + this.v6.size, networks: this.numbers.length };
  }

  find({ words }: Pick<IpAddress, 'words'>): AsnFacts {
    const network = (words.length === 1 ? this.v4 : this.v6).find(words);
    if (network === undefined) return {};
    return { asn: this.numbers[network], asOrganization: saneText(this.nameOf(network)) };
  }

  private nameOf(network: number): string {
    const start = network === 0 ? 0 : this.nameEnds[network - 1];
    const name = this.names.toString('utf8', start, this.nameEnds[network]);
    return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
  }
}

/**
 * Reads lines of `first address,last address,AS number,organisation` in ascending order. It works on bytes: as strings, the
 * data would take ten times the memory during the load.
 */
export class AsnTableBuilder {
  private readonly v4 = new RangeTableBuilder(1, 262_144);
  private readonly v6 = new RangeTableBuilder(4, 65_536);
  private readonly indexOf = new Map<number, number>();
  private readonly numbers: number[] = [];
  private readonly nameEnds: number[] = [];
  private names = Buffer.alloc(1024 * 1024);
  private readonly start = new Uint32Array(4);
  private readonly end = new Uint32Array(4);
  /** Lines that are invalid or out of order. */
  skipped = 0;

  /** @returns the bytes of whole lines that were read. Pass the remaining bytes again with the rest of their line. */
  takeLines(bytes: Buffer): number {
    let from = 0;
    for (let to = bytes.indexOf(NEWLINE); to >= 0; to = bytes.indexOf(NEWLINE, from)) {
      if (!this.takeLine(bytes, from, to)) this.skipped++;
      from = to + 1;
    }
    return from;
  }

  build(): AsnTable {
    const namesEnd = this.nameEnds.at(-1) ?? 0;
    return new AsnTable(
      this.v4.build(),
      this.v6.build(),
      Uint32Array.from(this.numbers),
      Buffer.from(this.names.subarray(0, namesEnd)),
      Uint32Array.from(this.nameEnds),
    );
  }

  private takeLine(bytes: Buffer, from: number, lineEnd: number): boolean {
    const to = lineEnd > from && bytes[lineEnd - 1] === 0x0d ? lineEnd - 1 : lineEnd;
    const firstComma = commaIn(bytes, from, to);
    const secondComma = commaIn(bytes, firstComma + 1, to);
    const thirdComma = commaIn(bytes, secondComma + 1, to);
    if (thirdComma === to) return false;
    const width = readIp(bytes, from, firstComma, this.start);
    if (width === 0 || readIp(bytes, firstComma + 1, secondComma, this.end) !== width) return false;
    const asn = readNumber(bytes, secondComma + 1, thirdComma);
    if (asn === undefined) return false;
    const table = width === 1 ? this.v4 : this.v6;
    return table.add(this.start, this.end, this.networkOf(asn, bytes, thirdComma + 1, to));
  }

  private networkOf(asn: number, bytes: Buffer, nameFrom: number, nameTo: number): number {
    const known = this.indexOf.get(asn);
    if (known !== undefined) return known;
    const index = this.numbers.push(asn) - 1;
    this.indexOf.set(asn, index);
    const at = this.nameEnds.at(-1) ?? 0;
    const end = at + nameTo - nameFrom;
    while (end > this.names.length) this.names = Buffer.concat([this.names, Buffer.alloc(this.names.length)]);
    // For so few bytes a loop is faster than Buffer.copy.
    for (let i = nameFrom; i < nameTo; i++) this.names[at + i - nameFrom] = bytes[i] ?? 0;
    this.nameEnds.push(end);
    return index;
  }
}

/**
 * Loads CSV files in chunks of a few milliseconds each, so that the event loop stays free.
 * @throws Error when a file cannot be read or no line is valid.
 */
export async function loadAsnCsv(paths: readonly string[]): Promise<AsnTable> {
  const builder = new AsnTableBuilder();
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  for (const path of paths) {
    const file = await open(path);
    try {
      await takeFile(file, buffer, builder);
    } finally {
      await file.close();
    }
  }
  const table = builder.build();
  if (table.size.ranges === 0) throw new Error(`no line of ${paths.join(', ')} is valid`);
  return table;
}

async function takeFile(file: FileHandle, buffer: Buffer, builder: AsnTableBuilder): Promise<void> {
  let kept = 0; // bytes of a line that is not complete yet
  for (;;) {
    const { bytesRead } = await file.read(buffer, kept, buffer.length - kept);
    let filled = kept + bytesRead;
    if (bytesRead === 0) {
      if (kept === 0 || kept === buffer.length) return;
      buffer[filled++] = NEWLINE; // the last line may lack it
    }
    const taken = builder.takeLines(buffer.subarray(0, filled));
    buffer.copyWithin(0, taken, filled);
    kept = filled - taken;
  }
}

function commaIn(bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== COMMA) at++;
  return Math.min(at, to);
}

/** An AS number has 32 bits. */
function readNumber(bytes: Buffer, from: number, to: number): number | undefined {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return to === from || value > 0xffffffff ? undefined : value;
}
