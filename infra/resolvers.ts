import type * as Schema from '../resolvers/generated/schema.ts';
import type { DataSourceName } from './dataSources.ts';

/** Pipeline steps, files of resolvers/functions, and the data source that each speaks to. */
export const functions = {
  requireActiveViewer: { dataSource: 'users_read' },
  loadClaimant: { dataSource: 'users_read' },
  findHandleOwner: { dataSource: 'users_read' },
  loadUser: { dataSource: 'users_read' },
  loadUsers: { dataSource: 'users_read' },
  queryUsersByPrefix: { dataSource: 'users_read' },
  exchangeHandle: { dataSource: 'handle_write' },
  writeProfile: { dataSource: 'users_write' },
  moveReadWatermark: { dataSource: 'users_write' },
  storeUnreadCount: { dataSource: 'users_write' },

  loadPost: { dataSource: 'posts_read' },
  loadPosts: { dataSource: 'posts_read' },
  loadArchiveNote: { dataSource: 'posts_read' },
  loadArchiveNotes: { dataSource: 'posts_read' },
  loadArchiveMonths: { dataSource: 'posts_read' },
  loadSubjectNote: { dataSource: 'posts_read' },
  readArchivedPost: { dataSource: 'archive_read' },
  readArchivedNodes: { dataSource: 'archive_read' },
  readArchivedMonth: { dataSource: 'archive_read' },
  queryPostsByAuthor: { dataSource: 'posts_read' },
  queryPostsByTag: { dataSource: 'posts_read' },
  putPost: { dataSource: 'posts_write' },
  putPostWithPhotos: { dataSource: 'post_photos_write' },
  erasePost: { dataSource: 'posts_write' },
  eraseArchivedPost: { dataSource: 'posts_write' },

  loadComment: { dataSource: 'comments_read' },
  queryComments: { dataSource: 'comments_read' },
  putComment: { dataSource: 'comments_write' },
  eraseComment: { dataSource: 'comments_write' },

  checkPostAccess: { dataSource: 'edges_read' },
  loadBlocks: { dataSource: 'edges_read' },
  loadFollows: { dataSource: 'edges_read' },
  loadAuthorRelation: { dataSource: 'edges_read' },
  queryFollowers: { dataSource: 'edges_read' },
  queryFollowing: { dataSource: 'edges_read' },
  queryLikedPosts: { dataSource: 'edges_read' },
  queryLikers: { dataSource: 'edges_read' },
  queryMutes: { dataSource: 'edges_read' },
  checkTarget: { dataSource: 'relation_read' },
  putFollow: { dataSource: 'edges_write' },
  putLike: { dataSource: 'edges_write' },
  putMute: { dataSource: 'edges_write' },
  deleteEdge: { dataSource: 'edges_write' },
  exchangeFollowsForBlock: { dataSource: 'block_write' },

  queryCelebrities: { dataSource: 'feed_read' },
  queryTimeline: { dataSource: 'feed_read' },
  mergeDigests: { dataSource: 'feed_read' },
  countUnread: { dataSource: 'notifications_read' },
  markAvatarPhoto: { dataSource: 'media_write' },
  putPhoto: { dataSource: 'media_write' },
  markUploaded: { dataSource: 'media_write' },
  issueEvidenceTicket: { dataSource: 'ask_tickets' },
  issuePhotoTicket: { dataSource: 'ask_tickets' },
  loadNodes: { dataSource: 'node_read' },

  loadTrending: { dataSource: 'ops_read' },
  loadCase: { dataSource: 'ops_read' },
  loadCases: { dataSource: 'ops_read' },
  loadJobs: { dataSource: 'ops_read' },
  queryCases: { dataSource: 'ops_read' },
  queryJobs: { dataSource: 'ops_read' },
  putCase: { dataSource: 'ops_write' },
  countEvidence: { dataSource: 'ops_write' },
  putAnnouncement: { dataSource: 'ops_write' },
  requireAccount: { dataSource: 'users_read' },
  loadNewestExport: { dataSource: 'ops_read' },
  putExport: { dataSource: 'job_write' },
  closeAccount: { dataSource: 'job_write' },
  carryOutDecision: { dataSource: 'decision_write' },
} as const satisfies Readonly<Record<string, { readonly dataSource: DataSourceName }>>;

type FunctionName = keyof typeof functions;
type Answer = { readonly dataSource: DataSourceName } | { readonly pipeline: readonly FunctionName[] };

