import type { Context } from '@aws-appsync/utils';
import type { CaseStatus, UploadTicket, UserError } from '../generated/schema.ts';
import type { AuthorsPosts } from './archivedPosts.ts';
import type {
  AnnouncementItem,
  ArchiveNoteItem,
  CaseItem,
  CommentItem,
  JobItem,
  PhotoItem,
  PostItem,
  TimelineItem,
  UserItem,
} from './items.ts';
import type { NodeReference } from './globalId.ts';
import type { Page, Slice } from './page.ts';

/** What the steps of a pipeline hand to each other. Each step's comment names what it reads and writes. */
export type Stash = {
  /** Set: the field is a mutation, and the first refusal ends the pipeline. */
  userErrors?: UserError[];
  /** The viewer's own profile. */
  viewer?: UserItem;
  userId?: string;
  user?: UserItem | null;
  users?: UserItem[];
  handle?: string;
  postId?: string;
  post?: PostItem | null;
  posts?: PostItem[];
  /** The table leaves it to the archive to say what became of `postId`. */
  askArchive?: boolean;
  /** Of a post that is in the archive alone. */
  note?: ArchiveNoteItem;
  notes?: ArchiveNoteItem[];
  /** Keys of bundles that are still to be read. */
  bundles?: string[];
  /** Ids of one author's posts, as the table has them. */
  hot?: string[];
  known?: AuthorsPosts;
  commentKey?: { bucket: string; commentId: string };
  comment?: CommentItem | null;
  comments?: CommentItem[];
  photoIds?: string[];
  photo?: PhotoItem;
  /** For one file; absent when it has arrived. */
  ticket?: UploadTicket;
  /** Sort key of an edge in the viewer's partition. */
  edge?: string;
  /** Name of a hashtag. */
  tag?: string;
  caseStatus?: CaseStatus;
  cases?: CaseItem[];
  jobs?: JobItem[];
  job?: JobItem;
  page?: Page;
  slice?: Slice;
  /** Users whose blocks are still to be read. */
  people?: string[];
  /** Of the users read so far: those in a block with the viewer, in either direction. */
  blocked?: string[];
  /** Of these, those who have blocked the viewer. */
  blockedBy?: string[];
  /** Users of whom it is still to be read whether the viewer follows them. */
  follows?: string[];
  /** Users known to be followed by the viewer. */
  followed?: string[];
  muted?: string[];
  /** Followed authors whose digests are merged. */
  celebrities?: string[];
  /** What was fanned out to the viewer. */
  timeline?: TimelineItem[];
  nodes?: (NodeReference | null)[];
  found?: FoundNode[];
  caseItem?: CaseItem | null;
  reportId?: string;
  announcement?: AnnouncementItem | null;
  readUpTo?: string;
  /** As stored when the watermark was moved. */
  storedUnreadCount?: number | null;
  unreadCount?: number;
};

/** What a reference led to; whether the viewer may see it is not judged yet. */
export type FoundNode = {
  reference: NodeReference;
  item: Record<string, unknown> | null;
  /** Comments: the post they stand under. */
  post: PostItem | null;
} | null;

/** The context of a field's own handlers. */
export type FieldContext<Args extends Record<string, unknown> = Record<string, never>, Result = unknown> = Context<
  Args,
  Stash,
  { result: unknown },
  undefined,
  Result
>;

/** The context of a field of an object that another resolver returned. */
export type NestedContext<
  Source extends Record<string, unknown>,
  Args extends Record<string, unknown> = Record<string, never>,
  Result = unknown,
> = Context<Args, Stash, { result: unknown }, Source, Result>;

/** The context of a pipeline step. */
export type StepContext<Result = unknown> = Context<
  Record<string, unknown>,
  Stash,
  { result: unknown },
  Record<string, unknown>,
  Result
>;
