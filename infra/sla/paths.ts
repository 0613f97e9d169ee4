import { blocksOf, type Resource, type TerraformGraph, textOf } from '../diagram/terraformGraph.ts';
import type { Service } from './agreements.ts';

/** Services that must all be up for something to work, in the order in which they are passed. */
export interface Path {
  readonly name: string;
  readonly services: readonly Service[];
}

/** What people do beside single operations, as far as the Terraform has it. */
export function pathsOf(graph: TerraformGraph): readonly Path[] {
  return [
    ...throughCdn(graph, 'the site', siteOrigin),
    ...throughCdn(graph, 'a photo that is shown', photoOrigin),
    ...throughCdn(graph, 'a public read that the CDN does not hold', publicReads),
    { name: 'sign in, then query', services: [...signIn(graph), ...query] },
    ...uploads(graph),
    ...followUps(graph),
  ];
}

const query: readonly Service[] = ['AppSync', 'DynamoDB'];

const signIn = (graph: TerraformGraph): readonly Service[] =>
  graph.ofType('aws_cognito_user_pool').length > 0 ? ['Cognito'] : [];

/** Of an origin that one of the distribution's behaviours leads to: what is behind it; null when it is not asked for. */
type Origin = (graph: TerraformGraph, path: string, behind: readonly Resource[]) => readonly Service[] | null;

const siteOrigin: Origin = (_graph, path, behind) => (path === '*' && has(behind, 'aws_s3_bucket') ? ['S3'] : null);
const photoOrigin: Origin = (_graph, path, behind) =>
  path.startsWith('/media/') && has(behind, 'aws_s3_bucket') ? ['S3'] : null;
const publicReads: Origin = (_graph, path, behind) =>
  path.startsWith('/q/') && has(behind, 'aws_lambda_function_url') ? ['Lambda', ...query] : null;

const has = (resources: readonly Resource[], type: string): boolean =>
  resources.some((resource) => resource.type === type);

/** DNS when the distribution has a name of its own, CloudFront, and what is behind it. */
function throughCdn(graph: TerraformGraph, name: string, origin: Origin): readonly Path[] {
  return graph.ofType('aws_cloudfront_distribution').flatMap(({ args, stack }) => {
    const dns: readonly Service[] =
      graph.ofType('aws_route53_zone').length > 0 && args['aliases'] !== undefined ? ['Route 53'] : [];
    const behaviours = [
      ...blocksOf(args['default_cache_behavior']).map((behaviour) => ({ path: '*', behaviour })),
      ...blocksOf(args['ordered_cache_behavior']).map((behaviour) => ({
        path: textOf(behaviour['path_pattern']),
        behaviour,
      })),
    ];
    for (const { path, behaviour } of behaviours) {
      const target = blocksOf(args['origin']).find(({ origin_id: id }) => id === behaviour['target_origin_id']);
      const services = origin(graph, path, graph.referencesIn(target?.['domain_name'], stack));
      if (services) return [{ name, services: [...dns, 'CloudFront' as const, ...services] }];
    }
    return [];
  });
}

/** From a bucket's event by a queue to a function, which stores what it made. */
function uploads(graph: TerraformGraph): readonly Path[] {
  return graph.ofType('aws_s3_bucket_notification').map(({ args }) => {
    const byQueue = blocksOf(args['queue']).length > 0;
    const services: readonly Service[] = [
      'AppSync',
      'S3',
      ...(byQueue ? (['SQS'] as const) : []),
      'Lambda',
      'S3',
      'DynamoDB',
    ];
    return { name: 'a photo that is uploaded and processed', services };
  });
}

/** What streams set off after a mutation was answered. Later than usual is not down: streams keep records for a day. */
function followUps(graph: TerraformGraph): readonly Path[] {
  if (graph.ofType('aws_lambda_event_source_mapping').length === 0) return [];
  return [
    {
      name: 'a mutation with what follows it: counters, notifications, events',
      services: [...query, 'Lambda', ...query],
    },
  ];
}
