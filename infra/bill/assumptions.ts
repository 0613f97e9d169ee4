import { rungs } from '../rungs.ts';

/** A number that the bill needs, and neither Terraform, nor a measurement, nor a price list tells. */
export interface Assumption {
  readonly value: number;
  readonly unit: string;
  readonly reason: string;
}

const assume = (value: number, unit: string, reason: string): Assumption => ({ value, unit, reason });

export const assumptions = {
  itemsPerPage: assume(20, 'items', 'what clients ask for; a page is what "one operation" reads'),
  cacheHitRatio: assume(
    0.6,
    'of resolver runs',
    "AppSync's cache holds an answer 5-30 s; popular posts are read far more often",
  ),
  cdnHitRatio: assume(0.7, 'of requests', 'public answers are kept 15-60 s and are the same for everyone'),
  provisionedUtilisation: assume(
    0.6,
    'of capacity units',
    'target tracking at 70 %, less what its minutes of delay and the schedule cost',
  ),
  streamShards: assume(1, 'per 1,000 write units a second', 'a shard follows a partition, which takes 1,000 a second'),
  functionMilliseconds: assume(60, 'ms an invocation', 'a few requests to DynamoDB at 5-10 ms each'),
  subscribersPerEvent: assume(0.2, 'connections', 'most people whom an event is for are not connected'),
  connectionMinutes: assume(300, 'minutes a user and month', 'ten minutes a day with the page open'),
  logBytesPerOperation: assume(600, 'bytes', "AppSync's lines about a request at level ERROR without verbose content"),
  logBytesPerInvocation: assume(450, 'bytes', 'three lines of JSON: START, END, REPORT'),
  logCompression: assume(0.2, 'of what came in', 'CloudWatch stores logs compressed and bills what it stores'),
  transportBytes: assume(600, 'bytes an operation', 'headers and TLS around the body'),
  compression: assume(1, 'of the body', 'AppSync answers are taken as not compressed; with gzip about a quarter'),
  siteBytesPerUser: assume(
    5_000_000,
    'bytes a user and month',
    'the site is loaded anew after a release; else browsers have it',
  ),
  siteRequestsPerUser: assume(
    60,
    'requests a user and month',
    'two a day; assets are immutable and cached by browsers',
  ),
  monthsKept: assume(12, 'months of content in the tables', 'nothing moves old posts out yet'),
  storedBytesPerWrite: assume(
    1_400,
    'bytes',
    'a kilobyte of text, its attributes, index entries and 100 bytes of overhead each',
  ),
  pushedFollowers: assume(
    61,
    'timeline entries a post',
    'a power law with a hundred followers in the mean, of which accounts above the threshold of celebrities push none',
  ),
  timelineEntryBytes: assume(230, 'bytes for 30 days', 'two ids, an author and an expiry, and 100 of overhead'),
  insightsEventsPerUnit: assume(1, 'events a request unit', 'one per item read or written'),
} as const satisfies Record<string, Assumption>;

/** Monthly users that a rung's bill is for: the most that it is meant for. */
export const usersOf = (rung: keyof typeof rungs): number => rungs[rung].to;

/** Shares in percent and why. Both lists add up to 100; the names are of `schema/operations`. */
export const mix: {
  readonly reads: Readonly<Record<string, number>>;
  readonly writes: Readonly<Record<string, number>>;
  readonly reason: string;
} = {
  reads: {
    Feed: 30,
    Post: 15,
    PublicPost: 15,
    Profile: 8,
    PublicProfile: 5,
    Trending: 5,
    Hashtag: 5,
    Notifications: 5,
    Viewer: 4,
    PostLikers: 3,
    SearchUsers: 3,
    Follows: 2,
  },
  writes: {
    CreatePost: 40,
    CreateComment: 30,
    LikePost: 18,
    FollowUser: 4,
    MarkNotificationsRead: 4,
    UnlikePost: 1,
    UnfollowUser: 1,
    UpdateProfile: 1,
    DeletePost: 0.9,
    CreateReport: 0.05,
    BlockUser: 0.04,
    ClaimHandle: 0.01,
  },
  reason:
    'The home page is what people open; a third of the reading is by visitors who followed a link and are not signed in. Most writes are new content of a kilobyte, as the load says, which is why likes are fewer here than on other networks.',
};
