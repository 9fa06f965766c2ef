import { once } from 'node:events';
import { StringDecoder } from 'node:string_decoder';
import { MongoInstance } from 'mongodb-memory-server-core';
import { MongoInstanceEvents } from 'mongodb-memory-server-core/lib/util/MongoInstance.js';

/**
 * mongod as mongodb-memory-server-core 11.3 runs it, without these faults of that package:
 * - It parses a chunk of mongod's output as one line. When there are several, the error ends the program.
 * - It stops mongod for any later line that contains "address already in use", also for a logged query.
 * - It asks a mongod that is not ready to shut down, which takes five seconds and writes to the console.
 * No report of them upstream was found. workarounds.spec.ts fails when the package no longer needs this.
 */
export class MongodProcess extends MongoInstance {
  private readonly decoder = new StringDecoder();
  /** The beginning of a line whose end has not been written yet. */
  private unfinished = '';

  override stdoutHandler(chunk: string | Buffer): void {
    const lines = (this.unfinished + this.decoder.write(chunk)).split('\n');
    this.unfinished = lines.pop() ?? '';
    for (const line of lines) super.stdoutHandler(line);
  }

  override closeHandler(code: number | null, signal: string | null): void {
    if (this.unfinished !== '') super.stdoutHandler(this.unfinished);
    super.closeHandler(code, signal);
  }

  protected override checkErrorInLine(line: string): void {
    if (this.isInstanceReady) return; // errors of the start only; its end is noticed by `closeHandler`
    try {
      super.checkErrorInLine(line);
    } catch {
      this.emit(MongoInstanceEvents.instanceError, new Error(line));
    }
  }

  override async stop(): Promise<boolean> {
    if (!this.isInstanceReady) await this.kill();
    return super.stop();
  }

  /** Ends mongod without its help; it recovers from its journal. */
  async kill(): Promise<void> {
    const { mongodProcess } = this;
    if (mongodProcess === undefined || mongodProcess.exitCode !== null || mongodProcess.signalCode !== null) return;
    const exited = once(mongodProcess, 'exit');
    mongodProcess.kill('SIGKILL');
    await exited;
  }
}
