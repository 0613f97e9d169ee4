import { like, post } from '../../support/social.ts';
import { mutation, query, type Requests } from '../request.ts';
import { ulid } from '../../support/ulid.ts';

const visible = 'edges { node { id } }';

export const posts: Requests = {
  'Query.post': {
    'a PUBLIC post': ({ open }) => query(`post(id: "${open.id}") { id }`, 'post'),
    'a FOLLOWERS post': ({ followersOnly }) => query(`post(id: "${followersOnly.id}") { id }`, 'post'),
    'a deleted post': ({ deleted }) => query(`post(id: "${deleted.id}") { id }`, 'post'),
  },
  'Query.node': {
    'a PUBLIC post': ({ open }) => query(`node(id: "${open.id}") { id }`, 'node'),
    'a FOLLOWERS post': ({ followersOnly }) => query(`node(id: "${followersOnly.id}") { id }`, 'node'),
    'a deleted post': ({ deleted }) => query(`node(id: "${deleted.id}") { id }`, 'node'),
  },
  'Query.nodes': {
    'a PUBLIC post': ({ open, followersOnly }) =>
      query(`nodes(ids: ["${open.id}", "${followersOnly.id}"]) { id }`, 'nodes', open.id),
    'a FOLLOWERS post': ({ open, followersOnly }) =>
      query(`nodes(ids: ["${open.id}", "${followersOnly.id}"]) { id }`, 'nodes', followersOnly.id),
  },
  'Query.hashtag': { 'any name': ({ hashtag }) => query(`hashtag(name: "${hashtag}") { name }`, 'hashtag') },
  'Query.trending': { today: () => query(`trending { ${visible} }`, 'trending') },
  'Hashtag.posts': {
    'a PUBLIC post': ({ hashtag, open }) =>
      query(`hashtag(name: "${hashtag}") { posts { ${visible} } }`, 'hashtag.posts', open.id),
    'a FOLLOWERS post': ({ hashtag, followersOnly }) =>
      query(`hashtag(name: "${hashtag}") { posts { ${visible} } }`, 'hashtag.posts', followersOnly.id),
  },
  'User.posts': {
    'a PUBLIC post': ({ members: { owner }, open }) =>
      query(`user(handle: "${owner.handle}") { posts(first: 50) { ${visible} } }`, 'user.posts', open.id),
    'a FOLLOWERS post': ({ members: { owner }, followersOnly }) =>
      query(`user(handle: "${owner.handle}") { posts(first: 50) { ${visible} } }`, 'user.posts', followersOnly.id),
  },
  'User.likedPosts': {
    'a PUBLIC post': ({ members: { owner }, open }) =>
      query(`user(handle: "${owner.handle}") { likedPosts { ${visible} } }`, 'user.likedPosts', open.id),
    'a FOLLOWERS post': ({ members: { owner }, followersOnly }) =>
      query(`user(handle: "${owner.handle}") { likedPosts { ${visible} } }`, 'user.likedPosts', followersOnly.id),
  },
  'Post.author': { 'a PUBLIC post': ({ open }) => query(`post(id: "${open.id}") { author { id } }`, 'post.author') },
  'Post.photos': {
    'a PUBLIC post': ({ open, shownPhoto }) =>
      query(`post(id: "${open.id}") { photos { id } }`, 'post.photos', shownPhoto.id),
  },
  'Post.stats': { 'a PUBLIC post': ({ open }) => query(`post(id: "${open.id}") { stats { likes } }`, 'post.stats') },
  'Post.likers': {
    'a PUBLIC post': ({ open }) => query(`post(id: "${open.id}") { likers { ${visible} } }`, 'post.likers'),
  },
  'Post.comments': {
    'a PUBLIC post': ({ open, comment }) =>
      query(`post(id: "${open.id}") { comments { ${visible} } }`, 'post.comments', comment.id),
  },
  'Post.viewerHasLiked': {
    'a PUBLIC post': ({ open }) => query(`post(id: "${open.id}") { viewerHasLiked }`, 'post.viewerHasLiked'),
  },
  'Mutation.createPost': {
    'any text': () => mutation(`createPost(input: { idempotencyKey: "${ulid()}", body: "Hello" })`),
    'a photo of the owner': ({ photo }) =>
      mutation(`createPost(input: { idempotencyKey: "${ulid()}", body: "Hello", photoIds: ["${photo.id}"] })`),
  },
  'Mutation.deletePost': {
    'a post of the owner': async ({ members: { owner } }) => mutation(`deletePost(id: "${(await post(owner)).id}")`),
  },
  'Mutation.likePost': {
    'a PUBLIC post': ({ open }) => mutation(`likePost(postId: "${open.id}")`),
    'a FOLLOWERS post': ({ followersOnly }) => mutation(`likePost(postId: "${followersOnly.id}")`),
  },
  'Mutation.unlikePost': {
    'a PUBLIC post': async ({ members: { owner } }) => {
      const written = await post(owner);
      await like(owner, written);
      return mutation(`unlikePost(postId: "${written.id}")`);
    },
  },
};
