import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { LayerPackages } from '../definitions/layers.ts';

/** A mistake in how the command was called; the message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface CommandOptions {
  /** Absolute path of the folder of Terraform JSON. */
  readonly from: string;
  readonly port: number;
  readonly awsPort: number;
  /** Absolute path; null: memory only. */
  readonly dataDirectory: string | null;
  /** Whether DynamoDB refuses what is beyond its capacity. */
  readonly throttle: boolean;
  /** A command that writes `from` and goes on rewriting it when its sources change. */
  readonly build: string | null;
  /** A command that fills an empty system. */
  readonly seed: string | null;
  /** A command that publishes the site. */
  readonly site: string | null;
  /** A folder of example operations for GraphiQL. */
  readonly operations: string | null;
  /** A JSON file with the users that GraphiQL offers to sign in as. */
  readonly users: string | null;
  /** Which installed packages stand for which layers of functions. */
  readonly layers: readonly LayerPackages[];
}

export const USAGE = `Usage: hiroba-local --from DIR [flags]

Runs a folder of Terraform JSON on this machine.

  --from DIR         the folder (cdktf's output, or any with *.tf.json)
  --port N           GraphQL, realtime, /config.json and GraphiQL (default 4000)
  --aws-port N       the AWS endpoint for SDKs (default 4001)
  --data DIR         where the data is kept (default .hiroba)
  --ephemeral        keep everything in memory
  --throttle         DynamoDB refuses what is beyond the capacity of its tables, indexes and keys, as on AWS
  --build "COMMAND"  a command that writes the folder and goes on watching its sources
  --seed "COMMAND"   a command that fills the system when it is empty
  --site "COMMAND"   a command that puts the site into its bucket, once the system answers
  --operations DIR   *.graphql files to offer in GraphiQL
  --users FILE       JSON with the users to offer for sign-in in GraphiQL
  --layer ARN=PACKAGE[,PACKAGE]
                     installed packages that stand for a layer of functions; * in the ARN is anything; may be repeated
  --help             this text

The root keys of the AWS endpoint are in DIR/credentials, or taken from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;

export function parseOptions(args: readonly string[]): CommandOptions | 'help' {
  const { values } = parse(args);
  if (values.help) return 'help';
  if (values.from === undefined) throw new UsageError('--from DIR is missing: the folder of Terraform JSON to run.');
  if (values.ephemeral && values.data !== undefined)
    throw new UsageError('--ephemeral keeps no data: leave --data out.');
  return {
    from: resolve(values.from),
    port: portNumber('--port', values.port ?? '4000'),
    awsPort: portNumber('--aws-port', values['aws-port'] ?? '4001'),
    dataDirectory: values.ephemeral ? null : resolve(values.data ?? '.hiroba'),
    throttle: values.throttle ?? false,
    build: values.build ?? null,
    seed: values.seed ?? null,
    site: values.site ?? null,
    operations: values.operations === undefined ? null : resolve(values.operations),
    users: values.users === undefined ? null : resolve(values.users),
    layers: (values.layer ?? []).map(layerPackages),
  };
}

function layerPackages(text: string): LayerPackages {
  const [, arn, names] = /^([^=]+)=([^=]+)$/.exec(text) ?? [];
  const packages = (names ?? '').split(',').map((name) => name.trim());
  if (arn !== undefined && packages.every((name) => name !== '')) return { arn: arn.trim(), packages };
  throw new UsageError(`--layer must be like "*:layer:sharp:*=sharp", not "${text}".`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        from: { type: 'string' },
        port: { type: 'string' },
        'aws-port': { type: 'string' },
        data: { type: 'string' },
        ephemeral: { type: 'boolean' },
        throttle: { type: 'boolean' },
        build: { type: 'string' },
        seed: { type: 'string' },
        site: { type: 'string' },
        operations: { type: 'string' },
        users: { type: 'string' },
        layer: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

export function portNumber(flag: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`${flag} must be a port from 0 to 65535 (0: any free one), not "${text}".`);
}
