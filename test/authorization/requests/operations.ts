import { mutation, query, type Requests } from '../request.ts';

export const operations: Requests = {
  'Query.serviceStatus': { 'the service': () => query('serviceStatus { rung }', 'serviceStatus') },
  'Query.page': { 'the help': () => query('page(slug: "help") { slug }', 'page') },
  // A key that is no ULID: it is refused, to those who may call it, before anything is sent to anybody.
  'Mutation.sendAnnouncement': {
    'any text': () =>
      mutation('sendAnnouncement(input: { idempotencyKey: "none", bodyEnglish: "Hello", bodyJapanese: "Hello" })'),
  },
};
