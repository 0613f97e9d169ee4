import { gzipSync } from 'node:zlib';

const BLOCK = 512;

/**
 * An npm tarball: each file below `package/`, in the order of their names, without owners and without a time, so that the same files are
 * the same bytes. Format: POSIX ustar, https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html
 */
export function tarball(files: ReadonlyMap<string, string>): Buffer {
  const entries = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, text]) => entry(`package/${path}`, Buffer.from(text)));
  const packed = gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]), { level: 9 });
  // The byte that names the operating system that packed it.
  packed[9] = 255;
  return packed;
}

function entry(path: string, content: Buffer): Buffer[] {
  if (Buffer.byteLength(path) > 100) throw new Error(`${path} is too long for a tar header`);
  const header = Buffer.alloc(BLOCK);
  const text = (value: string, at: number): number => header.write(value, at, 'utf8');
  const octal = (value: number, at: number, length: number): number =>
    text(`${value.toString(8).padStart(length - 1, '0')}\0`, at);
  text(path, 0);
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(content.byteLength, 124, 12);
  octal(0, 136, 12);
  // The sum is of the header with blanks in its place.
  text('        0ustar\u000000', 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  text(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return [header, content, Buffer.alloc((BLOCK - (content.byteLength % BLOCK)) % BLOCK)];
}
