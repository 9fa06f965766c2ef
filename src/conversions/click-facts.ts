import type { Click } from '../clicks/click.schema.js';
import type { ClickFacts } from './conversion.schema.js';

/** What a conversion keeps of its click. */
export function factsOf({ country, device, os, browser, subs }: Click): ClickFacts {
  return {
    country: country ?? null,
    device: device ?? null,
    os: os ?? null,
    browser: browser ?? null,
    subs,
  };
}
