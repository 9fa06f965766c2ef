import type { OutboundErrorCode } from '../../src/platform/outbound/outbound-error.js';

/** A URL that no outgoing request may follow, and why it is refused. */
export interface SsrfVector {
  name: string;
  url: string;
  code: OutboundErrorCode;
}

/** IPv4 addresses, as a URL can write them, that are not of the internet. */
const V4 = [
  '127.0.0.1',
  '127.0.0.3',
  '127.1',
  '127.255.255.254',
  '2130706433',
  '017700000001',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '127.0.0.1.',
  '0',
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '012.0.0.1',
  '100.64.0.1',
  '169.254.169.254',
  '0xa9fea9fe',
  '2852039166',
  '169.254.170.2',
  '172.16.0.1',
  '172.31.255.254',
  '192.0.0.192',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.0.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '168.63.129.16',
  // Characters that browsers normalise to digits and dots.
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  '127．0．0．1',
  '１２７.0.0.1',
  '%31%32%37.0.0.1',
];

const V6 = [
  '::',
  '::1',
  '0:0:0:0:0:0:0:1',
  '0000:0000:0000:0000:0000:0000:0000:0001',
  '::127.0.0.1',
  '::7f00:1',
  '::a9fe:a9fe',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:169.254.169.254',
  '::ffff:10.0.0.1',
  '::ffff:0:7f00:1',
  '::5efe:7f00:1',
  '2606:4700::5efe:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b::169.254.169.254',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:0:7f00:1::',
  '2001:10::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '2002:a9fe:a9fe::1',
  '3fff::1',
  '4000::1',
  '5f00::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
];

/** Names that the test's DNS server resolves to non-public addresses. */
export const BAD_NAMES: Record<string, string[][]> = {
  'loopback.rebind.test': [['127.0.0.1']],
  'loopback6.rebind.test': [['::1']],
  'mapped.rebind.test': [['::ffff:127.0.0.1']],
  'private.rebind.test': [['10.1.2.3']],
  'metadata.rebind.test': [['169.254.169.254']],
  'azure.rebind.test': [['168.63.129.16']],
  'nat64.rebind.test': [['64:ff9b::7f00:1']],
  'ula.rebind.test': [['fd00::1']],
  // One bad one among good ones, first, last, and of the other family.
  'mixed-first.rebind.test': [['127.0.0.1', '8.8.8.8']],
  'mixed-last.rebind.test': [['8.8.8.8', '127.0.0.1']],
  'mixed-families.rebind.test': [['8.8.8.8', '::1']],
};

/**
 * The table that everything which asks URLs is tried with.
 * @param port where a canary listens: whoever gets there has failed. The client must be told that the port is allowed, as it
 * is the address that must be refused.
 */
export function ssrfVectors(port: number): SsrfVector[] {
  const refused = (name: string, url: string, code: OutboundErrorCode): SsrfVector => ({ name, url, code });
  const address = (host: string): SsrfVector => refused(host, `http://${host}:${port}/`, 'address_not_allowed');
  return [
    ...V4.map(address),
    ...V6.map((host) => address(`[${host}]`)),
    ...['localhost', 'LOCALHOST', 'localhost.', 'app.localhost'].map(address),
    ...Object.keys(BAD_NAMES).map(address),
    refused('https to loopback', `https://127.0.0.1:${port}/`, 'address_not_allowed'),
    refused('default port of loopback', 'http://127.0.0.1/', 'address_not_allowed'),
    refused('backslashes', `http:\\\\127.0.0.1:${port}\\`, 'address_not_allowed'),
    refused('no slashes', `http:127.0.0.1:${port}/`, 'address_not_allowed'),
    refused('tab in the host', `http://127.0\t.0.1:${port}/`, 'address_not_allowed'),
    refused('fragment that looks like a host', `http://127.0.0.1:${port}/#@example.com/`, 'address_not_allowed'),
    refused('backslash before an @', `http://127.0.0.1:${port}\\@example.com/`, 'address_not_allowed'),
    refused('user before the address', `http://example.com@127.0.0.1:${port}/`, 'userinfo_not_allowed'),
    refused('user and password', `http://a:b@127.0.0.1:${port}/`, 'userinfo_not_allowed'),
    refused('encoded slash before an @', `http://example.com%2f@127.0.0.1:${port}/`, 'userinfo_not_allowed'),
    refused('ssh', 'http://8.8.8.8:22/', 'port_not_allowed'),
    refused('smtp', 'http://8.8.8.8:25/', 'port_not_allowed'),
    refused('redis', 'http://example.com:6379/', 'port_not_allowed'),
    refused('mongodb', 'https://example.com:27017/', 'port_not_allowed'),
    refused('file', 'file:///etc/passwd', 'scheme_not_allowed'),
    refused('file on a host', `file://127.0.0.1:${port}/etc/passwd`, 'url_invalid'),
    refused('ftp', `ftp://127.0.0.1:${port}/`, 'scheme_not_allowed'),
    refused('gopher', `gopher://127.0.0.1:${port}/_`, 'scheme_not_allowed'),
    refused('dict', `dict://127.0.0.1:${port}/`, 'scheme_not_allowed'),
    refused('data', 'data:text/html,hello', 'scheme_not_allowed'),
    refused('javascript', 'javascript:fetch("//127.0.0.1")', 'scheme_not_allowed'),
    refused('blob', 'blob:http://127.0.0.1/1', 'scheme_not_allowed'),
    refused('unix socket', 'unix:/var/run/docker.sock', 'scheme_not_allowed'),
    refused('websocket', `ws://127.0.0.1:${port}/`, 'scheme_not_allowed'),
    refused('no scheme', `//127.0.0.1:${port}/`, 'url_invalid'),
    refused('an octet too large', `http://127.0.0.256:${port}/`, 'url_invalid'),
    refused('zone', `http://[fe80::1%25lo]:${port}/`, 'url_invalid'),
    refused('a port too large', 'http://127.0.0.1:65616/', 'url_invalid'),
    refused('nothing', '', 'url_invalid'),
  ];
}
