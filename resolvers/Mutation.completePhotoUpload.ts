import { notAvailable } from './shared/errors.ts';

export function request() {
  notAvailable('completePhotoUpload', 'photo storage');
}

export function response() {
  return null;
}
