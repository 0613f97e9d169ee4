import { userId } from '../../support/social.ts';
import { publication, type Requests } from '../request.ts';
import type { World } from '../world.ts';

const TIME = '"2025-01-31T00:00:00Z"';

/** What publishComment answers leads from a comment to everything that members may see of each other. */
const published = (selection: string, path: string) => ({
  'what workers publish': ({ open, members: { owner } }: World) =>
    publication(
      `publishComment(input: { id: "c", body: "Hello", createdAt: ${TIME}, authorId: "${userId(owner)}", postId: "${open.id}" })`,
      `{ ${selection} }`,
      path,
    ),
});

/** Of a kind that has a post, a comment and people. */
const notified = (kind: 'LIKE' | 'COMMENT' | 'FOLLOW' | 'SYSTEM', type: string, selection: string, path: string) => ({
  'what workers publish': ({ open, comment, members: { owner, follower } }: World) =>
    publication(
      `publishNotification(input: {
        id: "n", kind: ${kind}, body: "Hello", recipientId: "${userId(owner)}", postId: "${open.id}", commentId: "${comment.id}"
        actorIds: ["${userId(follower)}"], actorCount: 1, createdAt: ${TIME}, updatedAt: ${TIME}
      })`,
      `{ ... on ${type} { ${selection} } }`,
      path,
    ),
});

export const publications: Requests = {
  'Mutation.publishComment': published('id', ''),
  'Mutation.publishNotification': {
    'what workers publish': ({ members: { owner } }) =>
      publication(
        `publishNotification(input: { id: "n", kind: SYSTEM, body: "Hello", recipientId: "${userId(owner)}", createdAt: ${TIME}, updatedAt: ${TIME} })`,
      ),
  },
  'Mutation.publishPhoto': {
    'what workers publish': ({ photo, members: { owner } }) =>
      publication(`publishPhoto(input: { id: "${photo.id}", ownerId: "${userId(owner)}", status: READY })`),
  },
  'Mutation.publishPostEngagement': {
    'what workers publish': ({ open }) =>
      publication(
        `publishPostEngagement(input: { postId: "${open.id}", likes: 1, comments: 2 })`,
        '{ stats { likes } }',
      ),
  },
  'Comment.author': published('author { id }', 'author'),
  'Comment.post': published('post { id }', 'post'),
  'Post.author': published('post { author { id } }', 'post.author'),
  'Post.photos': published('post { photos { id } }', 'post.photos'),
  'Post.stats': published('post { stats { likes } }', 'post.stats'),
  'Post.comments': published('post { comments { edges { node { id } } } }', 'post.comments'),
  'Post.likers': published('post { likers { edges { node { id } } } }', 'post.likers'),
  'User.posts': published('author { posts { edges { node { id } } } }', 'author.posts'),
  'User.followers': published('author { followers { edges { node { id } } } }', 'author.followers'),
  'User.following': published('author { following { edges { node { id } } } }', 'author.following'),
  'User.likedPosts': published('author { likedPosts { edges { cursor } } }', 'author.likedPosts'),
  'User.viewerFollows': published('author { viewerFollows }', 'author.viewerFollows'),
  'Hashtag.posts': published('post { hashtags { posts { edges { cursor } } } }', 'post.hashtags'),
  'PostEngagement.post': {
    'what workers publish': ({ open }) =>
      publication(
        `publishPostEngagement(input: { postId: "${open.id}", likes: 1, comments: 2 })`,
        '{ post { id } }',
        'post',
      ),
  },
  'LikeNotification.recipient': notified('LIKE', 'LikeNotification', 'recipient { id }', 'recipient'),
  'LikeNotification.post': notified('LIKE', 'LikeNotification', 'post { id }', 'post'),
  'LikeNotification.actors': notified('LIKE', 'LikeNotification', 'actors { id }', 'actors'),
  'CommentNotification.recipient': notified('COMMENT', 'CommentNotification', 'recipient { id }', 'recipient'),
  'CommentNotification.post': notified('COMMENT', 'CommentNotification', 'post { id }', 'post'),
  'CommentNotification.comment': notified('COMMENT', 'CommentNotification', 'comment { id }', 'comment'),
  'CommentNotification.actors': notified('COMMENT', 'CommentNotification', 'actors { id }', 'actors'),
  'FollowNotification.recipient': notified('FOLLOW', 'FollowNotification', 'recipient { id }', 'recipient'),
  'FollowNotification.actors': notified('FOLLOW', 'FollowNotification', 'actors { id }', 'actors'),
  'SystemNotification.recipient': notified('SYSTEM', 'SystemNotification', 'recipient { id }', 'recipient'),
  PhotoVariant: {
    'what workers publish': ({ photo, members: { owner } }) =>
      publication(
        `publishPhoto(input: {
          id: "${photo.id}", ownerId: "${userId(owner)}", status: READY, origin: "https://example.com", width: 640, height: 480
        })`,
        '{ variants { url } }',
        'variants',
      ),
  },
  PageInfo: published('post { comments { pageInfo { hasNextPage } } }', 'post.comments.pageInfo'),
  UserStats: published('author { stats { posts } }', 'author.stats'),
};
