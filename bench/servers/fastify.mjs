// Shows the cost of Fastify's router and reply.
import Fastify from 'fastify';
import { announce, CACHE_CONTROL, listenAddress, LOCATION } from './answer.mjs';

const app = Fastify();
app.get('/:slug', (_request, reply) => {
  reply.code(302).header('location', LOCATION).header('cache-control', CACHE_CONTROL).send();
});
await app.listen(listenAddress());
announce();
