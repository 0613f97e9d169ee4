import { notAvailable } from './shared/errors.ts';

export function request() {
  notAvailable('mediaAccess', 'photo storage and a key to sign cookies with');
}

export function response() {
  return null;
}
