import { connect } from 'node:net';

const HEAD_END = '\r\n\r\n';

/** A keep-alive connection with one request at a time. */
export class Connection {
  isOpen = false;
  isBusy = false;
  /** The time at which the current request was due, in milliseconds. */
  due = 0;
  #socket;
  #received = '';

  /** @param {{onAnswer: (connection: Connection, status: string) => void, onGone: (connection: Connection) => void}} events */
  constructor(events) {
    this.events = events;
  }

  /** Resolves when the connection is open, or has failed. */
  open(port) {
    return new Promise((resolve) => {
      this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
      this.#socket.setEncoding('latin1');
      this.#socket.on('data', (text) => this.#read(text));
      this.#socket.on('error', () => undefined); // 'close' follows
      this.#socket.once('close', () => {
        this.isOpen = false;
        this.events.onGone(this);
        resolve();
      });
      this.#socket.once('connect', () => {
        this.isOpen = true;
        resolve();
      });
    });
  }

  ask(request, due) {
    this.isBusy = true;
    this.due = due;
    this.#socket.write(request, 'latin1');
  }

  close() {
    this.#socket.destroy();
  }

  #read(text) {
    this.#received += text;
    const headEnd = this.#received.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const head = this.#received.slice(0, headEnd);
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    // An answer without a known end cannot be separated from the next one. No server here sends one.
    if (length === undefined) return this.close();
    const missing = headEnd + HEAD_END.length + Number(length) - this.#received.length;
    if (missing > 0) return;
    if (missing < 0) return this.close();
    this.#received = '';
    this.isBusy = false;
    this.events.onAnswer(this, head.slice(9, 12));
  }
}
