import type { Block } from '../targets.ts';
import { blocksOf, type Resource, type TerraformGraph } from './terraformGraph.ts';

/** What one resource may do with another, as its role allows. */
export interface Access {
  readonly holder: Resource;
  readonly target: Resource;
  readonly reads: boolean;
  readonly writes: boolean;
}

/** Actions that say where data goes. Others, such as those that follow a stream or write logs, are not lines by themselves. */
const READS =
  /^(dynamodb:(GetItem|BatchGetItem|Query|Scan|ConditionCheckItem)|s3:(GetObject|ListBucket)|athena:GetQueryResults)$/;
const WRITES =
  /^(dynamodb:(PutItem|UpdateItem|DeleteItem|BatchWriteItem)|s3:(PutObject|DeleteObject)|sqs:SendMessage|sns:Publish|appsync:GraphQL|lambda:InvokeFunction|firehose:PutRecord(Batch)?|ses:Send\w*Email)$/;

/** Lines between holders of roles and what the policies of the roles name, one per statement and resource. */
export function accessOf(graph: TerraformGraph): readonly Access[] {
  const holders = holdersOf(graph);
  return graph.ofType('aws_iam_role_policy').flatMap(({ args, stack }) => {
    const [role] = graph.referencesIn(args['role'], stack);
    const who = (role && holders.get(role)) ?? [];
    return statementsOf(args).flatMap((statement) => {
      const actions = [statement['Action']].flat().map(String);
      const reads = actions.some((action) => READS.test(action));
      const writes = actions.some((action) => WRITES.test(action));
      if (!reads && !writes) return [];
      const targets = graph.referencesIn(statement['Resource'], stack);
      return who.flatMap((holder) => targets.map((target) => ({ holder, target, reads, writes })));
    });
  });
}

/** Who acts with a role: the resources that name it. */
function holdersOf(graph: TerraformGraph): ReadonlyMap<Resource, readonly Resource[]> {
  const result = new Map<Resource, Resource[]>();
  for (const resource of graph.resources) {
    if (resource.type.startsWith('aws_iam_')) continue;
    for (const named of graph.referencesIn(resource.args, resource.stack)) {
      if (named.type === 'aws_iam_role') result.set(named, [...(result.get(named) ?? []), resource]);
    }
  }
  return result;
}

function statementsOf(args: Block): readonly Block[] {
  const text = args['policy'];
  if (typeof text !== 'string' || !text.startsWith('{')) return [];
  const document = JSON.parse(text) as { readonly Statement: Block | readonly Block[] };
  return blocksOf(document.Statement).filter(({ Effect }) => Effect === 'Allow');
}
