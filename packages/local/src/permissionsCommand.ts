import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readSharedCredentials } from './aws/sharedCredentials.ts';
import { control } from './command/control.ts';
import { listOf, summaryOf } from './command/describePermissions.ts';
import { portNumber, UsageError } from './command/options.ts';
import type { Grant } from './services/iam/index.ts';

const USAGE = `Usage: npm run permissions -- [flags]

Lists what the roles of the running system may do and have not done since it was started. Use the system first, by its tests or by
hand: what is left on the list is too much, or untried.

  --role NAME      only roles whose address has it
  --json           as JSON, for programs
  --data DIR       where the keys are (default .hiroba); AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY take precedence
  --aws-port N     the AWS endpoint (default 4001)
  --help           this text`;

interface Answer {
  readonly Granted: number;
  readonly Permissions: readonly Grant[];
}

async function main(): Promise<void> {
  const values = parse(process.argv.slice(2));
  if (values.help) return console.log(USAGE);
  const target = {
    endpoint: `http://localhost:${portNumber('--aws-port', values['aws-port'])}`,
    credentials: readSharedCredentials(resolve(values.data)),
  };
  const { Granted, Permissions } = (await control(target, 'unused-permissions', {})) as unknown as Answer;
  const listed = Permissions.filter(({ role }) => role.includes(values.role));
  if (values.json) return console.log(JSON.stringify(listed, null, 2));
  for (const line of listOf(listed)) console.log(line);
  console.log(summaryOf(Granted, Permissions));
}

function parse(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        role: { type: 'string', default: '' },
        json: { type: 'boolean', default: false },
        data: { type: 'string', default: '.hiroba' },
        'aws-port': { type: 'string', default: '4001' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return values;
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? `error: ${error.message}` : error);
  if (error instanceof UsageError) console.error(`\n${USAGE}`);
  process.exit(1);
});
