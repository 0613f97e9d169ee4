import { notAvailable } from './shared/errors.ts';

export function request() {
  notAvailable('deleteAccount', 'a job queue');
}

export function response() {
  return null;
}
