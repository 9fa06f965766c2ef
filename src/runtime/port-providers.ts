import { ERASURE_STEPS, FIND_LINK_NUMBER, FIND_LINK_OWNER } from '../clicks/clicks.ports.js';
import { LINKS_OF_DOMAINS } from '../domains/domains.ports.js';
import { IMPORT_KIND_LIST } from '../imports/imports.ports.js';
import { VARIANT_RESULTS } from '../links/links.ports.js';
import { DESCRIBE_CLIENT } from '../people/people.ports.js';
import type { PortProviders } from '../platform/ports/ports.service.js';
import { RATES_LISTENER } from '../rates/rates.ports.js';
import {
  DELETION_STEPS,
  LINKS_WITHIN_LIMITS,
  PEOPLE,
  PERSON_ERASURE_STEPS,
  RETENTION_TASKS,
  SETTINGS_LISTENERS,
} from '../workspaces/workspaces.ports.js';

/**
 * All ports with their providers: the calls from a module to a module above it. Imports only go down; these calls are the
 * exceptions, at run time. The application starts only when each port has exactly these providers.
 */
export const PORT_PROVIDERS: readonly PortProviders[] = [
  // workspaces → people: the person behind a session cookie, and the rights of an API key's owner.
  { port: PEOPLE, provider: 'SessionAccess' },
  // workspaces → imports: names of deleted people in their imports.
  { port: PERSON_ERASURE_STEPS, providers: ['import jobs'] },
  // people → runtime (which may use clicks): names of browsers and places, as clicks are enriched with them.
  { port: DESCRIBE_CLIENT, provider: 'ClientDescriptions' },
  // workspaces → domains, networks, links: cached values of a deleted workspace are dropped at once.
  { port: DELETION_STEPS, providers: ['domains', 'networks', 'links'] },
  // workspaces → clicks, networks: old data is removed.
  { port: RETENTION_TASKS, providers: ['click addresses', 'clicks', 'networks'] },
  // workspaces → postbacks: log entries get new dates when the retention changes.
  { port: SETTINGS_LISTENERS, providers: ['postback retention'] },
  // workspaces → links: the links that a member may work with.
  { port: LINKS_WITHIN_LIMITS, provider: 'LimitedLinks' },
  // domains → links: case of slugs.
  { port: LINKS_OF_DOMAINS, provider: 'LinksOnDomains' },
  // links → conversions: caps and optimised weights.
  { port: VARIANT_RESULTS, provider: 'VariantResults' },
  // imports → links, conversions: the work on the rows of a file.
  { port: IMPORT_KIND_LIST, providers: ['links', 'conversions'] },
  // clicks → links (through conversions, which may use both): finds the owner of a click that is not stored yet.
  { port: FIND_LINK_OWNER, provider: 'LinksOfClicks' },
  // The same way: finds the clicks of a link.
  { port: FIND_LINK_NUMBER, provider: 'LinksOfClicks' },
  // clicks → conversions, postbacks: copies of a click's personal data.
  { port: ERASURE_STEPS, providers: ['conversions', 'postbacks'] },
  // rates → conversions: converts revenue that lacked a rate.
  { port: RATES_LISTENER, provider: 'MissingRevenue' },
];
