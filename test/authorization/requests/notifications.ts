import { mutation, query, type Requests } from '../request.ts';

const TIME = '"2025-01-31T00:00:00Z"';

export const notifications: Requests = {
  'Query.node': { "the owner's notification": (world) => query(`node(id: "${world.notification}") { id }`, 'node') },
  'FollowNotification.actors': {
    "the owner's notification": ({ notification }) =>
      query(`node(id: "${notification}") { ... on FollowNotification { actors { id } } }`, 'node.actors'),
  },
  'FollowNotification.recipient': {
    "the owner's notification": ({ notification }) =>
      query(`node(id: "${notification}") { ... on FollowNotification { recipient { id } } }`, 'node.recipient'),
  },
  'LikeNotification.actors': {
    "the owner's notification": ({ likeNotification }) =>
      query(`node(id: "${likeNotification}") { ... on LikeNotification { actors { id } } }`, 'node.actors'),
  },
  'Mutation.markNotificationsRead': {
    'their own': () => mutation(`markNotificationsRead(upTo: ${TIME})`),
  },
};
