import { Injectable } from '@nestjs/common';
import type { Network } from '../../networks/network.schema.js';
import { PresetCatalogue } from '../../networks/catalogue/preset-catalogue.service.js';
import { type Masking, maskingOf } from '../rules/masking.js';
import { dialectOf } from '../../networks/rules/reading/dialect-of.js';
import type { NetworkDialect } from '../../networks/rules/reading/reading.js';

/** The dialects of a network, from its mapping and its preset. */
export interface KnownDialect {
  /** For requests of the network. */
  dialect: NetworkDialect;
  /** For reports of web pages. They use our parameter names, so only the mapping of words applies. */
  pageDialect: NetworkDialect;
  /** The secrets that the log must not show. */
  masking: Masking;
}

/** Caches the dialects of each network object; a changed network is a new object. */
@Injectable()
export class NetworkDialects {
  private readonly known = new WeakMap<Network, KnownDialect>();

  constructor(private readonly presets: PresetCatalogue) {}

  of(network: Network): KnownDialect {
    let known = this.known.get(network);
    if (known === undefined) {
      known = this.workOut(network);
      this.known.set(network, known);
    }
    return known;
  }

  private workOut(network: Network): KnownDialect {
    const { mapping, defaults } = network;
    const dialect = dialectOf(network, this.presets.find(network.preset));
    return {
      dialect,
      pageDialect: dialectOf({ mapping: { ...mapping, params: {} }, defaults }),
      masking: maskingOf(network, Object.values(dialect.mapping.params).flat()),
    };
  }
}
