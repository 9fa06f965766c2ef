import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Link, RedirectStatus } from './link.schema.js';
import type { DestinationRules } from './destination/destination.js';
import { parseUrlTemplate } from './destination/url-template.js';

/** All that the redirect needs to know of a link, prepared once per change. */
export interface CompiledLink {
  workspaceId: WorkspaceId;
  linkId: string;
  number: number;
  hostname: string;
  slug: string;
  campaign: string;
  redirectStatus: RedirectStatus;
  destination: DestinationRules;
}

/** @throws Error when the stored destination is not one; it was judged when it came in. */
export function compileLink(link: Link): CompiledLink {
  const reading = parseUrlTemplate(link.url);
  if (!reading.ok) throw new Error(`link ${link._id} has a destination that can not be read: ${reading.message}`);
  return {
    workspaceId: link.workspaceId,
    linkId: link._id,
    number: link.number,
    hostname: link.hostname,
    slug: link.slug,
    campaign: link.campaign ?? '',
    redirectStatus: link.redirectStatus,
    destination: {
      template: reading.template,
      clickIdParam: link.clickIdParam,
      forwardQuery: link.forwardQuery,
    },
  };
}
