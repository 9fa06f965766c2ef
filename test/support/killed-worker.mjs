// A worker of node:cluster that never takes the connection it was given, and is killed. Prints what becomes of the client.
import cluster from 'node:cluster';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

if (cluster.isWorker) {
  const server = createServer(() => undefined).listen(0, '127.0.0.1', () => {
    process.send({ port: server.address().port });
    process.once('message', () => {
      process.send('blocked', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
    });
  });
} else {
  const worker = cluster.fork();
  const [{ port }] = await once(worker, 'message');
  worker.send('block');
  await once(worker, 'message');
  let state = 'open';
  const client = connect(port, '127.0.0.1');
  client.on('error', () => undefined);
  client.on('close', () => (state = 'closed'));
  await once(client, 'connect');
  await sleep(200); // the primary hands it over meanwhile
  worker.process.kill('SIGKILL');
  await once(worker, 'exit');
  await sleep(300);
  process.stdout.write(state);
  process.exit(0);
}
