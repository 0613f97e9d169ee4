import { notAvailable } from './shared/errors.ts';

export function request() {
  notAvailable('sendAnnouncement', 'a mail queue');
}

export function response() {
  return null;
}
