import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { target } from '../../support/target.ts';

interface Resources {
  readonly aws_dynamodb_table?: Readonly<Record<string, Table>>;
  readonly aws_lambda_function?: Readonly<Record<string, LambdaFunction>>;
  readonly aws_s3_bucket?: Readonly<Record<string, { readonly bucket: string }>>;
  readonly aws_sqs_queue?: Readonly<Record<string, { readonly name: string }>>;
  readonly aws_ssm_parameter?: Readonly<Record<string, { readonly name: string }>>;
}

interface LambdaFunction {
  readonly function_name: string;
  readonly environment?: { readonly variables: Readonly<Record<string, string>> };
}

interface Table {
  readonly name: string;
  readonly stream_enabled?: boolean;
  readonly global_secondary_index?: readonly { readonly name: string }[];
}

/** Every place that the Terraform declares, so that none is left untried because no row of the table is about it. */
export const declaredPlaces = (): readonly string[] => stacks().flatMap(placesIn);

/** Whom mails come from. */
export function declaredSender(): string {
  const functions = stacks().flatMap(({ aws_lambda_function: all = {} }) => Object.values(all));
  const senders = functions.flatMap(({ environment }) => environment?.variables['MAIL_SENDER'] ?? []);
  if (senders[0] === undefined) throw new Error('no function sends mails');
  return senders[0];
}

function stacks(): readonly Resources[] {
  const folder = join(target.terraform, 'stacks');
  return readdirSync(folder).map((stack) => {
    const text = readFileSync(join(folder, stack, 'cdk.tf.json'), 'utf8');
    return (JSON.parse(text) as { readonly resource?: Resources }).resource ?? {};
  });
}

const placesIn = (resources: Resources): readonly string[] => [
  ...Object.values(resources.aws_dynamodb_table ?? {}).flatMap(placesOfTable),
  ...Object.values(resources.aws_lambda_function ?? {}).map((one) => `function ${bare(one.function_name)}`),
  // Their names end in the account.
  ...Object.values(resources.aws_s3_bucket ?? {}).map(({ bucket }) => `bucket ${bare(bucket).replace(/-\$\{.*/, '')}`),
  ...Object.values(resources.aws_sqs_queue ?? {}).map(({ name }) => `queue ${bare(name)}`),
  ...Object.values(resources.aws_ssm_parameter ?? {}).map(({ name }) => `parameter ${bare(name)}`),
];

function placesOfTable({ name, stream_enabled: hasStream, global_secondary_index: indexes = [] }: Table): string[] {
  const table = bare(name);
  return [
    `table ${table}`,
    ...indexes.map((index) => `index ${table} ${index.name}`),
    ...(hasStream === true ? [`stream ${table}`] : []),
  ];
}

const bare = (name: string): string => name.replace(/^\/?hiroba-dev[-/]/, '');
