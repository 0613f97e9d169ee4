import { notAvailable } from './shared/errors.ts';

export function request() {
  notAvailable('startPhotoUpload', 'photo storage');
}

export function response() {
  return null;
}
