import type { DatabaseSync } from 'node:sqlite';
import type { Account } from '../../aws/account.ts';
import { AwsError } from '../../aws/error.ts';
import type { AwsService } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import type { Sealing } from '../../data/sealing.ts';
import { ACCESS } from './access.ts';
import type { Operation, SsmContext } from './context.ts';
import { deployerArn, type ParameterDefinition, type StoredParameter } from './model.ts';
import { describeParameters } from './operations/describeParameters.ts';
import { getParameter, getParameters } from './operations/getParameter.ts';
import { putParameter } from './operations/putParameter.ts';
import { createParameterStore } from './store.ts';

export interface SsmOptions {
  readonly database: DatabaseSync;
  readonly account: Account;
  readonly clock: Clock;
  /** For the values of SecureString parameters. */
  readonly sealing: Sealing;
  /** Makes names that AWS gives to what runs here names of this machine, in the values of String parameters. */
  readonly localize?: (text: string) => string;
}

/** Parameter Store. */
export interface Ssm extends AwsService {
  readonly name: 'ssm';
  /** As `terraform apply` would: creates it, or writes what differs, but for a value that the Terraform ignores changes of. */
  provision(definition: ParameterDefinition): void;
  /** In clear, for what runs beside it; null when there is no such parameter. */
  valueOf(name: string): string | null;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  GetParameter: getParameter,
  GetParameters: getParameters,
  PutParameter: putParameter,
  DescribeParameters: describeParameters,
};

export function createSsm({ database, account, clock, sealing, ...options }: SsmOptions): Ssm {
  const store = createParameterStore(database, sealing);
  const { localize = (text) => text } = options;
  const context: SsmContext = { account, clock, store, localize };
  return {
    name: 'ssm',
    access: (operation, input) => known(ACCESS, operation)(input, { account, store }),
    call: (operation, input, principal) => known(OPERATIONS, operation)(input, context, principal),
    valueOf: (name) => store.find(name)?.value ?? null,
    provision(definition) {
      const before = store.find(definition.name);
      const next = provisioned(definition, before);
      if (before !== null && isSame(before, next)) return;
      const hasNewValue = before === null || before.value !== next.value || before.type !== next.type;
      store.write({
        ...next,
        version: (before?.version ?? 0) + (hasNewValue ? 1 : 0),
        modifiedAt: clock.now(),
        modifiedBy: hasNewValue ? deployerArn(account.accountId) : before.modifiedBy,
      });
    },
  };
}

type Provisioned = Omit<StoredParameter, 'version' | 'modifiedAt' | 'modifiedBy'>;

function provisioned(definition: ParameterDefinition, before: StoredParameter | null): Provisioned {
  const { name, type, description, tier, keyArn, tags, keepsChanges } = definition;
  const value = before !== null && keepsChanges ? before.value : definition.value;
  return { name, type, value, description, tier, keyArn, tags };
}

const isSame = (before: StoredParameter, next: Provisioned): boolean =>
  (Object.keys(next) as (keyof Provisioned)[]).every(
    (key) => JSON.stringify(before[key]) === JSON.stringify(next[key]),
  );

function known<T>(table: Readonly<Record<string, T>>, operation: string): T {
  const found = Object.hasOwn(table, operation) ? table[operation] : undefined;
  if (found !== undefined) return found;
  throw new AwsError('UnknownOperationException', `ssm:${operation} is not emulated`, { statusCode: 404 });
}
