import { describe, expect, it } from 'vitest';
import { matchingStep, toBase32 } from '../../src/services/cognito-idp/totp.ts';

/** RFC 6238, appendix B, SHA-1; the last six of its eight digits. */
const VECTORS: readonly [seconds: number, code: string, step: number][] = [
  [59, '287082', 1],
  [1_111_111_109, '081804', 37_037_036],
  [1_111_111_111, '050471', 37_037_037],
  [1_234_567_890, '005924', 41_152_263],
  [2_000_000_000, '279037', 66_666_666],
  [20_000_000_000, '353130', 666_666_666],
];
const SECRET = Buffer.from('12345678901234567890');

describe('one-time passwords', () => {
  it.each(VECTORS)('at %i seconds is %s', (seconds, code, step) => {
    expect(matchingStep(SECRET, code, seconds * 1_000)).toBe(step);
  });

  it('are good for their own half minute and the ones beside it', () => {
    const from = 37_037_037 * 30_000;
    const accepted = [-60_000, -30_001, -30_000, 0, 29_999, 30_000, 59_999, 60_000].filter(
      (offset) => matchingStep(SECRET, '050471', from + offset) !== undefined,
    );
    expect(accepted).toEqual([-30_000, 0, 29_999, 30_000, 59_999]);
  });

  it('are never a shorter or longer text', () => {
    for (const code of ['', '50471', '0050471', ' 50471']) {
      expect(matchingStep(SECRET, code, 1_111_111_111_000)).toBeUndefined();
    }
  });

  it('have secrets that people can type', () => {
    // RFC 4648, section 10, without the padding.
    expect(['f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => toBase32(Buffer.from(text)))).toEqual([
      'MY',
      'MZXQ',
      'MZXW6',
      'MZXW6YQ',
      'MZXW6YTB',
      'MZXW6YTBOI',
    ]);
  });
});
