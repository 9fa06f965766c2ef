import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoInstanceEvents } from 'mongodb-memory-server-core/lib/util/MongoInstance.js';
import { ResolveConfigVariables, setDefaultValue } from 'mongodb-memory-server-core/lib/util/resolveConfig.js';
import { createConnection } from '../mongo/driver.js';
import { lowerPriority } from '../startup/lower-priority.js';
import { StartupError } from '../startup/startup-error.js';
import { MongodProcess } from '../workarounds/mongod-process.js';
import type { ServerBinary } from './binaries.js';
import { rememberVersion } from './data-version.js';
import { PortTakenError, startOnFreePort } from './free-port.js';
import { type MongodCredentials, mongodCredentials, mongodUri } from './mongod-credentials.js';
import { MongodErrors } from './mongod-log.js';
import { setUpMongod, systemLogin } from './mongod-setup.js';
import { endOrphan } from './orphan.js';
import { type RunningServer, supervise } from './supervise.js';

const REPLICA_SET = 'hopback';
const HOST = '127.0.0.1';
const LOCK_FILE = 'mongod.lock';
const STOP_PATIENCE_MS = 2_000;
/** An orphan that is not found is ended by its watcher within seconds; one that recovers may take longer. */
const ORPHAN_PATIENCE_MS = 60_000;
const ORPHAN_PAUSE_MS = 200;
const MONGOD_ARGUMENTS = [
  ['--wiredTigerCacheSizeGB', '0.5'], // its default is half of the machine's memory
  ['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'], // there are no secondaries to wait for
  // A killed Hopback may leave a transaction open, which locks its rows until it expires. None of ours takes this long.
  ['--setParameter', 'transactionLifetimeLimitSeconds=15'],
  // By default the first client on loopback may create the first user.
  ['--setParameter', 'enableLocalhostAuthBypass=false'],
  process.platform === 'win32' ? [] : ['--nounixsocket'], // a crash would leave its file in /tmp
].flat();

/**
 * By default each former state of the last five minutes is kept, of a busy link's counters thousands (docs/traps.md). What a
 * transaction needs is kept anyway, as it reads from one member alone.
 */
const NO_FORMER_STATES = ['--setParameter', 'minSnapshotHistoryWindowInSeconds=0'];
/** The first that knows it (SERVER-47672); others refuse to start with it. */
const KNOWS_FORMER_STATES = 5;

// Or each start of mongod would ask it for its version first, which is known.
setDefaultValue(ResolveConfigVariables.SYSTEM_BINARY_VERSION_CHECK, 'false');

/** A mongod that runs as our child process and is started again when it ends by itself. */
export interface EmbeddedMongod {
  /** With user and password: not for a log or a command line. */
  uri: string;
  stop(): Promise<void>;
}

export interface MongodOptions {
  /** Whether the application goes before mongod where both want the same core. Default: true. */
  givesWay?: boolean;
}

/** Another mongod has the data folder open. */
class DataInUseError extends StartupError {}

/**
 * Runs mongod as a replica set of one (transactions need a replica set) on a free port, with its data in `dbPath`,
 * and with access for those who can read its key there.
 * @throws StartupError when it does not start, or another release series wrote the data.
 */
export async function startMongod(
  binary: ServerBinary,
  dbPath: string,
  { givesWay = true }: MongodOptions = {},
): Promise<EmbeddedMongod> {
  await mkdir(dbPath, { recursive: true, mode: 0o700 });
  await endOrphan(join(dbPath, LOCK_FILE), dbPath);
  rememberVersion(dbPath, binary);
  const credentials = mongodCredentials(dbPath);
  return startOnFreePort(async (port) => {
    const start = (): Promise<RunningServer> => launch({ binary, dbPath, port, credentials, givesWay });
    const { stop } = await afterOrphans(dbPath, () => supervise('embedded MongoDB', start));
    return { uri: mongodUri(`${HOST}:${port}`, credentials, REPLICA_SET), stop };
  });
}

/**
 * Starts mongod again until no orphan has the data. mongod writes its pid into the lock file when it has recovered, so one
 * that was left over while it started has the data before it can be found.
 */
async function afterOrphans<T>(dbPath: string, start: () => Promise<T>): Promise<T> {
  for (const end = performance.now() + ORPHAN_PATIENCE_MS; ;) {
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof DataInUseError) || performance.now() > end) throw error;
      await sleep(ORPHAN_PAUSE_MS);
      await endOrphan(join(dbPath, LOCK_FILE), dbPath);
    }
  }
}

/** @param version such as 6.0.5 */
function argumentsOf(version: string): string[] {
  return parseInt(version, 10) < KNOWS_FORMER_STATES ? MONGOD_ARGUMENTS : [...MONGOD_ARGUMENTS, ...NO_FORMER_STATES];
}

interface Launch {
  binary: ServerBinary;
  dbPath: string;
  port: number;
  credentials: MongodCredentials;
  givesWay: boolean;
}

/** mongodb-memory-server-core runs and watches the process: it ends mongod within seconds when this process is killed. */
async function launch({ binary, dbPath, port, credentials, givesWay }: Launch): Promise<RunningServer> {
  const instance = new MongodProcess({
    instance: {
      port,
      ip: HOST,
      dbPath,
      storageEngine: 'wiredTiger',
      replSet: REPLICA_SET,
      auth: true,
      keyfileLocation: credentials.keyFile,
      launchTimeout: 60_000, // recovery after a kill may replay a long journal
      args: argumentsOf(binary.version),
    },
    binary: { systemBinary: binary.path, checkMD5: false, version: binary.version },
    // Its own process group: Ctrl+C in a terminal must reach us first, so that what is under way can still be stored.
    spawn: { detached: true },
  });
  instance.extraConnectionOptions = systemLogin(credentials); // with which it is told to shut down
  const errors = new MongodErrors();
  instance.on(MongoInstanceEvents.instanceSTDOUT, (line: string) => errors.read(line));
  const exited = new Promise<void>((resolve) => instance.once(MongoInstanceEvents.instanceClosed, () => resolve()));
  const stop = async (): Promise<void> => {
    // A frozen one would keep us waiting; it recovers from its journal.
    if (instance.mongodProcess && instance.isInstanceReady && !(await answers(port))) await instance.kill();
    await instance.stop();
  };
  try {
    await instance.start();
    if (givesWay && instance.mongodProcess?.pid) lowerPriority(instance.mongodProcess.pid);
    await setUpMongod(`${HOST}:${port}`, REPLICA_SET, credentials);
  } catch (error) {
    await stop();
    throw startError(dbPath, errors.last ?? (error as Error).message);
  }
  return { exited, stop };
}

function startError(dbPath: string, reason: string): StartupError {
  const problems = [`The embedded MongoDB did not start on ${dbPath}: ${reason}`];
  if (/address already in use/i.test(reason)) return new PortTakenError(problems);
  return /DBPathInUse/.test(reason) ? new DataInUseError(problems) : new StartupError(problems);
}

async function answers(port: number): Promise<boolean> {
  const connection = createConnection(`mongodb://${HOST}:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: STOP_PATIENCE_MS,
    socketTimeoutMS: STOP_PATIENCE_MS,
  });
  try {
    await connection.asPromise();
    return true;
  } catch {
    return false;
  } finally {
    await connection.close(true);
  }
}
