import { Visit, type VisitAddress, type VisitRequest } from '../visit.js';
import type { DescribedFacts } from './simulate.dto.js';

/** The country, and other facts, of a visitor about which nothing is known. */
const UNKNOWN = 'unknown';

/**
 * A simulated visit, some of whose facts are described and not read from the request. A separate class, so that real visits
 * have no checks for it.
 */
export class DescribedVisit extends Visit {
  constructor(
    request: VisitRequest,
    address: VisitAddress,
    at: number,
    private readonly facts: DescribedFacts,
  ) {
    super(request, address, at);
  }

  override get country(): string | undefined {
    const { country } = this.facts;
    return country === undefined ? super.country : known(country)?.toUpperCase();
  }

  /** With a described country, region and city of the address would be in another one. */
  override get region(): string | undefined {
    const { country, region } = this.facts;
    return region === undefined && country === undefined ? super.region : known(region);
  }

  override get city(): string | undefined {
    const { country, region, city } = this.facts;
    return city === undefined && country === undefined && region === undefined ? super.city : known(city);
  }

  override get device(): string {
    return this.facts.device ?? super.device;
  }

  override get os(): string | undefined {
    return this.facts.os ?? super.os;
  }

  override get browser(): string | undefined {
    return this.facts.browser ?? super.browser;
  }

  /** A described device without a user agent is a person's: a visit without a user agent would count as a bot. */
  override get isBot(): boolean {
    const { device, os, browser } = this.facts;
    const isDescribed = (device ?? os ?? browser) !== undefined;
    return isDescribed && this.userAgent === '' && this.kind === 'visit' ? false : super.isBot;
  }
}

function known(text: string | undefined): string | undefined {
  return text?.toLowerCase() === UNKNOWN ? undefined : text;
}
