/** Reads lines and counted bytes from chunks of any size, holding no more than a line and one chunk. */
export interface ByteReader {
  /** Up to CR LF, without it. Throws what `broken` makes when the line is longer or the body ends before. */
  line(maximumBytes: number): Promise<string>;
  /** The same, but the body's end is the end of the line as well. */
  lastLine(maximumBytes: number): Promise<string>;
  /** Exactly that many bytes, as they come. */
  take(bytes: number): AsyncIterable<Uint8Array>;
}

export function byteReader(body: AsyncIterable<Uint8Array>, broken: () => Error): ByteReader {
  const source = body[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);

  /** False at the end. */
  async function more(): Promise<boolean> {
    const { done, value } = await source.next();
    if (done) return false;
    held = held.length === 0 ? Buffer.from(value.buffer, value.byteOffset, value.length) : Buffer.concat([held, value]);
    return true;
  }

  async function readLine(maximumBytes: number, mayEnd: boolean): Promise<string> {
    for (;;) {
      const end = held.indexOf('\r\n');
      if (end >= 0 && end <= maximumBytes) {
        const line = held.toString('latin1', 0, end);
        held = held.subarray(end + 2);
        return line;
      }
      if (end >= 0 || held.length > maximumBytes) throw broken();
      if (await more()) continue;
      if (!mayEnd) throw broken();
      const line = held.toString('latin1');
      held = Buffer.alloc(0);
      return line;
    }
  }

  async function* take(bytes: number): AsyncGenerator<Uint8Array> {
    let wanted = bytes;
    while (wanted > 0) {
      if (held.length === 0 && !(await more())) throw broken();
      const piece = held.subarray(0, wanted);
      held = held.subarray(piece.length);
      wanted -= piece.length;
      if (piece.length > 0) yield piece;
    }
  }

  return { line: (maximum) => readLine(maximum, false), lastLine: (maximum) => readLine(maximum, true), take };
}
