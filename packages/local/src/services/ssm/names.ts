import type { Account } from '../../aws/account.ts';
import { AwsError, NotEmulated } from '../../aws/error.ts';

/** What a request names: a parameter, and perhaps one of its versions. */
export interface ParameterReference {
  readonly name: string;
  /** `:3` as it was written, or empty. */
  readonly selector: string;
  readonly version: number | null;
}

const MAX_LEVELS = 15;

/** `NAME`, `NAME:VERSION` or the ARN of either. Throws `ValidationException`. */
export function parseReference(text: string): ParameterReference {
  const own = /^arn:aws:ssm:[^:]*:[^:]*:parameter(\/.*)$/.exec(text)?.[1];
  const named = own ?? text;
  const colon = named.indexOf(':');
  const name = colon < 0 ? named : named.slice(0, colon);
  checkName(name);
  if (colon < 0) return { name, selector: '', version: null };
  const selector = named.slice(colon);
  if (!/^:\d{1,9}$/.test(selector)) throw new NotEmulated(`ssm: the label ${selector.slice(1)}`);
  return { name, selector, version: Number(selector.slice(1)) };
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
export function checkName(name: string): void {
  const wrong = nameProblem(name);
  if (wrong !== null) throw new AwsError('ValidationException', `Parameter name: ${wrong}`);
}

export function nameProblem(name: string): string | null {
  if (!/^\/?[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/.test(name) || name.length > 1_011) {
    return 'can be up to 1,011 letters, digits, "_", ".", "-", and "/" between them; a hierarchy begins with "/"';
  }
  if (!name.startsWith('/') && name.includes('/')) return 'must be a fully qualified name: a hierarchy begins with "/"';
  if (/^\/?(aws|ssm)/i.test(name)) return `can't be prefixed with "aws" or "ssm" (case-insensitive)`;
  if (name.split('/').length - 1 > MAX_LEVELS) return `can have no more than ${MAX_LEVELS} levels`;
  return null;
}

/** The name's own slash is the one that divides it from `parameter`. */
export function parameterArn({ region, accountId }: Account, name: string): string {
  return `arn:aws:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
}
