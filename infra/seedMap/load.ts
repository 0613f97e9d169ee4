import { answered, command, file, open, type SeedRow, terraform } from './row.ts';

/** Use cases, the load, and its arithmetic. */
export const load: readonly SeedRow[] = [
  answered('A1', 'P0', 'People read and write; what they send is processed, stored and answered', [
    terraform('api/aws_appsync_resolver.Mutation_createPost'),
    file('test/mutations/createPost.test.ts'),
    file('test/queries/post.test.ts'),
  ]),
  answered('A2', 'P0', 'One code base from a few users to ten million, by one setting', [
    file('infra/rungs.ts'),
    command('npm run synth'),
    file('infra/rungs.test.ts'),
    file('infra/targets.test.ts'),
  ]),
  open('A3', 'P1', {
    asks: 'Stays available; the availability of each operation is computed',
    missing: 'a second Region, and a test that takes a zone or a Region away',
    evidence: [file('infra/slo.ts'), command('npm run sla')],
  }),
  answered('A4', 'P0', 'The loop: load it, profile it, fix the first bottleneck, again', [
    command('npm run load'),
    command('npm run advise'),
    file('docs/ladder.md'),
    file('docs/decisions/0033-ladder-simulated.md'),
  ]),
  answered('A5', 'P0', 'Traffic is uneven: skewed, daily curves, flash crowds', [
    file('packages/ladder/src/load/pattern.ts'),
    file('packages/ladder/test/load/arrivals.test.ts'),
    file('packages/ladder/test/traffic.test.ts'),
    terraform('data/aws_dynamodb_contributor_insights.posts', 'users++++'),
  ]),
  answered('A6', 'P0', 'Relations between users, posts, comments, likes, follows and photos, from both sides', [
    file('schema/schema.graphql'),
    file('infra/tables.ts'),
    file('test/queries/node.test.ts'),
    file('test/queries/user.test.ts'),
  ]),
  answered('A7', 'P0', 'Growth is written Users, Users+ ... Users+++++', [file('infra/rungs.ts')]),
  answered('A8', 'P0', 'Ten million users', [
    command('npm run simulate'),
    command('npm run bill'),
    file('docs/ladder.md'),
    terraform('api/aws_appsync_api_cache.cache', 'users+++++'),
  ]),
  answered(
    'A9',
    'P0',
    'A thousand million writes a month: 386 a second in 30 days, 400 in the round month of the seed',
    [command('npm run bill')],
  ),
  answered('A10', 'P0', 'A hundred thousand million reads a month, read as items and as operations', [
    command('npm run bill'),
  ]),
  answered('A11', 'P0', 'A hundred reads for each write', [
    command('npm run load'),
    file('packages/ladder/test/load/arrivals.test.ts'),
  ]),
  answered('A12', 'P0', 'One kilobyte in each write', [
    file('measure/measure.test.ts'),
    file('resolvers/shared/limits.ts'),
    file('test/mutations/createPost.test.ts'),
  ]),
  answered('A13', 'P0', 'A terabyte of new content a month, 36 in three years', [
    file('infra/bill/arithmetic.ts'),
    terraform('data/aws_s3_bucket.archive'),
    file('test/later/archive.test.ts'),
  ]),
  answered('A14', 'P1', 'Most writes are new content', [
    file('infra/bill/assumptions.ts'),
    command('npm run load'),
    file('test/later/archive.test.ts'),
  ]),
  answered('A15', 'P1', 'Requests a second from requests a month, and back', [file('infra/bill/arithmetic.test.ts')]),
  answered('A16', 'P1', 'The whole system in one picture', [
    command('npm run diagram'),
    file('docs/architecture/users.svg'),
    file('docs/architecture/users.puml'),
  ]),
  answered('A17', 'P2', 'The principles hold outside AWS', [file('docs/architecture/README.md')]),
];
