/** Reads up to delimiters, from chunks of any size. */
export interface DelimitedReader {
  /** Everything before the delimiter, which is passed over as well. Throws what `tooLong` makes beyond that many bytes. */
  until(delimiter: Buffer, maximumBytes: number, tooLong: () => Error): Promise<Buffer>;
  /** The same without a limit, as it comes. */
  streamUntil(delimiter: Buffer): AsyncIterable<Uint8Array>;
  /** The next bytes, which stay where they are; fewer at the end. */
  peek(bytes: number): Promise<Buffer>;
}

/** `broken` makes the error for a body that ends before the delimiter. */
export function delimitedReader(body: AsyncIterable<Uint8Array>, broken: () => Error): DelimitedReader {
  const source = body[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);

  async function more(): Promise<boolean> {
    const { done, value } = await source.next();
    if (!done) held = Buffer.concat([held, value]);
    return !done;
  }

  function take(bytes: number): Buffer {
    const taken = held.subarray(0, bytes);
    held = held.subarray(bytes);
    return taken;
  }

  return {
    async until(delimiter, maximumBytes, tooLong) {
      for (;;) {
        const at = held.indexOf(delimiter);
        if (at > maximumBytes || (at < 0 && held.length > maximumBytes + delimiter.length)) throw tooLong();
        if (at >= 0) {
          const taken = take(at);
          take(delimiter.length);
          return taken;
        }
        if (!(await more())) throw broken();
      }
    },
    async *streamUntil(delimiter) {
      for (;;) {
        const at = held.indexOf(delimiter);
        // The last bytes may be the beginning of a delimiter that goes on in the next chunk.
        const ready = at >= 0 ? at : held.length - delimiter.length + 1;
        if (ready > 0) yield take(ready);
        if (at >= 0) {
          take(delimiter.length);
          return;
        }
        if (!(await more())) throw broken();
      }
    },
    async peek(bytes) {
      while (held.length < bytes && (await more()));
      return held.subarray(0, bytes);
    },
  };
}
