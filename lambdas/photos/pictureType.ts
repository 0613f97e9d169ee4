export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp';

/** What a file is by its first bytes, whatever it is called; null: no picture that we take. */
export function pictureTypeOf(file: Uint8Array): PictureType | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, Math.min(file.byteLength, 12)).toString('latin1');
  if (bytes.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (bytes.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (bytes.startsWith('RIFF') && bytes.slice(8) === 'WEBP') return 'image/webp';
  return null;
}
