import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, createConnection } from '../mongo/driver.js';
import { type MongodCredentials, USER } from './mongod-credentials.js';

const PRIMARY_PATIENCE_MS = 15_000;
/** All databases, because this server has those of Hopback only. None that makes users or changes the server. */
const ROLES = ['readWriteAnyDatabase', 'dbAdminAnyDatabase', 'clusterMonitor'];

type Admin = ReturnType<ReturnType<Connection['getClient']>['db']>;

/** How the start itself logs in: the key is all that it takes, so this works before there is any user. */
export function systemLogin({ key }: MongodCredentials) {
  return {
    auth: { username: '__system', password: key },
    authSource: 'local',
    authMechanism: 'SCRAM-SHA-256',
  } as const;
}

/**
 * Makes it the primary of its replica set, and gives it the user that the program logs in as. Each step looks first at what
 * is there, so the next start resumes one that was killed.
 * mongod closes all connections in the middle of that when it finds, after it has begun to listen, that its configuration
 * names the port of its last life; so this is tried again for a while.
 * @param host address and port
 */
export async function setUpMongod(host: string, replicaSet: string, credentials: MongodCredentials): Promise<void> {
  for (const end = performance.now() + PRIMARY_PATIENCE_MS; ;) {
    try {
      return await tryToSetUp(host, replicaSet, credentials);
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(100);
    }
  }
}

async function tryToSetUp(host: string, replicaSet: string, credentials: MongodCredentials): Promise<void> {
  const connection = await createConnection(`mongodb://${host}/?directConnection=true`, {
    ...systemLogin(credentials),
    serverSelectionTimeoutMS: 10_000,
  }).asPromise();
  try {
    const admin = connection.getClient().db('admin');
    await becomePrimary(admin, host, replicaSet);
    await provideUser(admin, credentials);
  } finally {
    await connection.close();
  }
}

/** Initiates the replica set on first use; afterwards writes our new port into its configuration, if it moved. */
async function becomePrimary(admin: Admin, host: string, replicaSet: string): Promise<void> {
  const member = { _id: 0, host };
  const current = await currentConfig(admin);
  if (current === undefined) {
    await admin.command({ replSetInitiate: { _id: replicaSet, members: [member] } });
  } else if (current.members[0]?.host !== member.host) {
    const config = { ...current, version: current.version + 1, members: [member] };
    await admin.command({ replSetReconfig: config, force: true });
  }
  for (let waited = 0; waited < 60_000; waited += 20) {
    const hello = await admin.command({ hello: 1 });
    if (hello['isWritablePrimary']) return;
    await sleep(20);
  }
  throw new Error('it did not become primary within 60 s');
}

/** The user is written only when it is missing or not as it must be, which its note tells without a try to log in. */
async function provideUser(admin: Admin, { password }: MongodCredentials): Promise<void> {
  const made = createHash('sha256')
    .update(JSON.stringify([password, ROLES]))
    .digest('hex');
  const { users } = (await admin.command({ usersInfo: USER })) as { users?: { customData?: { made?: string } }[] };
  if (users?.[0]?.customData?.made === made) return;
  const command = users?.[0] === undefined ? { createUser: USER } : { updateUser: USER };
  const user = { pwd: password, roles: ROLES, customData: { made }, mechanisms: ['SCRAM-SHA-256'] };
  await admin.command({ ...command, ...user, writeConcern: { w: 'majority', j: true } });
}

interface ReplicaSetConfig {
  version: number;
  members: { _id: number; host: string }[];
}

async function currentConfig(admin: Admin): Promise<ReplicaSetConfig | undefined> {
  try {
    const answer = await admin.command({ replSetGetConfig: 1 });
    return answer['config'] as ReplicaSetConfig;
  } catch (error) {
    if ((error as { codeName?: string }).codeName === 'NotYetInitialized') return undefined;
    throw error;
  }
}
