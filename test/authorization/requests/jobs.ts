import { mutation, query, type Requests } from '../request.ts';

export const jobs: Requests = {
  'Query.node': { "the owner's export": ({ exportJob }) => query(`node(id: "${exportJob}") { id }`, 'node') },
  'DataExport.archives': {
    "the owner's export": ({ exportJob }) =>
      query(`node(id: "${exportJob}") { ... on DataExport { archives { url } } }`, 'node.archives'),
  },
  // The owner has asked for one a moment ago.
  'Mutation.requestDataExport': { 'their own': () => mutation('requestDataExport') },
};
