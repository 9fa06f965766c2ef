// The health check of MongoDB, run by mongosh. Logs in with the server's key, which works without any user. Then creates the
// replica set and the user if they are missing, and succeeds when the server accepts writes.
const { readFileSync } = require('fs');
const { createHash } = require('crypto');
const read = (name) => readFileSync(`/run/hopback/${name}`, 'utf8').trim();

const system = db.getSiblingDB('local');
system.auth({ user: '__system', pwd: read('key'), mechanism: 'SCRAM-SHA-256' });

try {
  rs.status();
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error;
  // The name by which the app connects.
  rs.initiate({ _id: 'hopback', members: [{ _id: 0, host: 'mongo:27017' }] });
}
for (let i = 0; i < 50 && !db.hello().isWritablePrimary; i++) sleep(100);
if (!db.hello().isWritablePrimary) quit(1);

// The user is written only if it is missing or outdated; its `customData.made` tells.
const admin = db.getSiblingDB('admin');
const password = read('app-password');
const roles = [
  { role: 'readWrite', db: 'hopback' },
  { role: 'dbAdmin', db: 'hopback' },
];
const made = createHash('sha256')
  .update(JSON.stringify([password, roles]))
  .digest('hex');
const user = admin.runCommand({ usersInfo: 'hopback' }).users[0];
if (user?.customData?.made !== made) {
  const command = user ? { updateUser: 'hopback' } : { createUser: 'hopback' };
  const answer = admin.runCommand({
    ...command,
    pwd: password,
    roles,
    customData: { made },
    mechanisms: ['SCRAM-SHA-256'],
  });
  if (!answer.ok) quit(1);
}
quit(0);
