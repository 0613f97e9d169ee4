import { notAvailable } from './shared/errors.ts';

export function request() {
  notAvailable('page', 'a store for files');
}

export function response() {
  return null;
}
