import { notAvailable } from './shared/errors.ts';

export function request() {
  notAvailable('variants', 'photo storage');
}

export function response() {
  return null;
}
