import { mutation, query, type Requests } from '../request.ts';

const viewerField = (selection: string, path: string) => ({
  'their own': () => query(`viewer { ${selection} }`, `viewer.${path}`),
});

export const viewer: Requests = {
  'Query.viewer': { 'their own': () => query('viewer { unreadNotificationCount }', 'viewer') },
  'Viewer.feed': {
    ...viewerField('feed { edges { cursor } }', 'feed'),
    'a FOLLOWERS post': ({ followersOnly }) =>
      query('viewer { feed(first: 50) { edges { node { id } } } }', 'viewer.feed', followersOnly.id),
  },
  'Viewer.notifications': {
    "the owner's": ({ notification }) =>
      query('viewer { notifications { edges { node { id } } } }', 'viewer.notifications', notification),
  },
  'Viewer.settings': viewerField('settings { language }', 'settings'),
  'Viewer.jobs': {
    "the owner's": ({ exportJob }) => query('viewer { jobs { edges { node { id } } } }', 'viewer.jobs', exportJob),
  },
  'Viewer.mediaAccess': viewerField('mediaAccess { expiresAt }', 'mediaAccess'),
  'Mutation.updateSettings': { 'their own': () => mutation('updateSettings(input: { notifyLikes: true })') },
};
