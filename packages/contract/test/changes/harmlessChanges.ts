import type { Change } from './change.ts';
import { add, drop, replace, within } from './edits.ts';

const post = 'schema/post.graphql';
const viewer = 'schema/viewer.graphql';
const silent = 'silent' as const;

/** What nobody should be asked to look at. */
export const harmlessChanges: readonly Change[] = [
  {
    name: 'a description says it better',
    edits: [within(post, 'Post', 'Text with up to 4 photos.', 'A text and up to 4 photos.')],
    verdict: silent,
  },
  {
    name: 'a comment comes into an operation',
    edits: [replace('schema/operations/Feed.graphql', '# The home page.', '# What people see first.')],
    verdict: silent,
  },
  { name: 'white space', edits: [replace(post, 'likes: Int!', 'likes:   Int!')], verdict: silent },
  {
    name: 'an operation is indented in another way',
    edits: [replace('schema/operations/Page.graphql', '    slug\n', '      slug\n')],
    verdict: silent,
  },
  {
    name: 'a field stands elsewhere in its type',
    edits: [
      drop(viewer, 'Settings.language'),
      add(viewer, 'Settings', '"""\n  Of mails to the member.\n  """\n  language: Language!'),
    ],
    verdict: silent,
  },
  {
    name: 'a query moves to another file',
    edits: [
      drop(viewer, 'Query.viewer'),
      replace(viewer, /extend type Query \{\s*\}/, ''),
      {
        file: post,
        apply: (text: string) =>
          `${text}\nextend type Query {\n  """\n  Whoever asks. Null before they have a handle.\n  """\n  viewer: Viewer @aws_cognito_user_pools\n}\n`,
      },
    ],
    verdict: silent,
  },
  {
    name: 'directives stand in another order',
    edits: [
      replace(
        post,
        'type PostStats @aws_api_key @aws_cognito_user_pools @aws_iam',
        'type PostStats @aws_iam @aws_api_key @aws_cognito_user_pools',
      ),
    ],
    verdict: silent,
  },
  {
    name: 'a nullable field comes for members',
    edits: [add(viewer, 'Settings', '"""\n  What the pages look like.\n  """\n  theme: String')],
    verdict: silent,
  },
  {
    name: 'an optional argument comes',
    edits: [add(post, 'Post.comments', '"""\n    Only of these people.\n    """\n    by: ID')],
    verdict: silent,
  },
  {
    name: 'an optional field of an input comes',
    edits: [add(viewer, 'UpdateSettingsInput', '"""\n  What the pages look like.\n  """\n  theme: String')],
    verdict: silent,
  },
  {
    name: 'a value comes that only clients send',
    edits: [
      add(
        'schema/comment.graphql',
        'CommentOrder',
        '"""\n  Those with the most answers first.\n  """\n  LIVELIEST_FIRST',
      ),
    ],
    verdict: silent,
  },
  {
    name: 'a field that nobody asks for is deprecated',
    edits: [
      within(
        'schema/moderation.graphql',
        'Report.details',
        'String',
        'String @deprecated(reason: "Use reason. Removed after 2099-01-01.")',
      ),
    ],
    verdict: silent,
  },
  {
    name: 'a field becomes certain',
    edits: [within('schema/errors.graphql', 'UserError.field', '[String!]', '[String!]!')],
    verdict: silent,
  },
  {
    name: 'columns of the matrix are padded in another way',
    edits: [replace('test/authorization/matrix/posts.md', '| a PUBLIC post        |', '| a PUBLIC post |')],
    verdict: silent,
  },
  {
    name: 'a budget is lowered to what it costs',
    edits: [replace('schema/operations/Page.graphql', '# budget: $4.50', '# budget: $4.00')],
    verdict: silent,
  },
];
