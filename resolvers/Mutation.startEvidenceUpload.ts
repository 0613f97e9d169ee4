import { notAvailable } from './shared/errors.ts';

export function request() {
  notAvailable('startEvidenceUpload', 'evidence storage');
}

export function response() {
  return null;
}