/** The object types of the contract that resolvers answer fields of. The root types must be answered in full. */
type Roots = { Query: Schema.Query; Mutation: Schema.Mutation; Subscription: Schema.Subscription };
type Objects = {
  Viewer: Schema.Viewer;
  User: Schema.User;
  Post: Schema.Post;
  PostEngagement: Schema.PostEngagement;
  Comment: Schema.Comment;
  Photo: Schema.Photo;
  Hashtag: Schema.Hashtag;
  LikeNotification: Schema.LikeNotification;
  CommentNotification: Schema.CommentNotification;
  FollowNotification: Schema.FollowNotification;
  SystemNotification: Schema.SystemNotification;
  Report: Schema.Report;
  ModerationCase: Schema.ModerationCase;
  DataExport: Schema.DataExport;
};
type CoordinatesOf<Types> = { [Name in keyof Types & string]: `${Name}.${keyof Types[Name] & string}` }[keyof Types &
  string];
export type RootField = CoordinatesOf<Roots>;
export type NestedField = CoordinatesOf<Objects>;

/** What a global id leads to, in the tables or the archive. */
const node = ['loadNodes', 'loadArchiveNotes', 'readArchivedNodes'] as const;
/** Several ids may lead to several bundles. */
const nodes = [...node, 'readArchivedNodes', 'readArchivedNodes'] as const;
/** What decides whether the viewer may see them. 50 comments lead to 100 people. */
const nodeAccess = ['loadBlocks', 'loadBlocks', 'loadFollows'] as const;
const readPost = ['loadPost', 'loadArchiveNote', 'readArchivedPost', 'checkPostAccess'] as const;
const visiblePost = { pipeline: readPost } as const;
const actors = { pipeline: ['loadBlocks', 'loadUsers'] } as const;

/**
 * How each field is answered: resolvers/Type.field.ts, with one data source or around the steps of a pipeline. A field of
 * a root type without a row does not compile; other fields without one take the value that their parent's resolver gave.
 */
