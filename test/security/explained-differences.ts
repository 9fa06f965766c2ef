const MENDED =
  'Networks and people write URLs with blanks, control characters and letters that are not ASCII, and methods in small letters. They are read as what they mean (%20, GET), one request of one meaning; Node refuses them.';
const ONE_HOST =
  'RFC 9112, 3.2: two Host lines, or one that is no name and port, are answered 400. Node takes the first line, whatever it holds. Requests that name a network by its key are taken all the same.';
const ANSWERED_FIRST =
  'What came whole before the bytes that are no HTTP is answered first, then these with 400. Node answers the whole request with the 400 of the other one.';

/**
 * Reasons why an answer is unlike the one of a plain Node server, by the name of the vector (see edge-vectors.mjs). The fuzz
 * (edge-fuzz.ts) allows the same: MENDED, ONE_HOST, absolute targets, and nothing read behind an answer that closes.
 */
export const EXPLAINED: Readonly<Record<string, string>> = {
  'lines: NUL in the target': MENDED,
  'lines: high bytes in the target': MENDED,
  'lines: tab in the target': MENDED,
  'lines: space in the target': MENDED,
  'target: lower-case method': MENDED,
  'host: twice, equal': ONE_HOST,
  'host: twice, different': ONE_HOST,
  'host: twice, different, evil first': ONE_HOST,
  'host: "localhost:80@evil.example"': ONE_HOST,
  'host: "localhost:x"': ONE_HOST,
  'host: "evil.example/localhost"': ONE_HOST,
  'host: "localhost, evil.example"': ONE_HOST,
  'host: "[::1]localhost"': ONE_HOST,
  'host: "a b"': ONE_HOST,
  'host: "localhost\xff"': ONE_HOST,
  'target: HTTP/1.0 keep-alive':
    'The answer has a Content-Length, so the connection may be used again, as the client has asked; the reference answers with chunks, which HTTP/1.0 does not know, and closes.',
  'pipeline: close, then another':
    'Both answer the first request and end the connection. Node has a 400 for the bytes behind it, which the edge does not read.',
  'pipeline: request and garbage': ANSWERED_FIRST,
  'ends: no HTTP behind a postback': ANSWERED_FIRST,
  'ends: FIN inside the head': 'The edge ends a connection whose client ended it within a head; Node says 400 first.',
  'connection: Expect: 100-continue, body never comes':
    'A body that is announced as too long for a postback is refused with 413 before it is sent. Node asks for it and waits.',
};
