import { Injectable } from '@nestjs/common';
import { DomainsService } from '../domains/domains.service.js';
import type { Link } from '../links/link.schema.js';
import type { CreateLinkRequest } from '../links/links.dto.js';
import { LinksRepository } from '../links/links.repository.js';
import { LinksService } from '../links/links.service.js';
import type { Network } from '../networks/network.schema.js';
import type { CreateNetworkRequest } from '../networks/networks.dto.js';
import { NetworksService } from '../networks/networks.service.js';
import type { Caller } from '../workspaces/caller.js';
import { DEMO_LINKS, type DemoLink } from './rules/demo-links.js';
import { DEMO_NETWORK_KEYS, DEMO_NETWORKS, type DemoNetworkKey } from './rules/demo-networks.js';
import { firstDayOf } from './rules/make-clicks.js';
import { numberOf } from './rules/seeded-random.js';

const CURRENCY = 'EUR';
const DAY_MS = 86_400_000;
const MAX_NETWORKS = 100;

/** The objects that clicks and postbacks of a demo workspace refer to. */
export interface DemoObjects {
  networks: Readonly<Record<DemoNetworkKey, Network>>;
  /** In the order of DEMO_LINKS. */
  links: readonly Link[];
}

/** Creates the domain, the networks and the links of a demo workspace, through the services that people use. */
@Injectable()
export class DemoObjectsService {
  constructor(
    private readonly domains: DomainsService,
    private readonly networks: NetworksService,
    private readonly links: LinksService,
    private readonly linksRepository: LinksRepository,
  ) {}

  /** Creates what is missing, and finds the rest. */
  async ensure(owner: Caller, until: Date): Promise<DemoObjects> {
    const from = firstDayOf(until);
    await this.domains.createForDemo(owner.workspaceId, hostnameOf(owner.workspaceId), from);
    const networks = await this.ensureNetworks(owner);
    return { networks, links: await this.ensureLinks(owner, networks, from) };
  }

  private async ensureNetworks(owner: Caller): Promise<DemoObjects['networks']> {
    const { rows } = await this.networks.page(owner.workspaceId, { limit: MAX_NETWORKS, cursor: undefined });
    const found: Partial<Record<DemoNetworkKey, Network>> = {};
    for (const key of DEMO_NETWORK_KEYS) {
      const { name, preset, mapping, windows } = DEMO_NETWORKS[key];
      const input = { name, preset, currency: CURRENCY, ...(mapping && { mapping }), ...(windows && { windows }) };
      const known = rows.find((network) => network.name === name);
      found[key] = known ?? (await this.networks.create(owner, input as CreateNetworkRequest));
    }
    return found as DemoObjects['networks'];
  }

  private async ensureLinks(owner: Caller, networks: DemoObjects['networks'], from: Date): Promise<Link[]> {
    const { workspaceId } = owner;
    const externalId = { $in: DEMO_LINKS.map((link) => link.externalId) };
    const known = await this.linksRepository.findMany(workspaceId, { externalId });
    const links: Link[] = [];
    for (const link of DEMO_LINKS) {
      const createdAt = new Date(from.getTime() + link.createdOnDay * DAY_MS);
      const found = known.find((one) => one.externalId === link.externalId);
      const networkId = networks[link.network]._id;
      links.push(found ?? (await this.links.create(owner, inputOf(link, networkId), { createdAt })));
    }
    return links;
  }
}

/** Names under `.example` are never registered (RFC 2606). Each demo workspace has its own. */
function hostnameOf(workspaceId: string): string {
  return `go-${numberOf(`hostname:${workspaceId}`, 36 ** 8)
    .toString(36)
    .padStart(8, '0')}.demo.example`;
}

function inputOf(link: DemoLink, networkId: string): CreateLinkRequest {
  const { externalId, slug, title, campaign, tags, url, cost } = link;
  const priced = cost === null ? {} : { cost: { amount: cost, currency: CURRENCY } };
  return { externalId, slug, title, campaign, tags, url, networkId, ...priced } as CreateLinkRequest;
}
