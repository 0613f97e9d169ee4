export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** ISO 8601 date and time with a compulsory offset, `2025-01-31T12:30:00.000Z`. */
  AWSDateTime: { input: string; output: string; }
  /** A URL with a scheme. */
  AWSURL: { input: string; output: string; }
};

/**
 * Erases what a member wrote and what the service knows of the member. The job itself stays for 180 days, as the record that it
 * was done.
 */
export type AccountDeletion = Job & Node & {
  /** When it was asked for. */
  createdAt: Scalars['AWSDateTime']['output'];
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** How far it is. */
  status: JobStatus;
};

/** A text of the operators to everyone: a notification, and a mail to those who receive digests. */
export type Announcement = {
  /** 1-1,000 bytes of UTF-8, for recipients whose language is EN. */
  bodyEnglish: Scalars['String']['output'];
  /** 1-1,000 bytes of UTF-8, for recipients whose language is JA. */
  bodyJapanese: Scalars['String']['output'];
  /** When it was asked for. */
  createdAt: Scalars['AWSDateTime']['output'];
  /** Opaque. */
  id: Scalars['ID']['output'];
};

/** Outcome of blockUser. */
export type BlockUserPayload = {
  /** Who is blocked now; null when refused. */
  user: Maybe<User>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** A page of the queue. */
export type CaseConnection = {
  /** At most 50; fewer than asked when some were filtered out. */
  edges: Array<CaseEdge>;
  /** Judged before filters. */
  pageInfo: PageInfo;
};

/** One case in the queue. */
export type CaseEdge = {
  /** For `after` and `before` of the same list. */
  cursor: Scalars['String']['output'];
  /** Whole, whatever its status. */
  node: ModerationCase;
};

/** One entry of the audit trail. Never changed or removed while the case exists. */
export type CaseEvent = {
  /** What was done: `REPORTED`, or a decision. */
  action: Scalars['String']['output'];
  /** By the service's clock. */
  at: Scalars['AWSDateTime']['output'];
  /** At most 1,000 bytes of UTF-8; null when none was left. */
  note: Maybe<Scalars['String']['output']>;
};

/** How far a case is. */
export type CaseStatus =
  /** Final. */
  | 'DECIDED'
  /** Waits for a decision. */
  | 'OPEN';

/** Outcome of claimHandle. */
export type ClaimHandlePayload = {
  /** The profile with its new handle; null when refused. */
  user: Maybe<User>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** A remark on a post, seen by whoever may read the post and is not in a block with the remark's author. Immutable. */
export type Comment = Node & {
  /** A tombstone after the account was deleted; null when it could not be read. */
  author: Maybe<User>;
  /** 1-500 bytes of UTF-8, which is about 166 Japanese characters. */
  body: Scalars['String']['output'];
  /** The time in the idempotency key it was created with; lists are sorted by it, to the millisecond. */
  createdAt: Scalars['AWSDateTime']['output'];
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** What it was written under; null when that was deleted or the viewer may not read it. */
  post: Maybe<Post>;
};

/** A page of comments. */
export type CommentConnection = {
  /** At most 50; fewer than asked when some were filtered out. */
  edges: Array<CommentEdge>;
  /** Judged before filters. */
  pageInfo: PageInfo;
};

/** One comment in a page. */
export type CommentEdge = {
  /** For `after` and `before` of the same list. */
  cursor: Scalars['String']['output'];
  /** Visible to the viewer when the page was read. */
  node: Comment;
};

/** People commented on a post of the recipient. */
export type CommentNotification = Node & Notification & {
  /** How many people in all, 1 or more. */
  actorCount: Scalars['Int']['output'];
  /** Newest first, at most 10, without people in a block with the recipient; null when they could not be read. */
  actors: Maybe<Array<User>>;
  /** The newest; null once deleted. */
  comment: Maybe<Comment>;
  /** When the first event happened. */
  createdAt: Scalars['AWSDateTime']['output'];
  /** Opaque; answered to the recipient only. */
  id: Scalars['ID']['output'];
  /** One of the recipient's own; null once deleted. */
  post: Maybe<Post>;
  /** The read watermark that covers it, see markNotificationsRead; null while unread. */
  readAt: Maybe<Scalars['AWSDateTime']['output']>;
  /** Whose it is; null when it could not be read. */
  recipient: Maybe<User>;
  /** When the latest event happened. */
  updatedAt: Scalars['AWSDateTime']['output'];
};

/** Orders of a comment list. */
export type CommentOrder =
  /** As a preview shows them. */
  | 'NEWEST_FIRST'
  /** As a conversation is read. */
  | 'OLDEST_FIRST';

/** Outcome of completePhotoUpload. */
export type CompletePhotoUploadPayload = {
  /** PROCESSING or later; null when refused. */
  photo: Maybe<Photo>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** A comment to be published. */
export type CreateCommentInput = {
  /** 1-500 bytes of UTF-8, not blank. */
  body: Scalars['String']['input'];
  /** A ULID made by the client, whose time lies within 5 minutes of the service's clock. It becomes part of the comment's id. */
  idempotencyKey: Scalars['ID']['input'];
  /** Of the post to comment on. */
  postId: Scalars['ID']['input'];
};

/** Outcome of createComment. */
export type CreateCommentPayload = {
  /** As stored; null when refused. */
  comment: Maybe<Comment>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** A post to be published. */
export type CreatePostInput = {
  /** 1-1,000 bytes of UTF-8, not blank. Words after `#` or `＃` become hashtags, at most 10. */
  body: Scalars['String']['input'];
  /** A ULID made by the client, whose time lies within 5 minutes of the service's clock. It becomes part of the post's id. */
  idempotencyKey: Scalars['ID']['input'];
  /** At most 4 READY photos of the viewer with `altText`, each part of no other post, in the order of display. */
  photoIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Cannot be changed afterwards. */
  visibility?: PostVisibility;
};

/** Outcome of createPost. */
export type CreatePostPayload = {
  /** As stored; null when refused. */
  post: Maybe<Post>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** A complaint to be made. */
export type CreateReportInput = {
  /** At most 1,000 bytes of UTF-8. */
  details?: InputMaybe<Scalars['String']['input']>;
  /** A ULID made by the client, whose time lies within 5 minutes of the service's clock. It becomes part of the report's id. */
  idempotencyKey: Scalars['ID']['input'];
  /** The closest one. */
  reason: ReportReason;
  /** Of a post, comment, user or photo that the viewer can see. */
  subjectId: Scalars['ID']['input'];
};

/** Outcome of createReport. */
export type CreateReportPayload = {
  /** As stored; null when refused. */
  report: Maybe<Report>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/**
 * Collects what the service keeps about the viewer: profile, settings, posts, comments, likes, follows, blocks, mutes,
 * notifications, photos and reports.
 */
export type DataExport = Job & Node & {
  /**
   * What to download: null until the export is DONE, empty from 7 days after that on. One zip file of texts for each 64 MB
   * of them, and one of pictures for each 50.
   */
  archives: Maybe<Array<ExportArchive>>;
  /** When it was asked for. */
  createdAt: Scalars['AWSDateTime']['output'];
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** How far it is. */
  status: JobStatus;
};

/** Outcome of decideModeration. */
export type DecideModerationPayload = {
  /** As stored; null when refused. */
  case: Maybe<ModerationCase>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** What moderators decide. */
export type Decision =
  /** Nothing is wrong; nothing changes. */
  | 'DISMISS'
  /** Takes the post, comment or photo away for good. Not for users. */
  | 'REMOVE_SUBJECT'
  /** Removes nothing; whoever owns the subject can no longer write. */
  | 'SUSPEND_OWNER';

/** Outcome of deleteAccount. */
export type DeleteAccountPayload = {
  /** Follows the deletion; null when refused. */
  job: Maybe<Job>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** Outcome of deleteComment. */
export type DeleteCommentPayload = {
  /** What was deleted, so that caches can drop it; null when refused. */
  id: Maybe<Scalars['ID']['output']>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** Outcome of deletePost. */
export type DeletePostPayload = {
  /** What was deleted, so that caches can drop it; null when refused. */
  id: Maybe<Scalars['ID']['output']>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** How often mail is sent. */
export type DigestFrequency =
  /** At seven in the morning in Japan, of what is unread and happened since the day before; nothing, if there is none. */
  | 'DAILY'
  /** No mail. */
  | 'NEVER'
  /** The same on Mondays, of the week. */
  | 'WEEKLY';

/** Why a mutation was refused. New values may be added; treat unknown ones as INVALID. */
export type ErrorCode =
  /** A moderator suspended the account, or its owner deleted it: it can read but not write. */
  | 'ACCOUNT_NOT_ACTIVE'
  /** The case has been decided before. */
  | 'ALREADY_DECIDED'
  /** The photo has no text for those who do not see it: upload it again with `altText`. */
  | 'ALT_TEXT_REQUIRED'
  /** The post is in the archive, where it can be read and deleted, but no longer liked or commented on. */
  | 'ARCHIVED'
  /** Empty, or nothing but white space. */
  | 'BLANK'
  /** One of the two users has blocked the other. */
  | 'BLOCKED'
  /** Another request changed the same object at the same time; the same request can succeed when sent again. */
  | 'CONFLICT'
  /** Not a ULID, or its time is more than 5 minutes away from the service's clock. */
  | 'IDEMPOTENCY_KEY_INVALID'
  /** The key belongs to something another user created. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** Not of the form that the field's description asks for. */
  | 'INVALID'
  /** There are as many as are allowed. */
  | 'LIMIT_REACHED'
  /** The object does not exist, or the viewer may not know that it does. */
  | 'NOT_FOUND'
  /** Only the owner may do this. */
  | 'NOT_OWNER'
  /** The photo is not READY, belongs to somebody else, or is part of another post. */
  | 'PHOTO_NOT_USABLE'
  /** The viewer has no profile yet: claim a handle first. */
  | 'PROFILE_REQUIRED'
  /** One cannot do this to oneself. */
  | 'SELF'
  /** Somebody else holds this handle. */
  | 'TAKEN'
  /** Over the limit, which the message gives in the same unit as the size found. */
  | 'TOO_LONG'
  /** Asked for again before the time that the message gives. */
  | 'TOO_SOON';

/** One zip file of an export. */
export type ExportArchive = {
  /** Its size. */
  bytes: Scalars['Int']['output'];
  /** What to save it as. */
  name: Scalars['String']['output'];
  /** Opens the file for whoever has it, for 5 minutes; ask again for another one. */
  url: Scalars['AWSURL']['output'];
};

/** A page of the feed. */
export type FeedConnection = {
  /** At most 50; fewer than asked when some were filtered out. */
  edges: Array<FeedEdge>;
  /** Judged before filters. */
  pageInfo: PageInfo;
};

/** One post in the feed. */
export type FeedEdge = {
  /** For `after` and `before` of the same list. */
  cursor: Scalars['String']['output'];
  /** Visible to the viewer when the page was read. */
  node: Post;
};

/** A page of people with the time at which the follow was made. */
export type FollowConnection = {
  /** At most 50; fewer than asked when some were filtered out. */
  edges: Array<FollowEdge>;
  /** Judged before filters. */
  pageInfo: PageInfo;
};

/** One follow. */
export type FollowEdge = {
  /** For `after` and `before` of the same list. */
  cursor: Scalars['String']['output'];
  /** When the follow was made; a renewed follow counts from its renewal. */
  followedAt: Scalars['AWSDateTime']['output'];
  /** Never a tombstone. */
  node: User;
};

/** People followed the recipient. */
export type FollowNotification = Node & Notification & {
  /** How many people in all, 1 or more. */
  actorCount: Scalars['Int']['output'];
  /** Newest first, at most 10, without people in a block with the recipient; null when they could not be read. */
  actors: Maybe<Array<User>>;
  /** When the first event happened. */
  createdAt: Scalars['AWSDateTime']['output'];
  /** Opaque; answered to the recipient only. */
  id: Scalars['ID']['output'];
  /** The read watermark that covers it, see markNotificationsRead; null while unread. */
  readAt: Maybe<Scalars['AWSDateTime']['output']>;
  /** Whose it is; null when it could not be read. */
  recipient: Maybe<User>;
  /** When the latest event happened. */
  updatedAt: Scalars['AWSDateTime']['output'];
};

/** Outcome of followUser. */
export type FollowUserPayload = {
  /** Who is followed now; null when refused. */
  user: Maybe<User>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** A word that posts are gathered under. Every valid name has one, used or not. */
export type Hashtag = Node & {
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** 1-50 letters, digits or underscores of any script, in Unicode's NFKC form and lower case, without the mark. */
  name: Scalars['String']['output'];
  /** PUBLIC posts only, newest first, at most 50 a page; new ones show up after seconds. `InvalidArgument` for bad bounds. */
  posts: Maybe<PostConnection>;
};


/** A word that posts are gathered under. Every valid name has one, used or not. */
export type HashtagPostsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** Work that takes longer than a request. Answered to its owner only; kept for 180 days. */
export type Job = {
  /** When it was asked for. */
  createdAt: Scalars['AWSDateTime']['output'];
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** How far it is. */
  status: JobStatus;
};

/** A page of jobs. */
export type JobConnection = {
  /** At most 50; fewer than asked when some were filtered out. */
  edges: Array<JobEdge>;
  /** Judged before filters. */
  pageInfo: PageInfo;
};

/** One job in a page. */
export type JobEdge = {
  /** For `after` and `before` of the same list. */
  cursor: Scalars['String']['output'];
  /** Of any kind. */
  node: Job;
};

/** Life of a job. */
export type JobStatus =
  /** Succeeded. */
  | 'DONE'
  /** Gave up after several attempts; may be asked for again, and the operators can have it go on where it ended. */
  | 'FAILED'
  /** Waits for a worker. */
  | 'QUEUED'
  /** A worker is at it. */
  | 'RUNNING';

/** Languages that the service itself speaks; posts may be in any. */
export type Language =
  /** English. */
  | 'EN'
  /** 日本語. */
  | 'JA';

/** People liked a post of the recipient. */
export type LikeNotification = Node & Notification & {
  /** How many people in all, 1 or more. */
  actorCount: Scalars['Int']['output'];
  /** Newest first, at most 10, without people in a block with the recipient; null when they could not be read. */
  actors: Maybe<Array<User>>;
  /** When the first event happened. */
  createdAt: Scalars['AWSDateTime']['output'];
  /** Opaque; answered to the recipient only. */
  id: Scalars['ID']['output'];
  /** One of the recipient's own; null once deleted. */
  post: Maybe<Post>;
  /** The read watermark that covers it, see markNotificationsRead; null while unread. */
  readAt: Maybe<Scalars['AWSDateTime']['output']>;
  /** Whose it is; null when it could not be read. */
  recipient: Maybe<User>;
  /** When the latest event happened. */
  updatedAt: Scalars['AWSDateTime']['output'];
};

/** Outcome of likePost. */
export type LikePostPayload = {
  /** What is liked now, with counters that may not include this like yet; null when refused. */
  post: Maybe<Post>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** A page of posts that somebody likes. */
export type LikedPostConnection = {
  /** At most 50; fewer than asked when some were filtered out. */
  edges: Array<LikedPostEdge>;
  /** Judged before filters. */
  pageInfo: PageInfo;
};

/** One like, seen from the person. */
export type LikedPostEdge = {
  /** For `after` and `before` of the same list. */
  cursor: Scalars['String']['output'];
  /** When the like was given; a renewed like counts from its renewal. */
  likedAt: Scalars['AWSDateTime']['output'];
  /** PUBLIC, or the viewer's own. */
  node: Post;
};

/** A page of people who like a post. */
export type LikerConnection = {
  /** At most 50; fewer than asked when some were filtered out. */
  edges: Array<LikerEdge>;
  /** Judged before filters. */
  pageInfo: PageInfo;
};

/** One like, seen from the post. */
export type LikerEdge = {
  /** For `after` and `before` of the same list. */
  cursor: Scalars['String']['output'];
  /** When the like was given; a renewed like counts from its renewal. */
  likedAt: Scalars['AWSDateTime']['output'];
  /** Never a tombstone. */
  node: User;
};

/** Outcome of markNotificationsRead. */
export type MarkNotificationsReadPayload = {
  /** The watermark as stored, which may be later than the one asked for; null when refused. */
  readUpTo: Maybe<Scalars['AWSDateTime']['output']>;
  /** What is left unread, 100 standing for 100 or more; null when refused. */
  unreadNotificationCount: Maybe<Scalars['Int']['output']>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** Cookies that open the CDN's copies of photos that are not public. */
export type MediaAccess = {
  /** To be set on the CDN's domain for the path `/media/members/`; exactly 3. */
  cookies: Array<MediaCookie>;
  /** 60 minutes after they were issued. */
  expiresAt: Scalars['AWSDateTime']['output'];
};

/** One signed cookie. */
export type MediaCookie = {
  /** As CloudFront expects it. */
  name: Scalars['String']['output'];
  /** Secret: whoever has it sees what the viewer sees. */
  value: Scalars['String']['output'];
};

/** A complaint, as moderators see it. */
export type ModerationCase = Node & {
  /** The time in the idempotency key the report was created with. */
  createdAt: Scalars['AWSDateTime']['output'];
  /** Null until decided. */
  decision: Maybe<Decision>;
  /** At most 1,000 bytes of UTF-8; null when the reporter gave none. */
  details: Maybe<Scalars['String']['output']>;
  /** For how many files the reporter was given a ticket, 0-10. Their contents cannot be read through this API. */
  evidenceCount: Scalars['Int']['output'];
  /** Oldest first, at most 20. */
  history: Array<CaseEvent>;
  /** Opaque; answered to moderators only. */
  id: Scalars['ID']['output'];
  /** As chosen by the reporter. */
  reason: ReportReason;
  /** A tombstone after the account was deleted; null when it could not be read. */
  reporter: Maybe<User>;
  /** Cases leave the OPEN queue when they are decided. */
  status: CaseStatus;
  /** Shown whatever its visibility; null once it was removed or deleted. */
  subject: Maybe<ReportSubject>;
};

/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type Mutation = {
  /**
   * Cuts contact: both follows end, and neither sees the other's posts and comments. The other is not told. Repeating it
   * changes nothing. `NOT_FOUND`, `SELF`, `PROFILE_REQUIRED`, `ACCOUNT_NOT_ACTIVE`.
   */
  blockUser: BlockUserPayload;
  /**
   * Takes a handle and, the first time, makes the profile; a former handle is freed at once. Repeating it changes nothing.
   * `TAKEN`, `INVALID`, `ACCOUNT_NOT_ACTIVE`, `CONFLICT`.
   */
  claimHandle: ClaimHandlePayload;
  /**
   * Tells that the file has arrived, for clients that do not want to wait for the store's own event; repeating it changes
   * nothing. Without a file the photo becomes FAILED with NOT_UPLOADED. `NOT_FOUND`, `PROFILE_REQUIRED`,
   * `ACCOUNT_NOT_ACTIVE`.
   */
  completePhotoUpload: CompletePhotoUploadPayload;
  /**
   * Comments on a post that the viewer may read. Repeating it with the same key answers the stored comment and writes
   * nothing. `BLANK`, `TOO_LONG`, `NOT_FOUND`, `IDEMPOTENCY_KEY_INVALID`, `IDEMPOTENCY_KEY_REUSED`, `PROFILE_REQUIRED`,
   * `ACCOUNT_NOT_ACTIVE`.
   */
  createComment: CreateCommentPayload;
  /**
   * Publishes a post. Repeating it with the same key answers the stored post and writes nothing. `BLANK`, `TOO_LONG`,
   * `IDEMPOTENCY_KEY_INVALID`, `IDEMPOTENCY_KEY_REUSED`, `PHOTO_NOT_USABLE`, `ALT_TEXT_REQUIRED`, `PROFILE_REQUIRED`,
   * `ACCOUNT_NOT_ACTIVE`, `INVALID` for over 10 hashtags or 4 photos.
   */
  createPost: CreatePostPayload;
  /**
   * Asks the moderators to look at something the viewer can see. Repeating it with the same key answers the stored report.
   * `NOT_FOUND`, `TOO_LONG`, `IDEMPOTENCY_KEY_INVALID`, `IDEMPOTENCY_KEY_REUSED`, `PROFILE_REQUIRED`, `ACCOUNT_NOT_ACTIVE`.
   */
  createReport: CreateReportPayload;
  /**
   * Decides a case once and for all, and carries the decision out in the same transaction. For moderators. `NOT_FOUND`,
   * `ALREADY_DECIDED`, `TOO_LONG`, `INVALID` for a decision that does not fit the subject, `PROFILE_REQUIRED`,
   * `ACCOUNT_NOT_ACTIVE`.
   */
  decideModeration: DecideModerationPayload;
  /**
   * Closes the account at once, for good, and has everything erased that the member wrote, as a rule within the hour. Open to
   * suspended members, too. Others can claim the handle when all is erased. `INVALID` when the handle is another one,
   * `PROFILE_REQUIRED`, `ACCOUNT_NOT_ACTIVE` when it was done before, `CONFLICT`.
   */
  deleteAccount: DeleteAccountPayload;
  /**
   * Erases the text of a comment that the viewer wrote, or that stands under the viewer's own post. `NOT_FOUND`
   * (also when repeated), `NOT_OWNER`, `PROFILE_REQUIRED`, `ACCOUNT_NOT_ACTIVE`.
   */
  deleteComment: DeleteCommentPayload;
  /**
   * Erases the text of one of the viewer's own posts and takes it out of every list, at once and for good. Its photos are
   * deleted after seconds, and gone from a profile that shows them, too. `NOT_FOUND` (also when repeated), `NOT_OWNER`,
   * `PROFILE_REQUIRED`, `ACCOUNT_NOT_ACTIVE`.
   */
  deletePost: DeletePostPayload;
  /**
   * Puts a person's posts into the viewer's feed. Repeating it changes nothing. `NOT_FOUND`, `SELF`, `BLOCKED`,
   * `PROFILE_REQUIRED`, `ACCOUNT_NOT_ACTIVE`.
   */
  followUser: FollowUserPayload;
  /**
   * Likes a post that the viewer may read. Repeating it changes nothing. `NOT_FOUND`, `PROFILE_REQUIRED`,
   * `ACCOUNT_NOT_ACTIVE`.
   */
  likePost: LikePostPayload;
  /**
   * Moves the viewer's read watermark: every notification last updated at or before `upTo` counts as read. It never moves
   * back. `INVALID` for a time over 5 minutes in the future, `PROFILE_REQUIRED`, `ACCOUNT_NOT_ACTIVE`.
   */
  markNotificationsRead: MarkNotificationsReadPayload;
  /**
   * Leaves a person's posts out of the viewer's feed while the follow stays. The other is not told. At most 100 mutes are
   * honoured. `NOT_FOUND`, `SELF`, `PROFILE_REQUIRED`, `ACCOUNT_NOT_ACTIVE`.
   */
  muteUser: MuteUserPayload;
  /** For the worker that watches the table of comments, over IAM: tells the subscribers of commentAdded. */
  publishComment: Maybe<Comment>;
  /** For the worker that writes notifications, over IAM: tells the recipient through notificationReceived. */
  publishNotification: Maybe<Notification>;
  /** For the worker that makes the variants, over IAM: tells the subscribers of photoProcessed. */
  publishPhoto: Maybe<Photo>;
  /** For the worker that aggregates counters, over IAM: tells the subscribers of postEngagementChanged. */
  publishPostEngagement: Maybe<PostEngagement>;
  /**
   * Collects what the service keeps about the viewer, within minutes; open to suspended members, too. While one is under way
   * it is answered; 24 hours after one was asked for that succeeded there may be another. `TOO_SOON`, `PROFILE_REQUIRED`,
   * `ACCOUNT_NOT_ACTIVE` for a deleted account, `CONFLICT`.
   */
  requestDataExport: RequestDataExportPayload;
  /**
   * Notifies everyone who has a profile by now, and mails it to those who receive digests, in the minutes that follow. Cannot be
   * taken back. For operators. Repeating it with the same key answers the stored announcement and sends nothing. `BLANK`,
   * `TOO_LONG`, `IDEMPOTENCY_KEY_INVALID`, `IDEMPOTENCY_KEY_REUSED`, `PROFILE_REQUIRED`, `ACCOUNT_NOT_ACTIVE`.
   */
  sendAnnouncement: SendAnnouncementPayload;
  /**
   * Issues a ticket for one file that shows what an OPEN report is about, at most 10,485,760 bytes. Each call counts, and a
   * report takes 10. Only moderators' tools can open the file. `NOT_FOUND`, `LIMIT_REACHED`, `ALREADY_DECIDED`,
   * `PROFILE_REQUIRED`, `ACCOUNT_NOT_ACTIVE`.
   */
  startEvidenceUpload: StartEvidenceUploadPayload;
  /**
   * Registers a photo and issues a ticket for its file, at most 10,485,760 bytes. Repeating it with the same key answers the
   * stored photo, with a new ticket while the file is missing. `INVALID`, `TOO_LONG`, `BLANK`, `IDEMPOTENCY_KEY_INVALID`,
   * `IDEMPOTENCY_KEY_REUSED`, `PROFILE_REQUIRED`, `ACCOUNT_NOT_ACTIVE`.
   */
  startPhotoUpload: StartPhotoUploadPayload;
  /**
   * Lifts the viewer's block; the follows do not come back. Succeeds when there was nothing to undo. `PROFILE_REQUIRED`,
   * `ACCOUNT_NOT_ACTIVE`.
   */
  unblockUser: UnblockUserPayload;
  /**
   * Takes a person's posts out of the viewer's feed. Succeeds when there was nothing to undo. `PROFILE_REQUIRED`,
   * `ACCOUNT_NOT_ACTIVE`.
   */
  unfollowUser: UnfollowUserPayload;
  /** Takes the viewer's like back. Succeeds when there was nothing to undo. `PROFILE_REQUIRED`, `ACCOUNT_NOT_ACTIVE`. */
  unlikePost: UnlikePostPayload;
  /**
   * Lets a person's posts into the viewer's feed again. Succeeds when there was nothing to undo. `PROFILE_REQUIRED`,
   * `ACCOUNT_NOT_ACTIVE`.
   */
  unmuteUser: UnmuteUserPayload;
  /**
   * Changes the texts and the picture of the viewer's own profile; what is left out stays. `BLANK`, `TOO_LONG`,
   * `PHOTO_NOT_USABLE`, `PROFILE_REQUIRED`, `ACCOUNT_NOT_ACTIVE`.
   */
  updateProfile: UpdateProfilePayload;
  /** Changes the viewer's settings; what is left out or null stays. `PROFILE_REQUIRED`, `ACCOUNT_NOT_ACTIVE`. */
  updateSettings: UpdateSettingsPayload;
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationBlockUserArgs = {
  userId: Scalars['ID']['input'];
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationClaimHandleArgs = {
  handle: Scalars['String']['input'];
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationCompletePhotoUploadArgs = {
  photoId: Scalars['ID']['input'];
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationCreateCommentArgs = {
  input: CreateCommentInput;
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationCreatePostArgs = {
  input: CreatePostInput;
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationCreateReportArgs = {
  input: CreateReportInput;
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationDecideModerationArgs = {
  caseId: Scalars['ID']['input'];
  decision: Decision;
  note?: InputMaybe<Scalars['String']['input']>;
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationDeleteAccountArgs = {
  confirmHandle: Scalars['String']['input'];
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationDeleteCommentArgs = {
  id: Scalars['ID']['input'];
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationDeletePostArgs = {
  id: Scalars['ID']['input'];
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationFollowUserArgs = {
  userId: Scalars['ID']['input'];
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationLikePostArgs = {
  postId: Scalars['ID']['input'];
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationMarkNotificationsReadArgs = {
  upTo: Scalars['AWSDateTime']['input'];
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationMuteUserArgs = {
  userId: Scalars['ID']['input'];
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationPublishCommentArgs = {
  input: PublishCommentInput;
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationPublishNotificationArgs = {
  input: PublishNotificationInput;
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationPublishPhotoArgs = {
  input: PublishPhotoInput;
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationPublishPostEngagementArgs = {
  input: PublishPostEngagementInput;
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationSendAnnouncementArgs = {
  input: SendAnnouncementInput;
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationStartEvidenceUploadArgs = {
  reportId: Scalars['ID']['input'];
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationStartPhotoUploadArgs = {
  input: PhotoUploadInput;
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationUnblockUserArgs = {
  userId: Scalars['ID']['input'];
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationUnfollowUserArgs = {
  userId: Scalars['ID']['input'];
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationUnlikePostArgs = {
  postId: Scalars['ID']['input'];
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationUnmuteUserArgs = {
  userId: Scalars['ID']['input'];
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationUpdateProfileArgs = {
  input: UpdateProfileInput;
};


/** Writes. A refusal that a person can act on is in `userErrors`; a top-level error is a bug of the client or a fault of the service. */
export type MutationUpdateSettingsArgs = {
  input: UpdateSettingsInput;
};

/** Outcome of muteUser. */
export type MuteUserPayload = {
  /** Who is muted now; null when refused. */
  user: Maybe<User>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** What can be fetched again by its id alone. */
export type Node = {
  /** Opaque, at most 256 characters, unique over all types and never reused. */
  id: Scalars['ID']['output'];
};

/**
 * Something that happened to the recipient. Likes, comments and follows of one UTC day and one subject are one
 * notification, "A and 12 others", which moves up and becomes unread again when it grows. Kept for 60 days.
 */
export type Notification = {
  /** When the first event happened. */
  createdAt: Scalars['AWSDateTime']['output'];
  /** Opaque; answered to the recipient only. */
  id: Scalars['ID']['output'];
  /** The read watermark that covers it, see markNotificationsRead; null while unread. */
  readAt: Maybe<Scalars['AWSDateTime']['output']>;
  /** Whose it is; null when it could not be read. */
  recipient: Maybe<User>;
  /** When the latest event happened. */
  updatedAt: Scalars['AWSDateTime']['output'];
};

/** A page of notifications. */
export type NotificationConnection = {
  /** At most 50; fewer than asked when some were filtered out. */
  edges: Array<NotificationEdge>;
  /** Judged before filters. */
  pageInfo: PageInfo;
};

/** One notification in a page. */
export type NotificationEdge = {
  /** For `after` and `before` of the same list. */
  cursor: Scalars['String']['output'];
  /** Of any kind; ask for the fields of each by fragments. */
  node: Notification;
};

/** What a notification is about. */
export type NotificationKind =
  /** Becomes a CommentNotification. */
  | 'COMMENT'
  /** Becomes a FollowNotification. */
  | 'FOLLOW'
  /** Becomes a LikeNotification. */
  | 'LIKE'
  /** Becomes a SystemNotification. */
  | 'SYSTEM';

/** A text of the service itself, such as help or terms of use. */
export type Page = {
  /** What it is written in. */
  language: Language;
  /**
   * CommonMark with tables and without raw HTML, at most 65,536 bytes of UTF-8. A link without a scheme is the slug of
   * another page.
   */
  markdown: Scalars['String']['output'];
  /** 1-64 of `a-z`, `0-9` and `-`. */
  slug: Scalars['String']['output'];
  /** When the file was last replaced. */
  updatedAt: Scalars['AWSDateTime']['output'];
};

/** Where a page stands in its list. Relay's cursor connections specification. */
export type PageInfo = {
  /** Where the page ends; null when nothing was read. Filters may have removed the entry itself. */
  endCursor: Maybe<Scalars['String']['output']>;
  /** Whether `after: endCursor` would find more. Judged before filters, so the next page may turn out empty. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether `before: startCursor` would find more. Judged before filters, so that page may turn out empty. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Where the page begins; null when nothing was read. Filters may have removed the entry itself. */
  startCursor: Maybe<Scalars['String']['output']>;
};

/** A picture, uploaded apart from the post or profile that shows it, seen by whoever may see that. */
export type Photo = Node & {
  /** What the picture shows, for those who do not see it: at most 500 bytes of UTF-8, null when the owner gave none. */
  altText: Maybe<Scalars['String']['output']>;
  /** A placeholder of 28 characters (https://blurha.sh) to be drawn while the picture loads; null until READY. */
  blurhash: Maybe<Scalars['String']['output']>;
  /** Why the photo is FAILED; null otherwise. */
  failure: Maybe<PhotoFailure>;
  /** In pixels, of the upright original; null until READY. */
  height: Maybe<Scalars['Int']['output']>;
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** A tombstone after the account was deleted; null when it could not be read. */
  owner: Maybe<User>;
  /** Null when no post shows it, or the viewer may not read that post. */
  post: Maybe<Post>;
  /** Only READY photos can be shown. Those that are not READY 24 hours after startPhotoUpload are dropped. */
  status: PhotoStatus;
  /** Exactly 4, each size in each format; null until READY. */
  variants: Maybe<Array<PhotoVariant>>;
  /** In pixels, of the upright original; null until READY. */
  width: Maybe<Scalars['Int']['output']>;
};

/** Why a photo could not be made of a file. New values may be added; treat unknown ones as DAMAGED. */
export type PhotoFailure =
  /** Cut off or broken: it cannot be decoded. */
  | 'DAMAGED'
  /** Neither JPEG nor PNG nor WebP. */
  | 'NOT_A_PICTURE'
  /** Several attempts to make the variants ended without a result. The same file may work later. */
  | 'NOT_PROCESSED'
  /** completePhotoUpload was called and there was no file. */
  | 'NOT_UPLOADED'
  /** Over 10,485,760 bytes or over 50,000,000 pixels. */
  | 'TOO_LARGE'
  /** A picture, and not of the content type that startPhotoUpload was given. */
  | 'WRONG_TYPE';

/** Every size comes in all of them. */
export type PhotoFormat =
  /** `image/jpeg`, on white, for clients that read no WebP. */
  | 'JPEG'
  /** `image/webp`: the smaller one, with transparency. */
  | 'WEBP';

/** Sizes that every READY photo has. */
export type PhotoSize =
  /** Longer side 1,080 pixels. */
  | 'FEED'
  /** Longer side 256 pixels. */
  | 'THUMB';

/** Life of a photo. It never goes back. */
export type PhotoStatus =
  /** The file was refused, for the reason in `Photo.failure`. Start again with another key. */
  | 'FAILED'
  /** The file has arrived; its variants are being made. */
  | 'PROCESSING'
  /** Can be shown. */
  | 'READY'
  /** A ticket was issued; the file has not arrived. */
  | 'UPLOADING';

/** A file to be uploaded. */
export type PhotoUploadInput = {
  /** What the picture shows: at most 500 bytes of UTF-8. createPost takes no photo without it. */
  altText?: InputMaybe<Scalars['String']['input']>;
  /** Size of the file, 1-10,485,760. */
  bytes: Scalars['Int']['input'];
  /** `image/jpeg`, `image/png` or `image/webp`. */
  contentType: Scalars['String']['input'];
  /** A ULID made by the client, whose time lies within 5 minutes of the service's clock. It becomes part of the photo's id. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The picture in one size and format: upright, aspect ratio kept, never enlarged, without any metadata. */
export type PhotoVariant = {
  /** How the file is encoded. */
  format: PhotoFormat;
  /** In pixels. */
  height: Scalars['Int']['output'];
  /** What the size is made for. */
  size: PhotoSize;
  /**
   * On the CDN. Under `/media/public/` anybody may read it: seconds after a PUBLIC post or a profile began to show the photo.
   * Under `/media/members/` it needs signed cookies.
   */
  url: Scalars['AWSURL']['output'];
  /** In pixels. */
  width: Scalars['Int']['output'];
};

/** Text with up to 4 photos. Immutable: to change one, delete it and post again. */
export type Post = Node & {
  /** A tombstone after the account was deleted; null when it could not be read. */
  author: Maybe<User>;
  /** 1-1,000 bytes of UTF-8, which is about 333 Japanese characters. */
  body: Scalars['String']['output'];
  /** At most 50 a page; comments between blocked users are left out. `InvalidArgument` for bad bounds. */
  comments: Maybe<CommentConnection>;
  /** The time in the idempotency key it was created with; lists are sorted by it, to the millisecond. */
  createdAt: Scalars['AWSDateTime']['output'];
  /** At most 10, in order of appearance, each once. */
  hashtags: Array<Hashtag>;
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** Newest like first, at most 50 a page. `InvalidArgument` for bad bounds. */
  likers: Maybe<LikerConnection>;
  /** At most 4, in the author's order; null when they could not be read. */
  photos: Maybe<Array<Photo>>;
  /** Aggregated from events: seconds late, repaired nightly; null when it could not be read. */
  stats: Maybe<PostStats>;
  /** True at once after likePost. Null without sign-in. */
  viewerHasLiked: Maybe<Scalars['Boolean']['output']>;
  /** Who may read it. Whoever is blocked by the author, or blocks the author, may not in any case. */
  visibility: PostVisibility;
};


/** Text with up to 4 photos. Immutable: to change one, delete it and post again. */
export type PostCommentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  order?: InputMaybe<CommentOrder>;
};


/** Text with up to 4 photos. Immutable: to change one, delete it and post again. */
export type PostLikersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of posts. */
export type PostConnection = {
  /** At most 50; fewer than asked when some were filtered out. */
  edges: Array<PostEdge>;
  /** Judged before filters. */
  pageInfo: PageInfo;
};

/** One post in a page. */
export type PostEdge = {
  /** For `after` and `before` of the same list. */
  cursor: Scalars['String']['output'];
  /** Visible to the viewer when the page was read. */
  node: Post;
};

/** The counters of a post after they changed, at most once a second for each post. */
export type PostEngagement = {
  /** Null when it was deleted in the meantime. */
  post: Maybe<Post>;
  /** Whole values, not differences: events may be skipped. */
  stats: PostStats;
};

/** Counters of a post, never negative. Eventually consistent. */
export type PostStats = {
  /** How many were written and not deleted. */
  comments: Scalars['Int']['output'];
  /** How many people like it. */
  likes: Scalars['Int']['output'];
};

/** Who may read a post. */
export type PostVisibility =
  /** The author and those who follow the author at the time of reading. */
  | 'FOLLOWERS'
  /** Everyone, signed in or not. */
  | 'PUBLIC';

/** A comment as the worker read it from the stream. */
export type PublishCommentInput = {
  /** Of the user who wrote it. */
  authorId: Scalars['ID']['input'];
  /** 1-500 bytes of UTF-8. */
  body: Scalars['String']['input'];
  /** The time in the comment's key. */
  createdAt: Scalars['AWSDateTime']['input'];
  /** `Comment.id`; `InvalidArgument` for an id of another type. */
  id: Scalars['ID']['input'];
  /** Of the post it was written under. */
  postId: Scalars['ID']['input'];
};

/** A notification as the worker stored it. */
export type PublishNotificationInput = {
  /** LIKE, COMMENT and FOLLOW: 1 or more. */
  actorCount?: InputMaybe<Scalars['Int']['input']>;
  /** LIKE, COMMENT and FOLLOW: of users, newest first, 1-10. */
  actorIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** SYSTEM: 1-1,000 bytes of UTF-8. */
  body?: InputMaybe<Scalars['String']['input']>;
  /** COMMENT: of the newest comment. */
  commentId?: InputMaybe<Scalars['ID']['input']>;
  /** Time of the first event. */
  createdAt: Scalars['AWSDateTime']['input'];
  /** `Notification.id`, made of the recipient and the key of the stored item. */
  id: Scalars['ID']['input'];
  /** Decides the type and which of the fields below are needed. */
  kind: NotificationKind;
  /** LIKE and COMMENT: of the post. */
  postId?: InputMaybe<Scalars['ID']['input']>;
  /** Of the user it is for. */
  recipientId: Scalars['ID']['input'];
  /** Time of the latest event. */
  updatedAt: Scalars['AWSDateTime']['input'];
};

/** A photo as the worker stored it. */
export type PublishPhotoInput = {
  /** At most 500 bytes of UTF-8. */
  altText?: InputMaybe<Scalars['String']['input']>;
  /** 28 characters; with READY only. */
  blurhash?: InputMaybe<Scalars['String']['input']>;
  /** With FAILED only. */
  failure?: InputMaybe<PhotoFailure>;
  /** In pixels; with READY only. */
  height?: InputMaybe<Scalars['Int']['input']>;
  /** `Photo.id`; `InvalidArgument` for an id of another type. */
  id: Scalars['ID']['input'];
  /** Scheme and host of the CDN; with READY only. */
  origin?: InputMaybe<Scalars['AWSURL']['input']>;
  /** Of the user who uploaded it. */
  ownerId: Scalars['ID']['input'];
  /** After the change. */
  status: PhotoStatus;
  /** In pixels; with READY only. */
  width?: InputMaybe<Scalars['Int']['input']>;
};

/** Counters as the aggregator knows them. */
export type PublishPostEngagementInput = {
  /** 0 or more. */
  comments: Scalars['Int']['input'];
  /** 0 or more. */
  likes: Scalars['Int']['input'];
  /** `Post.id`; `InvalidArgument` for an id of another type. */
  postId: Scalars['ID']['input'];
};

/**
 * Reads. At most 500 resolvers and 10 levels per request; lists hold at most 50 entries a page. What is open to everyone is
 * answered alike by API key and by the temporary keys of the identity pool, which tell nothing of who has them.
 */
export type Query = {
  /** Open to everyone. `InvalidArgument` when the text cannot be a hashtag. */
  hashtag: Maybe<Hashtag>;
  /** Cases of one status, oldest first, at most 50 a page. For moderators. `InvalidArgument` for bad bounds. */
  moderationQueue: CaseConnection;
  /**
   * Refetches one object, or null when it does not exist or the viewer may not see it. Users, posts and comments follow
   * the rules of their own fields; photos, jobs, reports and notifications are answered to their owner only, cases to
   * moderators. `InvalidArgument` for an id that this service never issued.
   */
  node: Maybe<Node>;
  /**
   * Refetches 1-50 objects, in the order of `ids`, null where `node` would answer null. `InvalidArgument` for more. Of posts in
   * the archive, and comments under them, only those of three authors' months are looked for: ask `node` for one that is null.
   */
  nodes: Array<Maybe<Node>>;
  /** Null when there is no such page in that language. There are `help`, `terms` and `privacy`, each in every language. */
  page: Maybe<Page>;
  /**
   * Null when it does not exist, was deleted, or the viewer may not read it: without sign-in, PUBLIC posts only.
   * `InvalidArgument` when the id is not one of a post.
   */
  post: Maybe<Post>;
  /**
   * People whose handle begins with the text, by handle. At most 50 a page. Suspended and deleted accounts are left out.
   * `InvalidArgument` for a prefix under 2 characters or bad bounds.
   */
  searchUsers: UserConnection;
  /** For health checks and bug reports. Open to everyone; reads no table. */
  serviceStatus: ServiceStatus;
  /**
   * PUBLIC posts that gathered most likes lately, best first, from a list of at most 100 that is rebuilt every few
   * minutes; empty until it has been built. Open to everyone. `InvalidArgument` for bad bounds.
   */
  trending: PostConnection;
  /**
   * The person who holds a handle, or null when nobody does or that person has blocked the viewer. Open to everyone.
   * `InvalidArgument` when the text cannot be a handle.
   */
  user: Maybe<User>;
  /** Whoever is signed in. */
  viewer: Maybe<Viewer>;
};


/**
 * Reads. At most 500 resolvers and 10 levels per request; lists hold at most 50 entries a page. What is open to everyone is
 * answered alike by API key and by the temporary keys of the identity pool, which tell nothing of who has them.
 */
export type QueryHashtagArgs = {
  name: Scalars['String']['input'];
};


/**
 * Reads. At most 500 resolvers and 10 levels per request; lists hold at most 50 entries a page. What is open to everyone is
 * answered alike by API key and by the temporary keys of the identity pool, which tell nothing of who has them.
 */
export type QueryModerationQueueArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  status?: CaseStatus;
};


/**
 * Reads. At most 500 resolvers and 10 levels per request; lists hold at most 50 entries a page. What is open to everyone is
 * answered alike by API key and by the temporary keys of the identity pool, which tell nothing of who has them.
 */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. At most 500 resolvers and 10 levels per request; lists hold at most 50 entries a page. What is open to everyone is
 * answered alike by API key and by the temporary keys of the identity pool, which tell nothing of who has them.
 */
export type QueryNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/**
 * Reads. At most 500 resolvers and 10 levels per request; lists hold at most 50 entries a page. What is open to everyone is
 * answered alike by API key and by the temporary keys of the identity pool, which tell nothing of who has them.
 */
export type QueryPageArgs = {
  language?: InputMaybe<Language>;
  slug: Scalars['String']['input'];
};


/**
 * Reads. At most 500 resolvers and 10 levels per request; lists hold at most 50 entries a page. What is open to everyone is
 * answered alike by API key and by the temporary keys of the identity pool, which tell nothing of who has them.
 */
export type QueryPostArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. At most 500 resolvers and 10 levels per request; lists hold at most 50 entries a page. What is open to everyone is
 * answered alike by API key and by the temporary keys of the identity pool, which tell nothing of who has them.
 */
export type QuerySearchUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  prefix: Scalars['String']['input'];
};


/**
 * Reads. At most 500 resolvers and 10 levels per request; lists hold at most 50 entries a page. What is open to everyone is
 * answered alike by API key and by the temporary keys of the identity pool, which tell nothing of who has them.
 */
export type QueryTrendingArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reads. At most 500 resolvers and 10 levels per request; lists hold at most 50 entries a page. What is open to everyone is
 * answered alike by API key and by the temporary keys of the identity pool, which tell nothing of who has them.
 */
export type QueryUserArgs = {
  handle: Scalars['String']['input'];
};

/** A complaint, as the person who made it sees it. */
export type Report = Node & {
  /** The time in the idempotency key it was created with. */
  createdAt: Scalars['AWSDateTime']['output'];
  /** At most 1,000 bytes of UTF-8; null when the reporter gave none. */
  details: Maybe<Scalars['String']['output']>;
  /** Opaque; answered to the reporter only. */
  id: Scalars['ID']['output'];
  /** As chosen when it was made. */
  reason: ReportReason;
  /** How far the moderators are. */
  status: CaseStatus;
  /** Null once it was removed or the viewer may no longer see it. */
  subject: Maybe<ReportSubject>;
};

/** Why something is reported. */
export type ReportReason =
  /** Threats, insults, stalking. */
  | 'HARASSMENT'
  /** Against people for what they are. */
  | 'HATE'
  /** Forbidden by law, or an infringement of somebody's rights. */
  | 'ILLEGAL'
  /** Explained in `details`. */
  | 'OTHER'
  /** Encourages harming oneself. */
  | 'SELF_HARM'
  /** Sexual content. */
  | 'SEXUAL'
  /** Unwanted advertising, or the same thing over and over. */
  | 'SPAM';

/** What can be reported. */
export type ReportSubject = Comment | Photo | Post | User;

/** Outcome of requestDataExport. */
export type RequestDataExportPayload = {
  /** Follows the export; null when refused. */
  job: Maybe<Job>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** A text to be sent to everyone. */
export type SendAnnouncementInput = {
  /** 1-1,000 bytes of UTF-8, not blank. */
  bodyEnglish: Scalars['String']['input'];
  /** 1-1,000 bytes of UTF-8, not blank. */
  bodyJapanese: Scalars['String']['input'];
  /** A ULID made by the client, whose time lies within 5 minutes of the service's clock. */
  idempotencyKey: Scalars['ID']['input'];
};

/** Outcome of sendAnnouncement. */
export type SendAnnouncementPayload = {
  /** What is being sent; null when refused. */
  announcement: Maybe<Announcement>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** What answers. Nothing in it is secret. */
export type ServiceStatus = {
  /** Identifies the sources that were deployed; `local` on a laptop. */
  build: Scalars['String']['output'];
  /** The AWS Region, such as `ap-northeast-1`. */
  region: Scalars['String']['output'];
  /** Which of the configured sizes is deployed, such as `users`. */
  rung: Scalars['String']['output'];
};

/** What the viewer chose. Never shown to others. */
export type Settings = {
  /** How often unread notifications are mailed. Default NEVER. */
  digest: DigestFrequency;
  /** Of mails and announcements. Default EN. */
  language: Language;
  /** Whether comments notify. Default true. */
  notifyComments: Scalars['Boolean']['output'];
  /** Whether follows notify. Default true. */
  notifyFollows: Scalars['Boolean']['output'];
  /** Whether likes notify. Default true. */
  notifyLikes: Scalars['Boolean']['output'];
};

/** Outcome of startEvidenceUpload. */
export type StartEvidenceUploadPayload = {
  /** For one file; null when refused. */
  ticket: Maybe<UploadTicket>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** Outcome of startPhotoUpload. */
export type StartPhotoUploadPayload = {
  /** UPLOADING; null when refused. */
  photo: Maybe<Photo>;
  /** Null when refused, or when the file has arrived already. */
  ticket: Maybe<UploadTicket>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** Events over WebSocket, for signed-in users. Who may listen to what is checked when the subscription starts. */
export type Subscription = {
  /**
   * New comments on one post that the viewer may read, from everyone, blocked people included: clients hide those whose
   * `author.viewerBlocks` they know. `NotFound` when the post is not to be seen.
   */
  commentAdded: Maybe<Comment>;
  /** The viewer's own notifications, new and grown ones, at most one event a second. */
  notificationReceived: Maybe<Notification>;
  /** Changes in the status of one of the viewer's own photos. `NotFound` for a photo that is not the viewer's. */
  photoProcessed: Maybe<Photo>;
  /**
   * New counters of one post that the viewer may read, at most one event a second. `NotFound` when the post is not to be
   * seen.
   */
  postEngagementChanged: Maybe<PostEngagement>;
};


/** Events over WebSocket, for signed-in users. Who may listen to what is checked when the subscription starts. */
export type SubscriptionCommentAddedArgs = {
  postId: Scalars['ID']['input'];
};


/** Events over WebSocket, for signed-in users. Who may listen to what is checked when the subscription starts. */
export type SubscriptionPhotoProcessedArgs = {
  id: Scalars['ID']['input'];
};


/** Events over WebSocket, for signed-in users. Who may listen to what is checked when the subscription starts. */
export type SubscriptionPostEngagementChangedArgs = {
  postId: Scalars['ID']['input'];
};

/** A word from the operators to everyone. */
export type SystemNotification = Node & Notification & {
  /** 1-1,000 bytes of UTF-8, in the language of the recipient's settings. */
  body: Scalars['String']['output'];
  /** When the first event happened. */
  createdAt: Scalars['AWSDateTime']['output'];
  /** Opaque; answered to the recipient only. */
  id: Scalars['ID']['output'];
  /** The read watermark that covers it, see markNotificationsRead; null while unread. */
  readAt: Maybe<Scalars['AWSDateTime']['output']>;
  /** Whose it is; null when it could not be read. */
  recipient: Maybe<User>;
  /** When the latest event happened. */
  updatedAt: Scalars['AWSDateTime']['output'];
};

/** Outcome of unblockUser. */
export type UnblockUserPayload = {
  /** Who is no longer blocked; null when refused or when there is no such user to be seen. */
  user: Maybe<User>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** Outcome of unfollowUser. */
export type UnfollowUserPayload = {
  /** Who is no longer followed; null when refused or when there is no such user to be seen. */
  user: Maybe<User>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** Outcome of unlikePost. */
export type UnlikePostPayload = {
  /** What is no longer liked; null when refused or when it is not to be seen any more. */
  post: Maybe<Post>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** Outcome of unmuteUser. */
export type UnmuteUserPayload = {
  /** Who is no longer muted; null when refused or when there is no such user to be seen. */
  user: Maybe<User>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** Absent fields stay as they are. */
export type UpdateProfileInput = {
  /** A READY photo of the viewer, which everybody may see from then on; null takes the picture away. */
  avatarPhotoId?: InputMaybe<Scalars['ID']['input']>;
  /** At most 500 bytes of UTF-8. Empty clears it; null is the same as absent. */
  bio?: InputMaybe<Scalars['String']['input']>;
  /** 1-100 bytes of UTF-8, not blank. Null is the same as absent. */
  displayName?: InputMaybe<Scalars['String']['input']>;
};

/** Outcome of updateProfile. */
export type UpdateProfilePayload = {
  /** The profile as stored; null when refused. */
  user: Maybe<User>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** Absent and null fields stay as they are. */
export type UpdateSettingsInput = {
  /** How often unread notifications are mailed. */
  digest?: InputMaybe<DigestFrequency>;
  /** Of mails and announcements. */
  language?: InputMaybe<Language>;
  /** Whether comments notify. */
  notifyComments?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether follows notify. */
  notifyFollows?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether likes notify. */
  notifyLikes?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Outcome of updateSettings. */
export type UpdateSettingsPayload = {
  /** All of them, as stored; null when refused. */
  settings: Maybe<Settings>;
  /** Empty on success. */
  userErrors: Array<UserError>;
};

/** One field of the upload form. */
export type UploadField = {
  /** At most 100 characters. */
  name: Scalars['String']['output'];
  /** To be sent unchanged. */
  value: Scalars['String']['output'];
};

/** Permission to upload one file, once, by a form POST. */
export type UploadTicket = {
  /** 5 minutes after it was issued. */
  expiresAt: Scalars['AWSDateTime']['output'];
  /** To be sent before the file, in this order; at most 20. */
  fields: Array<UploadField>;
  /** The store refuses larger files. */
  maxBytes: Scalars['Int']['output'];
  /** Where the form goes. */
  url: Scalars['AWSURL']['output'];
};

/**
 * A person's public profile. Exists once a handle is claimed. A deleted account leaves a tombstone: its id, with `handle`
 * null and every text empty. Whoever has blocked the viewer is answered as if they did not exist.
 */
export type User = Node & {
  /** READY photos only; null without one or when it could not be read. */
  avatar: Maybe<Photo>;
  /** At most 500 bytes of UTF-8, may be empty. */
  bio: Scalars['String']['output'];
  /** When the first handle was claimed; null for a tombstone. */
  createdAt: Maybe<Scalars['AWSDateTime']['output']>;
  /** 1-100 bytes of UTF-8 chosen freely; empty for a tombstone. */
  displayName: Scalars['String']['output'];
  /** Newest follow first, at most 50 a page. `InvalidArgument` for bad bounds. */
  followers: Maybe<FollowConnection>;
  /** In an order that is stable but not by time, at most 50 a page. `InvalidArgument` for bad bounds. */
  following: Maybe<FollowConnection>;
  /** 2-30 letters, digits or underscores of any script, in Unicode's NFKC form and lower case; null for a tombstone. */
  handle: Maybe<Scalars['String']['output']>;
  /** Opaque; survives a change of handle. */
  id: Scalars['ID']['output'];
  /**
   * PUBLIC posts and the viewer's own, newest post first, at most 50 a page. For signed-in users. `InvalidArgument` for
   * bad bounds.
   */
  likedPosts: Maybe<LikedPostConnection>;
  /**
   * Newest first, at most 50 a page. Posts for followers appear to the author and to followers; the list is empty between
   * users of whom one has blocked the other. The list goes on in the archive, of which a page reads three months at most, so
   * a page can be short while there are more. `InvalidArgument` for bad bounds.
   */
  posts: Maybe<PostConnection>;
  /** Aggregated from events: seconds late, repaired nightly. */
  stats: UserStats;
  /** Whether the viewer has cut all contact with this person. Null without sign-in. */
  viewerBlocks: Maybe<Scalars['Boolean']['output']>;
  /** Whether the viewer's feed shows this person's posts; true at once after followUser. Null without sign-in. */
  viewerFollows: Maybe<Scalars['Boolean']['output']>;
  /** Whether the viewer's feed leaves this person out. Null without sign-in. */
  viewerMutes: Maybe<Scalars['Boolean']['output']>;
};


/**
 * A person's public profile. Exists once a handle is claimed. A deleted account leaves a tombstone: its id, with `handle`
 * null and every text empty. Whoever has blocked the viewer is answered as if they did not exist.
 */
export type UserFollowersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * A person's public profile. Exists once a handle is claimed. A deleted account leaves a tombstone: its id, with `handle`
 * null and every text empty. Whoever has blocked the viewer is answered as if they did not exist.
 */
export type UserFollowingArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * A person's public profile. Exists once a handle is claimed. A deleted account leaves a tombstone: its id, with `handle`
 * null and every text empty. Whoever has blocked the viewer is answered as if they did not exist.
 */
export type UserLikedPostsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * A person's public profile. Exists once a handle is claimed. A deleted account leaves a tombstone: its id, with `handle`
 * null and every text empty. Whoever has blocked the viewer is answered as if they did not exist.
 */
export type UserPostsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of people. */
export type UserConnection = {
  /** At most 50; fewer than asked when some were filtered out. */
  edges: Array<UserEdge>;
  /** Judged before filters. */
  pageInfo: PageInfo;
};

/** One person in a page. */
export type UserEdge = {
  /** For `after` and `before` of the same list. */
  cursor: Scalars['String']['output'];
  /** Never a tombstone. */
  node: User;
};

/** A refusal that the person using the client can understand and mend. Nothing was written. */
export type UserError = {
  /** For programs: stable, where the message is not. */
  code: ErrorCode;
  /** Path of the argument at fault, outermost first, such as `["input", "body"]`; null when no single argument is. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** For people, in English, with the offending value's size and the limit where there is one. */
  message: Scalars['String']['output'];
};

/** Counters of a profile, never negative. Eventually consistent. */
export type UserStats = {
  /** How many people follow this one. */
  followers: Scalars['Int']['output'];
  /** How many people this one follows. */
  following: Scalars['Int']['output'];
  /** How many were written and not deleted, of any visibility. */
  posts: Scalars['Int']['output'];
};

/** Everything that is personal to whoever is signed in, kept apart from the types that caches may share. */
export type Viewer = {
  /**
   * Posts of the viewer and of the people the viewer follows, without muted ones, newest first, at most 50 a page. It
   * reaches 30 days back, for somebody newly followed 20 posts. Posts of accounts with very many followers (10,000 by
   * default) are not brought to each reader but merged when the feed is read: the newest 100 of each of at most
   * 99 such accounts (in order of their ids), as the newest 100 of the viewer. New posts show up after seconds. `InvalidArgument`
   * for bad bounds.
   */
  feed: Maybe<FeedConnection>;
  /** The viewer's exports and deletions, newest first, at most 50 a page. `InvalidArgument` for bad bounds. */
  jobs: Maybe<JobConnection>;
  /** Cookies that open the photos under `/media/members/` for an hour. Ask for new ones before they end. */
  mediaAccess: Maybe<MediaAccess>;
  /** Latest day first, at most 50 a page. `InvalidArgument` for bad bounds. */
  notifications: Maybe<NotificationConnection>;
  /** The defaults until the first updateSettings. */
  settings: Settings;
  /** 0-100, 100 standing for 100 or more. Seconds late after an event, exact after markNotificationsRead. */
  unreadNotificationCount: Scalars['Int']['output'];
  /** The public profile; null until the first claimHandle. */
  user: Maybe<User>;
};


/** Everything that is personal to whoever is signed in, kept apart from the types that caches may share. */
export type ViewerFeedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that is personal to whoever is signed in, kept apart from the types that caches may share. */
export type ViewerJobsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that is personal to whoever is signed in, kept apart from the types that caches may share. */
export type ViewerNotificationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  unreadOnly?: Scalars['Boolean']['input'];
};
