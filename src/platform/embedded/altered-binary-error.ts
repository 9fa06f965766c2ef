import { StartupError } from '../startup/startup-error.js';

/** A server binary whose content is not the expected one. It was not executed, and no other one is tried in its place. */
export class AlteredBinaryError extends StartupError {}

/** @throws AlteredBinaryError when the hashes differ. */
export function expectHash(path: string, expected: string, actual: string): void {
  if (actual === expected) return;
  throw new AlteredBinaryError([
    `${path} is not the file that it should be (SHA-256 ${actual}, expected ${expected}) and was not executed: ` +
      'it is damaged, or it was replaced. Delete it and start again, which downloads it anew; ' +
      'if that does not help, your downloads may be tampered with.',
  ]);
}
