// The base: node:http and an answer that never changes. No Node server can be faster.
import { createServer } from 'node:http';
import { announce, CACHE_CONTROL, listenAddress, LOCATION } from './answer.mjs';

createServer((_request, response) => {
  response.writeHead(302, { location: LOCATION, 'cache-control': CACHE_CONTROL, 'content-length': 0 }).end();
}).listen(listenAddress(), announce);
