import { blocking, type Change, dangerous } from './change.ts';
import { add, drop, replace, within } from './edits.ts';

const moderation = 'schema/moderation.graphql';
const viewer = 'schema/viewer.graphql';
const post = 'schema/post.graphql';
const comment = 'schema/comment.graphql';
const notification = 'schema/notification.graphql';
const announcement = 'schema/announcement.graphql';
const MODERATORS = '@aws_cognito_user_pools(cognito_groups: ["moderators"])';
const matrix = (name: string): string => `test/authorization/matrix/${name}.md`;

/** A row of a table whose cells are padded: of the row, one cell becomes another. */
const cell = (file: string, row: RegExp, from: RegExp, to: string) => ({
  file: matrix(file),
  apply(text: string): string {
    const line = text.split('\n').find((each) => row.test(each));
    const changed = line?.replace(from, to);
    if (line === undefined || changed === line) throw new Error(`${file} has no such cell`);
    return text.replace(line, changed ?? '');
  },
});

export const accessChanges: readonly Change[] = [
  {
    name: 'the group of a query is forgotten',
    edits: [within(moderation, 'Query.moderationQueue', MODERATORS, '@aws_cognito_user_pools')],
    verdict: blocking('ACCESS_WIDENED', 'Query.moderationQueue'),
    inspectorMisses: true,
  },
  {
    name: 'the group of a mutation is forgotten',
    edits: [within(moderation, 'Mutation.decideModeration', MODERATORS, '@aws_cognito_user_pools')],
    verdict: blocking('ACCESS_WIDENED', 'Mutation.decideModeration'),
    inspectorMisses: true,
  },
  {
    name: 'another group is let in',
    edits: [within(announcement, 'Mutation.sendAnnouncement', '["operators"]', '["operators", "moderators"]')],
    verdict: blocking('ACCESS_WIDENED', 'Mutation.sendAnnouncement'),
    inspectorMisses: true,
  },
  {
    name: 'a group is taken for another',
    edits: [within(announcement, 'Mutation.sendAnnouncement', '["operators"]', '["moderators"]')],
    verdict: blocking('ACCESS_WIDENED', 'Mutation.sendAnnouncement'),
    inspectorMisses: true,
  },
  {
    name: 'the group of a type is forgotten',
    edits: [
      replace(
        moderation,
        `type ModerationCase implements Node ${MODERATORS}`,
        'type ModerationCase implements Node @aws_cognito_user_pools',
      ),
    ],
    verdict: blocking('ACCESS_WIDENED', 'ModerationCase'),
    inspectorMisses: true,
  },
  {
    name: 'the public reads what was for members, a field',
    edits: [within(viewer, 'Query.viewer', '@aws_cognito_user_pools', '@aws_cognito_user_pools @aws_api_key')],
    verdict: blocking('ACCESS_WIDENED', 'Query.viewer'),
    inspectorMisses: true,
  },
  {
    name: 'the public reads what was for members, a type',
    edits: [
      replace(viewer, 'type Settings @aws_cognito_user_pools', 'type Settings @aws_api_key @aws_cognito_user_pools'),
    ],
    verdict: blocking('ACCESS_WIDENED', 'Settings'),
    inspectorMisses: true,
  },
  {
    name: 'IAM callers may write',
    edits: [within(post, 'Mutation.createPost', '@aws_cognito_user_pools', '@aws_cognito_user_pools @aws_iam')],
    verdict: blocking('ACCESS_WIDENED', 'Mutation.createPost'),
    inspectorMisses: true,
  },
  {
    name: 'members may publish',
    edits: [within(comment, 'Mutation.publishComment', '@aws_iam', '@aws_iam @aws_cognito_user_pools')],
    verdict: blocking('ACCESS_WIDENED', 'Mutation.publishComment'),
    inspectorMisses: true,
  },
  {
    name: 'a directive is lost, and the default holds',
    edits: [within(comment, 'Mutation.publishComment', ' @aws_iam', '')],
    verdict: blocking('ACCESS_WIDENED', 'Mutation.publishComment'),
    inspectorMisses: true,
  },
  {
    name: "a field's own directive goes, and its type is wider",
    given: [within(post, 'Post.viewerHasLiked', 'Boolean', 'Boolean @aws_cognito_user_pools')],
    edits: [within(post, 'Post.viewerHasLiked', ' @aws_cognito_user_pools', '')],
    verdict: blocking('ACCESS_WIDENED', 'Post.viewerHasLiked'),
    inspectorMisses: true,
  },
  {
    name: 'a field is kept for a group, and operations ask for it',
    edits: [
      within(viewer, 'Query.viewer', '@aws_cognito_user_pools', '@aws_cognito_user_pools(cognito_groups: ["testers"])'),
    ],
    verdict: blocking('ACCESS_NARROWED', 'Query.viewer'),
    inspectorMisses: true,
  },
  {
    name: 'the public no longer reads a page',
    edits: [within('schema/page.graphql', 'Query.page', ' @aws_api_key', '')],
    verdict: blocking('ACCESS_NARROWED', 'Query.page'),
    inspectorMisses: true,
  },
  {
    name: 'a subscription is fed by another mutation, too',
    edits: [
      within(
        notification,
        'Subscription.notificationReceived',
        '["publishNotification"]',
        '["publishNotification", "publishComment"]',
      ),
    ],
    verdict: blocking('SUBSCRIPTION_FED', 'Subscription.notificationReceived'),
    inspectorMisses: true,
  },
  {
    name: 'a subscription is fed by nothing',
    edits: [within(notification, 'Subscription.notificationReceived', '["publishNotification"]', '[]')],
    verdict: blocking('SUBSCRIPTION_STARVED', 'Subscription.notificationReceived'),
    inspectorMisses: true,
  },
  {
    name: 'a subscription no longer asks whose events',
    edits: [drop(comment, 'Subscription.commentAdded.postId'), replace(comment, /commentAdded\(\s*\)/, 'commentAdded')],
    verdict: blocking('SUBSCRIPTION_UNFILTERED', 'Subscription.commentAdded'),
  },
  {
    name: 'a new field is open to the public',
    edits: [add(post, 'PostStats', '"""\n  How many people saw it.\n  """\n  views: Int')],
    verdict: dangerous('ACCESS_ADDED', 'PostStats.views'),
    inspectorMisses: true,
  },
  {
    name: 'a type is reached by whom it refuses',
    edits: [add(post, 'PostStats', '"""\n  Of whoever wrote it.\n  """\n  settings: Settings')],
    verdict: blocking('reachable', 'Settings'),
    inspectorMisses: true,
  },
  {
    name: 'the matrix lets somebody in',
    edits: [cell('posts', /^\| `Mutation\.createPost` +\| any text/, /\| no( +)\| no( +)\| no/, '| no$1| yes$2| no')],
    verdict: blocking('CELL_WIDENED', 'posts.md Mutation.createPost of any text: guest'),
  },
  {
    name: 'the matrix lets the blocked read',
    edits: [cell('posts', /^\| `Query\.post` +\| a PUBLIC post/, /null/, 'yes')],
    verdict: blocking('CELL_WIDENED', 'posts.md Query.post of a PUBLIC post: blocked'),
  },
  {
    name: 'the matrix keeps somebody out',
    edits: [cell('operations', /^\| `Query\.page` +\| the help/, /\| yes/, '| no')],
    verdict: dangerous('CELL_NARROWED', 'operations.md Query.page of the help: public'),
  },
  {
    name: 'a row of the matrix goes',
    edits: [replace(matrix('operations'), /^\| `Query\.page` +\| the help.*\n/m, '')],
    verdict: dangerous('CELL_REMOVED', 'operations.md Query.page of the help: public'),
  },
  {
    name: 'a function reaches further',
    edits: [
      replace(
        matrix('reach'),
        '| announcements | table ops | GetItem |',
        '| announcements | table ops | GetItem PutItem |',
      ),
    ],
    verdict: blocking('CELL_WIDENED', 'reach.md announcements of table ops: may'),
  },
  {
    name: 'a suspended member may write',
    edits: [cell('standing', /^\| `Mutation\.updateProfile` \|/, /ACCOUNT_NOT_ACTIVE/, 'yes')],
    verdict: blocking('CELL_WIDENED', 'standing.md Mutation.updateProfile of their own: suspended'),
  },
];
