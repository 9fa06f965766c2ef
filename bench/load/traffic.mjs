// The requests, which are the same for every server.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The brand's domain, because short links are requested by it. */
export const HOST = 'go.brand.example';

// People on the same link are told apart by their browser here, since all come from one address.
const BROWSERS = 200;
// wrk holds every request ready-made; with more of them it would measure the memory's speed.
const BROWSERS_OF_WRK = 8;
// The same alphabet as Hopback's slugs, without similar letters.
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const SLUG_LENGTH = 7;

/**
 * @typedef {object} Traffic
 * @property {string} folder where its files are
 * @property {string[]} slugs
 * @property {string} slugsFile JSON, for the reference servers
 * @property {string} requestsFile JSON, for the own generator
 * @property {string} scriptFile for wrk
 */

/** @param {string} folder @param {number} links @returns {Traffic} */
export function createTraffic(folder, links) {
  const slugs = Array.from({ length: links }, (_, i) => slug(i));
  const tails = Array.from({ length: BROWSERS }, (_, i) => headersOf(i));
  const files = {
    slugsFile: join(folder, `slugs-${links}.json`),
    requestsFile: join(folder, `requests-${links}.json`),
    scriptFile: join(folder, `requests-${links}.lua`),
  };
  writeFileSync(files.slugsFile, JSON.stringify(slugs));
  writeFileSync(files.requestsFile, JSON.stringify({ slugs, tails }));
  writeFileSync(files.scriptFile, wrkScript(slugs, tails.slice(0, BROWSERS_OF_WRK)));
  return { folder, slugs, ...files };
}

/** Slugs spread over the whole space like random ones, but equal in every run, and unique. */
function slug(number) {
  const space = BigInt(ALPHABET.length) ** BigInt(SLUG_LENGTH);
  let rest = (BigInt(number + 1) * 982_451_653_000_003n) % space;
  let text = '';
  for (let i = 0; i < SLUG_LENGTH; i++, rest /= BigInt(ALPHABET.length)) {
    text += ALPHABET[Number(rest % BigInt(ALPHABET.length))];
  }
  return text;
}

/** The text after the request line. */
function headersOf(number) {
  const version = `${120 + (number % 25)}.0.${6000 + number}.${(number * 7) % 200}`;
  return [
    `Host: ${HOST}`,
    `User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version} Safari/537.36`,
    'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
    'Accept-Language: en-GB,en;q=0.9,de;q=0.8',
    'Accept-Encoding: gzip, deflate, br, zstd',
    '\r\n',
  ].join('\r\n');
}

function wrkScript(slugs, tails) {
  return `local slugs = { ${slugs.map((text) => `"${text}"`).join(', ')} }
local tails = { ${tails.map((text) => JSON.stringify(text)).join(', ')} }
local requests = {}
function init(args)
  math.randomseed(os.time())
  for _, slug in ipairs(slugs) do
    for _, tail in ipairs(tails) do
      requests[#requests + 1] = "GET /" .. slug .. " HTTP/1.1\\r\\n" .. tail
    end
  end
end
function request()
  return requests[math.random(#requests)]
end
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    'RESULT {"answered":%d,"micros":%d,"refused":%d,"connect":%d,"read":%d,"write":%d,"timeout":%d,"p50":%d,"p99":%d}\\n',
    summary.requests, summary.duration, e.status, e.connect, e.read, e.write, e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
`;
}
