import { Duplex } from 'node:stream';

/** A connection without a network: bytes go in by `receive`, and what the server writes is in `written`. */
export class MemorySocket extends Duplex {
  private static count = 0;
  /** Each has its own. */
  readonly remoteAddress = `2001:db8::${(++MemorySocket.count).toString(16)}`;
  /** Latin1. */
  written = '';

  receive(text: string): void {
    if (!this.destroyed) this.push(Buffer.from(text, 'latin1'));
  }

  /** The client ends its side. */
  finish(): void {
    if (!this.destroyed) this.push(null);
  }

  get isOpen(): boolean {
    return !this.destroyed && !this.writableEnded;
  }

  override _read(): void {}

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    this.written +=
      typeof chunk === 'string' ? Buffer.from(chunk, encoding).toString('latin1') : chunk.toString('latin1');
    done();
  }

  // The members of net.Socket that the servers use in addition to those of a stream.
  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  setTimeout(): this {
    return this;
  }
}
