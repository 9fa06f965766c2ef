import { Redis } from 'ioredis';
import { createConnection } from '../mongo/driver.js';
import { reasonOf } from './check-port.js';
import { isUnavailable } from '../mongo/mongo-errors.js';
import { StartupError } from './startup-error.js';

// Checks and preparations before the application starts. Start here for the databases; check-port.ts and data-dir.ts check
// port and data folder. The other files tune the process: heap, priorities, open files.

const PATIENCE_MS = 5_000;

/** The server does not answer at the moment; trying again later may work. */
export class Unreachable extends StartupError {}

/**
 * Proves that MongoDB can be reached and runs transactions.
 * @throws StartupError with one line that says what to do, an `Unreachable` where waiting may help.
 */
export async function checkMongodb(uri: string, patienceMs = PATIENCE_MS): Promise<void> {
  let connection;
  try {
    connection = await createConnection(uri, { serverSelectionTimeoutMS: patienceMs }).asPromise();
    const hello = await connection.getClient().db('admin').command({ hello: 1 });
    const isReplicaSet = typeof hello['setName'] === 'string' || hello['msg'] === 'isdbgrid';
    if (isReplicaSet) return;
  } catch (error) {
    if (await isUninitiated(uri)) throw noReplicaSet(uri);
    const Kind = isUnavailable(error) ? Unreachable : StartupError;
    throw new Kind([`MONGODB_URI ${withoutPassword(uri)} cannot be used: ${reasonOf(error)}`]);
  } finally {
    await connection?.close();
  }
  throw noReplicaSet(uri);
}

function noReplicaSet(uri: string): StartupError {
  const shown = withoutPassword(uri);
  return new StartupError([
    `MongoDB at ${shown} is not a replica set, which transactions need: start mongod with --replSet rs0 and run once: mongosh "${shown}" --eval 'rs.initiate()'`,
  ]);
}

/** Whether the mongod was started with --replSet but not initiated: it then has no primary. */
async function isUninitiated(uri: string): Promise<boolean> {
  let connection;
  try {
    const options = { directConnection: true, serverSelectionTimeoutMS: 1_000 };
    connection = await createConnection(uri, options).asPromise();
    await connection.getClient().db('admin').command({ replSetGetStatus: 1 });
    return false;
  } catch (error) {
    return (error as { codeName?: string }).codeName === 'NotYetInitialized';
  } finally {
    await connection?.close();
  }
}

/** @throws StartupError with one line that says what to do, an `Unreachable` where waiting may help. */
export async function checkRedis(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: PATIENCE_MS,
  });
  let lastError: Error | undefined;
  redis.on('error', (error: Error) => (lastError = error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    const isRefusal = /WRONGPASS|NOAUTH|NOPERM/.test(String(lastError ?? error));
    const Kind = isRefusal ? StartupError : Unreachable;
    throw new Kind([`REDIS_URL ${withoutPassword(url)} cannot be used: ${reasonOf(lastError ?? error)}`]);
  } finally {
    redis.disconnect();
  }
}

function withoutPassword(uri: string): string {
  return uri.replace(/:\/\/([^:@/]*):.*@/, '://$1:***@');
}

/** Whether MongoDB answers. @throws StartupError when it answers and cannot be used. */
export async function isReachable(mongodbUri: string): Promise<boolean> {
  try {
    await checkMongodb(mongodbUri);
    return true;
  } catch (error) {
    if (error instanceof Unreachable) return false;
    throw error;
  }
}
