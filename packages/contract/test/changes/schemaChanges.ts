import { blocking, type Change, dangerous, safe } from './change.ts';
import { add, append, create, drop, remove, replace, within } from './edits.ts';

const post = 'schema/post.graphql';
const viewer = 'schema/viewer.graphql';
const moderation = 'schema/moderation.graphql';
const operation = (name: string): string => `schema/operations/${name}.graphql`;

/** A field that no operation asks for. */
const OLD_FIELD = (reason: string): string =>
  `"""What it was called before 2026."""\n  nickname: String @deprecated(reason: "${reason}")`;
const settingsWith = (reason: string) => add(viewer, 'Settings', OLD_FIELD(reason));

export const schemaChanges: readonly Change[] = [
  {
    name: 'a field goes without notice',
    edits: [drop(viewer, 'Settings.digest')],
    verdict: blocking('FIELD_REMOVED', 'Settings.digest'),
  },
  {
    name: 'a deprecated field goes before its day',
    given: [settingsWith('Use displayName. Removed after 2099-01-01.')],
    edits: [drop(viewer, 'Settings.nickname')],
    verdict: blocking('FIELD_REMOVED', 'Settings.nickname'),
  },
  {
    name: 'a deprecated field goes whose deprecation says no day',
    given: [settingsWith('Use displayName instead.')],
    edits: [drop(viewer, 'Settings.nickname')],
    verdict: blocking('FIELD_REMOVED', 'Settings.nickname'),
  },
  {
    name: 'a deprecated field goes after its day',
    given: [settingsWith('Use displayName. Removed after 2026-01-01.')],
    edits: [drop(viewer, 'Settings.nickname')],
    verdict: safe('FIELD_REMOVED', 'Settings.nickname'),
  },
  {
    name: 'a deprecated field goes after its day, and an operation asks for it',
    given: [
      within(
        post,
        'Post.viewerHasLiked',
        'Boolean',
        'Boolean @deprecated(reason: "Use likers. Removed after 2026-01-01.")',
      ),
    ],
    edits: [drop(post, 'Post.viewerHasLiked')],
    verdict: blocking('FIELD_REMOVED', 'Post.viewerHasLiked'),
  },
  {
    name: 'the day of a deprecation comes nearer',
    given: [settingsWith('Use displayName. Removed after 2099-01-01.')],
    edits: [within(viewer, 'Settings.nickname', '2099', '2027')],
    verdict: dangerous('FIELD_DEPRECATION_REASON_CHANGED', 'Settings.nickname'),
  },
  {
    name: 'a field becomes nullable',
    edits: [within(post, 'Post.body', 'String!', 'String')],
    verdict: blocking('FIELD_TYPE_CHANGED', 'Post.body'),
  },
  {
    name: 'a field becomes a list',
    edits: [within(post, 'PostStats.likes', 'Int!', '[Int!]!')],
    verdict: blocking('FIELD_TYPE_CHANGED', 'PostStats.likes'),
  },
  {
    name: 'a field gets another scalar',
    edits: [within(post, 'Post.createdAt', 'AWSDateTime!', 'String!')],
    verdict: blocking('FIELD_TYPE_CHANGED', 'Post.createdAt'),
  },
  {
    name: 'an argument goes',
    edits: [drop(post, 'Post.comments.order')],
    verdict: blocking('FIELD_ARGUMENT_REMOVED', 'Post.comments.order'),
  },
  {
    name: 'a required argument comes',
    edits: [add(post, 'Post.comments', '"""Whose language."""\n    language: Language!')],
    verdict: blocking('FIELD_ARGUMENT_ADDED', 'Post.comments.language'),
  },
  {
    name: 'a default becomes another',
    edits: [within(post, 'Post.comments.order', 'NEWEST_FIRST', 'OLDEST_FIRST')],
    verdict: dangerous('FIELD_ARGUMENT_DEFAULT_CHANGED', 'Post.comments.order'),
  },
  {
    name: 'a required field of an input comes',
    edits: [add(post, 'CreatePostInput', '"""In which it is written."""\n  language: Language!')],
    verdict: blocking('INPUT_FIELD_ADDED', 'CreatePostInput.language'),
  },
  {
    name: 'a field of an input goes',
    edits: [drop(viewer, 'UpdateSettingsInput.digest')],
    verdict: blocking('INPUT_FIELD_REMOVED', 'UpdateSettingsInput.digest'),
  },
  {
    name: 'a field of an input becomes required',
    edits: [within(viewer, 'UpdateSettingsInput.language', 'Language', 'Language!')],
    verdict: blocking('INPUT_FIELD_TYPE_CHANGED', 'UpdateSettingsInput.language'),
  },
  {
    name: 'a value of an enum goes',
    edits: [drop(moderation, 'ReportReason.OTHER')],
    verdict: blocking('ENUM_VALUE_REMOVED', 'ReportReason.OTHER'),
  },
  {
    name: 'a value comes that clients may be told',
    edits: [add(post, 'PostVisibility', '"""Whoever is named in it."""\n  MENTIONED')],
    verdict: dangerous('ENUM_VALUE_ADDED', 'PostVisibility.MENTIONED'),
  },
  {
    name: 'a kind of a union comes',
    edits: [replace(moderation, 'Post | Comment | User | Photo', 'Post | Comment | User | Photo | Hashtag')],
    verdict: dangerous('UNION_MEMBER_ADDED', 'ReportSubject'),
  },
  {
    name: 'a kind of a union goes',
    edits: [replace(moderation, 'Post | Comment | User | Photo', 'Post | Comment | User')],
    verdict: blocking('UNION_MEMBER_REMOVED', 'ReportSubject'),
  },
  {
    name: 'a type no longer has an interface',
    edits: [replace(moderation, 'type Report implements Node', 'type Report')],
    verdict: blocking('OBJECT_TYPE_INTERFACE_REMOVED', 'Report'),
  },
  {
    name: 'a persisted operation goes',
    edits: [remove(operation('Trending'))],
    verdict: blocking('OPERATION_REMOVED', operation('Trending')),
  },
  {
    name: 'a persisted operation goes after its day',
    given: [replace(operation('Trending'), '# clients', '# retired: 2026-01-01\n# clients')],
    edits: [remove(operation('Trending'))],
    verdict: safe('OPERATION_REMOVED', operation('Trending')),
  },
  {
    name: 'a persisted operation asks for something else',
    edits: [replace(operation('Page'), '    updatedAt\n', '')],
    verdict: dangerous('OPERATION_CHANGED', operation('Page')),
  },
  {
    name: 'answers are kept for longer',
    edits: [replace(operation('Trending'), /# cache: \d+/, '# cache: 59')],
    verdict: dangerous('OPERATION_CACHE_CHANGED', operation('Trending')),
  },
  {
    name: 'an operation asks for what the schema does not have',
    edits: [replace(operation('Page'), '    slug\n', '    slugs\n')],
    verdict: blocking('OPERATION_BROKEN', operation('Page')),
  },
  {
    name: 'a budget is raised',
    edits: [replace(operation('Page'), '# budget: $4.50', '# budget: $40.00')],
    verdict: dangerous('BUDGET_RAISED', 'Page'),
  },
  {
    name: 'a budget goes below the cost',
    edits: [replace(operation('Page'), '# budget: $4.50', '# budget: $3.00')],
    verdict: blocking('BUDGET_EXCEEDED', 'Page'),
  },
  {
    name: 'a budget is taken away',
    edits: [replace(operation('Page'), '# budget: $4.50\n', '')],
    verdict: blocking('BUDGET_MISSING', 'Page'),
  },

  // Rules.
  {
    name: 'a field has no description',
    edits: [add(viewer, 'Settings', 'theme: String')],
    verdict: blocking('descriptions', 'Settings.theme'),
  },
  {
    name: 'a mutation answers the object itself',
    edits: [
      append(
        post,
        'extend type Mutation {\n  """\n  Refuses with `NOT_FOUND`.\n  """\n  markPost(\n    """\n    Of the post.\n    """\n    id: ID!\n  ): Post @aws_cognito_user_pools\n}',
      ),
    ],
    verdict: blocking('payloads', 'Mutation.markPost'),
  },
  {
    name: 'a mutation does not begin with a verb',
    edits: [
      append(
        post,
        'extend type Mutation {\n  """\n  Refuses with `NOT_FOUND`.\n  """\n  postPin(\n    """\n    Of the post.\n    """\n    id: ID!\n  ): DeletePostPayload! @aws_cognito_user_pools\n}',
      ),
    ],
    verdict: blocking('verb-first', 'Mutation.postPin'),
  },
  {
    name: 'a key of a table shows through',
    edits: [add(post, 'PostStats', '"""\n  Where it is kept.\n  """\n  shard: Int')],
    verdict: blocking('no-storage', 'PostStats.shard'),
  },
  {
    name: 'an id stands in place of an object',
    edits: [add(post, 'PostStats', '"""\n  Of the post that they are of.\n  """\n  postId: ID')],
    verdict: blocking('references', 'PostStats.postId'),
  },
  {
    name: 'a list has no bound',
    edits: [add(viewer, 'Settings', '"""\n  Words that are hidden.\n  """\n  muted: [String!]')],
    verdict: blocking('list-bounds', 'Settings.muted'),
  },
  {
    name: 'a list that clients send has no bound',
    edits: [add(viewer, 'UpdateSettingsInput', '"""\n  Words that are hidden.\n  """\n  muted: [String!]')],
    verdict: blocking('list-bounds', 'UpdateSettingsInput.muted'),
  },
  {
    name: 'an object of another table is taken for certain',
    edits: [within(post, 'Post.author', 'User', 'User!')],
    verdict: blocking('nullable', 'Post.author'),
  },
  {
    name: 'a new operation is as deep as the API refuses',
    edits: [
      create(
        operation('Deep'),
        `# clients: web\n# budget: $20.00\nquery Deep { viewer { user { posts { edges { node { author { posts { edges { node { author { handle } } } } } } } } } } }\n`,
      ),
    ],
    verdict: blocking('operation-depth', operation('Deep')),
  },
];
