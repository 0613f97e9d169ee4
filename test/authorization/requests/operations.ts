import { ulid } from '../../support/ulid.ts';
import { mutation, query, type Requests } from '../request.ts';

export const operations: Requests = {
  'Query.serviceStatus': { 'the service': () => query('serviceStatus { rung }', 'serviceStatus') },
  'Query.page': {
    'the help': () => query('page(slug: "help") { slug }', 'page'),
    'a page that is not there': () => query('page(slug: "nothing") { slug }', 'page'),
  },
  // A key that is no ULID: it is refused, to those who may call it, before anything is sent to anybody.
  'Mutation.sendAnnouncement': {
    'any text': () =>
      mutation('sendAnnouncement(input: { idempotencyKey: "none", bodyEnglish: "Hello", bodyJapanese: "Hello" })'),
    // For those only whom it is refused.
    'a good text': () =>
      mutation(`sendAnnouncement(input: { idempotencyKey: "${ulid()}", bodyEnglish: "Hello", bodyJapanese: "Hello" })`),
  },
};
