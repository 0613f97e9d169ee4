import { createHmac, timingSafeEqual } from 'node:crypto';
import { sha256Hex } from './canonicalRequest.ts';
import type { SignatureClaim } from './signatureClaim.ts';

/** How far a request's date may be from the wall clock. */
export const MAX_CLOCK_SKEW_MINUTES = 15;

type Signed = Pick<SignatureClaim, 'date' | 'scope'>;

export function scopeText({ scope }: Pick<Signed, 'scope'>): string {
  return `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
}

/** The string to sign of Signature Version 4 for a canonical request. */
export function stringToSign(signed: Signed, canonicalRequest: string): string {
  return ['AWS4-HMAC-SHA256', signed.date, scopeText(signed), sha256Hex(canonicalRequest)].join('\n');
}

/** Signs with the key that is derived from the secret for one day, region and service. */
export function signText({ scope }: Pick<Signed, 'scope'>, text: string, secretAccessKey: string): string {
  const parts = [scope.date, scope.region, scope.service, 'aws4_request'];
  const key = parts.reduce<Buffer | string>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  return hmac(key, text).toString('hex');
}

const hmac = (key: Buffer | string, data: string): Buffer => createHmac('sha256', key).update(data).digest();

export function equalInConstantTime(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** `20261122T093929Z`, as in `X-Amz-Date`. */
export const basicDate = (epochMilliseconds: number): string =>
  new Date(epochMilliseconds).toISOString().replace(/[-:]|\.\d{3}/g, '');

export function parseBasicDate(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
