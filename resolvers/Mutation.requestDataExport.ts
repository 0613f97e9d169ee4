import { notAvailable } from './shared/errors.ts';

export function request() {
  notAvailable('requestDataExport', 'a job queue and mail');
}

export function response() {
  return null;
}
