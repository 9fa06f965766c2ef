import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

/** Below this size a thread takes longer to start than the hash itself. */
const THREAD_FROM_BYTES = 8 * 1024 * 1024;

// As text, because the file of a worker would have another name in the tests than in the build.
const HASH_FILE = `
  const { createHash } = require('node:crypto');
  const { openSync, readSync } = require('node:fs');
  const { parentPort, workerData } = require('node:worker_threads');
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(1024 * 1024);
  const file = openSync(workerData);
  for (let read; (read = readSync(file, chunk)) > 0; ) hash.update(chunk.subarray(0, read));
  parentPort.postMessage(hash.digest('hex'));`;

/**
 * SHA-256 of a file in hexadecimal. A large file is hashed by a thread, because the main thread loads the program
 * meanwhile.
 */
export async function sha256Of(path: string): Promise<string> {
  if (statSync(path).size < THREAD_FROM_BYTES) return createHash('sha256').update(readFileSync(path)).digest('hex');
  return new Promise((resolve, reject) => {
    const worker = new Worker(HASH_FILE, { eval: true, workerData: path });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error(`${path} could not be hashed`)));
  });
}
