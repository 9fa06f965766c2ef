// The minimal shortener with clicks: a Map of links, a random id, and a line in a file for each click.
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import { nanoid } from 'nanoid';
import { announce, CACHE_CONTROL, DESTINATION, listenAddress, readSlugs } from './answer.mjs';

const ID_LENGTH = 29;
const links = new Map(readSlugs().map((slug) => [slug, DESTINATION]));
const clicks = createWriteStream(process.env.CLICKS_FILE);

createServer((request, response) => {
  const slug = request.url.slice(1);
  const destination = links.get(slug);
  if (destination === undefined) {
    response.writeHead(404, { 'content-length': 0 }).end();
    return;
  }
  const id = nanoid(ID_LENGTH);
  clicks.write(`${id}\t${Date.now()}\t${slug}\t${request.headers['user-agent']}\n`);
  response
    .writeHead(302, {
      location: `${destination}?click_id=${id}`,
      'cache-control': CACHE_CONTROL,
      'content-length': 0,
    })
    .end();
}).listen(listenAddress(), announce);
