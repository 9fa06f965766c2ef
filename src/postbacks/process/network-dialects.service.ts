import { Injectable } from '@nestjs/common';
import type { Network } from '../../networks/network.schema.js';
import { PresetCatalogue } from '../../networks/catalogue/preset-catalogue.service.js';
import { type Masking, maskingOf } from '../rules/masking.js';
import { dialectOf } from '../../networks/rules/reading/dialect-of.js';
import type { NetworkDialect } from '../../networks/rules/reading/reading.js';

/** The way in which the requests of a network are written, by itself and its preset. */
export interface KnownDialect {
  /** How they are read. */
  dialect: NetworkDialect;
  /** How what pages tell is read: they speak our names and never the network's, so its mapping of words holds, that of parameters does not. */
  pageDialect: NetworkDialect;
  /** The secrets that the log must not show. */
  masking: Masking;
}

/** Works dialects out once for each network as it is known here: a network that is changed is another object. */
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
