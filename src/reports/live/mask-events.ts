import { pipeline, type Readable, Transform, type TransformCallback } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { maskAmounts } from '../../workspaces/restrictions/rules/mask-amounts.js';

const DATA = 'data: ';

/** A stream of events with `null` for amounts. It ends with its source, and its source ends with it. */
export function maskEvents(events: Readable): Readable {
  return pipeline(events, new EventMask(), () => undefined);
}

/** The reader writes the data of an event as one line of JSON. */
class EventMask extends Transform {
  private readonly decoder = new StringDecoder();
  private rest = '';

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const lines = (this.rest + this.decoder.write(chunk)).split('\n');
    this.rest = lines.pop() ?? '';
    try {
      done(null, lines.map((line) => `${maskLine(line)}\n`).join(''));
    } catch (error) {
      done(error as Error);
    }
  }
}

function maskLine(line: string): string {
  return line.startsWith(DATA) ? DATA + JSON.stringify(maskAmounts(JSON.parse(line.slice(DATA.length)))) : line;
}
