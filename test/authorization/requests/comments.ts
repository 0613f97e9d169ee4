import { comment, post } from '../../support/social.ts';
import { ulid } from '../../support/ulid.ts';
import { mutation, query, type Requests } from '../request.ts';

export const comments: Requests = {
  'Query.node': {
    'a comment below a PUBLIC post': (world) => query(`node(id: "${world.comment.id}") { id }`, 'node'),
    'a comment below a FOLLOWERS post': (world) => query(`node(id: "${world.commentForFollowers.id}") { id }`, 'node'),
  },
  'Post.comments': {
    'a comment of somebody else': ({ open, otherComment }) =>
      query(`post(id: "${open.id}") { comments { edges { node { id } } } }`, 'post.comments', otherComment.id),
  },
  'Comment.author': {
    'a comment of the owner': ({ open }) =>
      query(`post(id: "${open.id}") { comments { edges { node { author { id } } } } }`, 'post.comments'),
  },
  'Comment.post': {
    'a comment below a PUBLIC post': (world) =>
      query(`node(id: "${world.comment.id}") { ... on Comment { post { id } } }`, 'node.post'),
  },
  'Mutation.createComment': {
    'a PUBLIC post': ({ open }) =>
      mutation(`createComment(input: { idempotencyKey: "${ulid()}", postId: "${open.id}", body: "Nice" })`),
    'a FOLLOWERS post': ({ followersOnly }) =>
      mutation(`createComment(input: { idempotencyKey: "${ulid()}", postId: "${followersOnly.id}", body: "Nice" })`),
  },
  'Mutation.deleteComment': {
    "somebody else's comment below the owner's post": async ({ members: { owner }, commenter }) =>
      mutation(`deleteComment(id: "${(await comment(commenter, await post(owner))).id}")`),
    'a comment of the owner': async ({ members: { owner } }) =>
      mutation(`deleteComment(id: "${(await comment(owner, await post(owner))).id}")`),
  },
};
