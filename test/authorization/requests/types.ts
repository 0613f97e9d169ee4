import { globalId } from '../../support/social.ts';
import { ulid } from '../../support/ulid.ts';
import { mutation, query, type Request, type Requests } from '../request.ts';
import type { World } from '../world.ts';

const ofPost = (selection: string, path: string) => ({
  'a PUBLIC post': ({ open }: World) => query(`post(id: "${open.id}") { ${selection} }`, `post.${path}`),
});
const ofOwner = (selection: string, path: string) => ({
  'the owner': ({ members }: World) =>
    query(`user(handle: "${members.owner.handle}") { ${selection} }`, `user.${path}`),
});
const ofViewer = (selection: string, path: string) => ({
  'their own': () => query(`viewer { ${selection} }`, `viewer.${path}`),
});

const ofUpload = (selection: string, path: readonly string[]) => ({
  'any picture': (): Request => ({
    document: `mutation {
      startPhotoUpload(input: { idempotencyKey: "${ulid()}", contentType: "image/jpeg", bytes: 1000 }) {
        ticket { ${selection} }
      }
    }`,
    path: ['startPhotoUpload', 'ticket', ...path],
  }),
});

/** Types that no row for one of their fields stands for. */
export const types: Requests = {
  CommentConnection: ofPost('comments { pageInfo { hasNextPage } }', 'comments'),
  LikerConnection: ofPost('likers { pageInfo { hasNextPage } }', 'likers'),
  PostConnection: ofOwner('posts { pageInfo { hasNextPage } }', 'posts'),
  FollowConnection: ofOwner('followers { pageInfo { hasNextPage } }', 'followers'),
  LikedPostConnection: ofOwner('likedPosts { edges { likedAt } }', 'likedPosts'),
  PageInfo: ofPost('comments { pageInfo { hasNextPage } }', 'comments.pageInfo'),
  PostStats: ofPost('stats { likes }', 'stats'),
  UserStats: ofOwner('stats { posts }', 'stats'),
  FeedConnection: ofViewer('feed { edges { cursor } }', 'feed'),
  JobConnection: ofViewer('jobs { edges { cursor } }', 'jobs'),
  NotificationConnection: ofViewer('notifications { edges { cursor } }', 'notifications'),
  MediaCookie: ofViewer('mediaAccess { cookies { name } }', 'mediaAccess.cookies'),
  UserConnection: {
    'the owner': ({ members }) =>
      query(`searchUsers(prefix: "${members.owner.handle}") { edges { cursor } }`, 'searchUsers'),
  },
  CaseConnection: {
    'open cases': () => query('moderationQueue { pageInfo { hasNextPage } }', 'moderationQueue.pageInfo'),
  },
  CaseEvent: {
    "the owner's report": ({ report: { key } }) =>
      query(
        `node(id: "${globalId('ModerationCase', key)}") { ... on ModerationCase { history { action } } }`,
        'node.history',
      ),
  },
  ExportArchive: {
    "the owner's export": ({ exportJob }) =>
      query(`node(id: "${exportJob}") { ... on DataExport { archives { name } } }`, 'node.archives'),
  },
  PhotoVariant: {
    'a photo in a PUBLIC post': ({ open }) =>
      query(`post(id: "${open.id}") { photos { variants { url } } }`, 'post.photos'),
    'a photo in no post': ({ photo }) =>
      query(`node(id: "${photo.id}") { ... on Photo { variants { url } } }`, 'node.variants'),
  },
  UploadTicket: ofUpload('expiresAt', []),
  UploadField: ofUpload('fields { name }', ['fields']),
  UserError: { 'an empty post': () => mutation(`createPost(input: { idempotencyKey: "${ulid()}", body: "" })`) },
};
