interface Sharing<T> {
  result: Promise<T>;
  callers: number;
  abandoned: AbortController;
}

/** Work that is done once for all callers with the same key. It is aborted when the last of them has lost interest. */
export class SharedWork<T> {
  private readonly underWay = new Map<string, Sharing<T>>();

  /**
   * The result of the work under way, or of the given one. It is also waited for by callers that have lost interest.
   * @param signal tells that the caller has lost interest.
   */
  async run(key: string, signal: AbortSignal, work: (abandoned: AbortSignal) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const sharing = this.underWay.get(key) ?? this.begin(key, work);
    sharing.callers++;
    const leave = (): void => {
      if (--sharing.callers > 0) return;
      this.forget(key, sharing);
      sharing.abandoned.abort();
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await sharing.result;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  private begin(key: string, work: (abandoned: AbortSignal) => Promise<T>): Sharing<T> {
    const abandoned = new AbortController();
    const sharing: Sharing<T> = { result: work(abandoned.signal), callers: 0, abandoned };
    this.underWay.set(key, sharing);
    const forget = (): void => this.forget(key, sharing);
    sharing.result.then(forget, forget);
    return sharing;
  }

  /** Work that was abandoned ends later than the same work that was begun after it. */
  private forget(key: string, sharing: Sharing<T>): void {
    if (this.underWay.get(key) === sharing) this.underWay.delete(key);
  }
}
