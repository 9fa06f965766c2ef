// The answer of every reference server: the headers of a real redirect, with a click id of real length.
import { readFileSync } from 'node:fs';

export const DESTINATION = 'https://shop.example/lp';
export const LOCATION = `${DESTINATION}?click_id=K3v8Qm2Zr5TnX7bWc9LdFh4GjPsYa`;
export const CACHE_CONTROL = 'private, no-store';

/** The address of a reference server: 127.0.0.1 and the given port. */
export function listenAddress() {
  return { host: '127.0.0.1', port: Number(process.env.PORT) };
}

/** The slugs that requests name. */
export function readSlugs() {
  return JSON.parse(readFileSync(process.env.SLUGS_FILE, 'utf8'));
}

/** Tells the run that requests may come. */
export function announce() {
  process.stdout.write('ready\n');
}
