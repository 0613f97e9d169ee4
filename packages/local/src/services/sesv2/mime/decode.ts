/** Undoes a `Content-Transfer-Encoding`; what is no encoding, or a broken one, stays as it is. */
export function decodeTransfer(body: Buffer, encoding: string): Buffer {
  const name = encoding.trim().toLowerCase();
  if (name === 'base64') return Buffer.from(body.toString('latin1'), 'base64');
  return name === 'quoted-printable' ? decodeQuotedPrintable(body.toString('latin1')) : body;
}

function decodeQuotedPrintable(text: string): Buffer {
  const joined = text.replace(/=[ \t]{0,80}\r?\n/g, '');
  return Buffer.from(decodeHexEscapes(joined), 'latin1');
}

const decodeHexEscapes = (text: string): string =>
  text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** An unknown character set is read as Latin 1, in which every byte is something. */
export function decodeCharset(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset.trim() || 'utf-8').decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder('latin1').decode(bytes);
    throw error;
  }
}

const ENCODED_WORD = /=\?([^?\s]{1,64})\?([BbQq])\?([^?\s]*)\?=/g;

/** Encoded words of a header as text; blanks between two of them are none. https://www.rfc-editor.org/rfc/rfc2047 */
export function decodeWords(value: string): string {
  const joined = value.replace(/(\?=)[ \t\r\n]{1,80}(?==\?)/g, '$1');
  return joined.replace(ENCODED_WORD, (_, charset: string, encoding: string, text: string) => {
    const bytes =
      encoding.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64')
        : Buffer.from(decodeHexEscapes(text.replaceAll('_', ' ')), 'latin1');
    return decodeCharset(bytes, charset);
  });
}