export const resolvers = {
  'Query.node': { pipeline: [...node, ...nodeAccess] },
  'Query.nodes': { pipeline: [...nodes, ...nodeAccess] },
  'Query.viewer': { dataSource: 'users_read' },
  'Query.user': { pipeline: ['findHandleOwner', 'loadUser', 'loadBlocks'] },
  'Query.post': visiblePost,
  'Query.hashtag': { dataSource: 'none' },
  'Query.searchUsers': { pipeline: ['queryUsersByPrefix', 'loadBlocks', 'loadUsers'] },
  'Query.trending': { pipeline: ['loadTrending', 'loadPosts', 'loadBlocks'] },
  'Query.page': { dataSource: 'pages_read' },
  'Query.moderationQueue': { pipeline: ['queryCases', 'loadCases'] },
  'Query.serviceStatus': { dataSource: 'none' },

  'Viewer.feed': {
    pipeline: ['queryCelebrities', 'queryMutes', 'queryTimeline', 'mergeDigests', 'loadPosts', 'loadFollows'],
  },
  'Viewer.notifications': { dataSource: 'notifications_read' },
  'Viewer.jobs': { pipeline: ['queryJobs', 'loadJobs'] },
  'Viewer.mediaAccess': { dataSource: 'ask_tickets' },

  'User.avatar': { dataSource: 'media_read' },
  'User.posts': {
    pipeline: [
      'queryPostsByAuthor',
      'loadArchiveMonths',
      'readArchivedMonth',
      'readArchivedMonth',
      'readArchivedMonth',
      'loadPosts',
      'loadAuthorRelation',
    ],
  },
  'User.followers': { pipeline: ['queryFollowers', 'loadBlocks', 'loadUsers'] },
  'User.following': { pipeline: ['queryFollowing', 'loadBlocks', 'loadUsers'] },
  'User.likedPosts': { pipeline: ['queryLikedPosts', 'loadPosts', 'loadBlocks'] },
  'User.viewerFollows': { dataSource: 'edges_read' },
  'User.viewerBlocks': { dataSource: 'edges_read' },
  'User.viewerMutes': { dataSource: 'edges_read' },

  'Post.author': { dataSource: 'users_read' },
  'Post.photos': { dataSource: 'media_read' },
  'Post.stats': { dataSource: 'posts_read' },
  'Post.comments': { pipeline: ['queryComments', 'loadBlocks'] },
  'Post.likers': { pipeline: ['queryLikers', 'loadBlocks', 'loadUsers'] },
  'Post.viewerHasLiked': { dataSource: 'edges_read' },
  'PostEngagement.post': visiblePost,
  'Comment.author': { dataSource: 'users_read' },
  'Comment.post': visiblePost,
  'Photo.owner': { dataSource: 'users_read' },
  'Photo.post': visiblePost,
  'Hashtag.posts': { pipeline: ['queryPostsByTag', 'loadPosts', 'loadBlocks'] },

  'LikeNotification.recipient': { dataSource: 'users_read' },
  'LikeNotification.post': visiblePost,
  'LikeNotification.actors': actors,
  'CommentNotification.recipient': { dataSource: 'users_read' },
  'CommentNotification.post': visiblePost,
  'CommentNotification.comment': { pipeline: ['loadComment', 'loadBlocks'] },
  'CommentNotification.actors': actors,
  'FollowNotification.recipient': { dataSource: 'users_read' },
  'FollowNotification.actors': actors,
  'SystemNotification.recipient': { dataSource: 'users_read' },

  'Report.subject': { pipeline: [...node, ...nodeAccess] },
  'ModerationCase.subject': { pipeline: node },
  'ModerationCase.reporter': { dataSource: 'users_read' },

  'DataExport.archives': { dataSource: 'export_links' },

  'Mutation.claimHandle': { pipeline: ['loadClaimant', 'exchangeHandle'] },
  'Mutation.updateProfile': { pipeline: ['markAvatarPhoto', 'writeProfile'] },
  'Mutation.updateSettings': { dataSource: 'users_write' },
  'Mutation.followUser': { pipeline: ['checkTarget', 'putFollow'] },
  'Mutation.unfollowUser': { pipeline: ['requireActiveViewer', 'deleteEdge', 'loadUser', 'loadBlocks'] },
  'Mutation.blockUser': { pipeline: ['checkTarget', 'exchangeFollowsForBlock'] },
  'Mutation.unblockUser': { pipeline: ['requireActiveViewer', 'deleteEdge', 'loadUser', 'loadBlocks'] },
  'Mutation.muteUser': { pipeline: ['checkTarget', 'putMute'] },
  'Mutation.unmuteUser': { pipeline: ['requireActiveViewer', 'deleteEdge', 'loadUser', 'loadBlocks'] },
  'Mutation.createPost': { pipeline: ['requireActiveViewer', 'putPost', 'putPostWithPhotos'] },
  'Mutation.deletePost': { pipeline: ['requireActiveViewer', 'erasePost', 'eraseArchivedPost'] },
  'Mutation.likePost': { pipeline: ['requireActiveViewer', ...readPost, 'putLike'] },
  'Mutation.unlikePost': { pipeline: ['requireActiveViewer', 'deleteEdge', ...readPost] },
  'Mutation.createComment': { pipeline: ['requireActiveViewer', ...readPost, 'putComment'] },
  'Mutation.deleteComment': { pipeline: ['requireActiveViewer', 'eraseComment'] },
  'Mutation.markNotificationsRead': { pipeline: ['moveReadWatermark', 'countUnread', 'storeUnreadCount'] },
  'Mutation.createReport': { pipeline: ['requireActiveViewer', ...node, ...nodeAccess, 'putCase'] },
  'Mutation.decideModeration': { pipeline: ['requireActiveViewer', 'loadCase', 'loadSubjectNote', 'carryOutDecision'] },

  'Mutation.startPhotoUpload': { pipeline: ['requireActiveViewer', 'putPhoto', 'issuePhotoTicket'] },
  'Mutation.completePhotoUpload': { pipeline: ['requireActiveViewer', 'markUploaded'] },

  'Mutation.startEvidenceUpload': { pipeline: ['requireActiveViewer', 'countEvidence', 'issueEvidenceTicket'] },
  'Mutation.sendAnnouncement': { pipeline: ['requireActiveViewer', 'putAnnouncement'] },
  'Mutation.requestDataExport': { pipeline: ['requireAccount', 'loadNewestExport', 'putExport'] },
  'Mutation.deleteAccount': { pipeline: ['requireAccount', 'closeAccount'] },

  'Mutation.publishNotification': { dataSource: 'none' },
  'Mutation.publishPostEngagement': { dataSource: 'none' },
  'Mutation.publishPhoto': { dataSource: 'none' },
  'Mutation.publishComment': { dataSource: 'none' },

  'Subscription.notificationReceived': { dataSource: 'none' },
  'Subscription.photoProcessed': { dataSource: 'media_read' },
  'Subscription.commentAdded': visiblePost,
  'Subscription.postEngagementChanged': visiblePost,
} as const satisfies Readonly<Record<RootField, Answer>> & Readonly<Partial<Record<NestedField, Answer>>>;
