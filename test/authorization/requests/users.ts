import { mutation, query, type Requests } from '../request.ts';
import { userId } from '../../support/social.ts';
import type { World } from '../world.ts';

const owner = ({ members }: World): string => `user(handle: "${members.owner.handle}")`;
const of = (world: World, selection: string, path: string) => query(`${owner(world)} { ${selection} }`, `user.${path}`);

/** Of somebody whom nobody has anything to do with. */
const towards = (field: string) => ({
  'somebody else': ({ bystander }: World) => mutation(`${field}(userId: "${userId(bystander)}")`),
});

export const users: Requests = {
  'Query.user': { 'the owner': (world) => query(`${owner(world)} { id }`, 'user') },
  'Query.searchUsers': {
    'the owner': ({ members }) =>
      query(
        `searchUsers(prefix: "${members.owner.handle}") { edges { node { id } } }`,
        'searchUsers',
        userId(members.owner),
      ),
  },
  'Query.node': { 'the owner': ({ members }) => query(`node(id: "${userId(members.owner)}") { id }`, 'node') },
  'User.avatar': { 'the owner, who has none': (world) => of(world, 'avatar { id }', 'avatar') },
  'User.followers': {
    'the owner': (world) => of(world, 'followers { edges { node { id } } }', 'followers'),
  },
  'User.following': {
    'the owner': (world) => of(world, 'following { edges { node { id } } }', 'following'),
  },
  'User.viewerFollows': { 'the owner': (world) => of(world, 'viewerFollows', 'viewerFollows') },
  'User.viewerBlocks': { 'the owner': (world) => of(world, 'viewerBlocks', 'viewerBlocks') },
  'User.viewerMutes': { 'the owner': (world) => of(world, 'viewerMutes', 'viewerMutes') },
  'Mutation.claimHandle': {
    'a handle of the owner': ({ members }) => mutation(`claimHandle(handle: "${members.owner.handle}")`),
  },
  'Mutation.updateProfile': {
    'their own': () => mutation('updateProfile(input: { bio: "Hello" })'),
    'a picture of the owner': ({ photo }) => mutation(`updateProfile(input: { avatarPhotoId: "${photo.id}" })`),
  },
  'Mutation.followUser': {
    ...towards('followUser'),
    // The owner's own followers stay as they are: other rows count on them.
    'somebody who has blocked the member of the column blocked': ({ commenter }) =>
      mutation(`followUser(userId: "${userId(commenter)}")`),
  },
  'Mutation.unfollowUser': towards('unfollowUser'),
  'Mutation.muteUser': towards('muteUser'),
  'Mutation.unmuteUser': towards('unmuteUser'),
  'Mutation.blockUser': towards('blockUser'),
  'Mutation.unblockUser': towards('unblockUser'),
  'Mutation.deleteAccount': {
    "the owner's handle as the proof": ({ members }, who) =>
      // The owner stays.
      mutation(`deleteAccount(confirmHandle: "${who === 'owner' ? 'another' : members.owner.handle}")`),
  },
};
