import { AwsError } from '../../../../aws/error.ts';
import type { Access, Authorizer, Principal } from '../../../../aws/service.ts';
import type { JsonObject } from '../../../../json.ts';
import { chain, type MaybePromise } from '../../execution/chain.ts';
import type { DataSourceCall } from '../dataSource.ts';

/** DynamoDB in process. */
export interface DynamoDB {
  /** Throws `AwsError`. `field`: whose resolver asks, as `Post.author`, for whoever counts. */
  execute(operation: string, input: JsonObject, field?: string): JsonObject;
  access(operation: string, input: JsonObject): readonly Access[];
}

/** One data source's way to DynamoDB: as its role, and with refusals that name the Terraform. */
export interface TableClient {
  readonly tableName: string;
  /** Throws (or rejects with) `AwsError`. */
  send(call: DataSourceCall, operation: string, input: JsonObject): MaybePromise<JsonObject>;
}

export interface TableClientOptions {
  readonly dynamodb: DynamoDB;
  readonly authorizer: Authorizer;
  readonly principal: Principal;
  readonly tableName: string;
  /** The data source's Terraform address. */
  readonly address: string;
}

export function createTableClient({
  dynamodb,
  authorizer,
  principal,
  tableName,
  address,
}: TableClientOptions): TableClient {
  const authorize = (accesses: readonly Access[], index = 0): MaybePromise<void> => {
    const access = accesses[index];
    if (access === undefined) return;
    return chain(authorizer.authorize(principal, access), () => authorize(accesses, index + 1));
  };
  return {
    tableName,
    send(call, operation, input) {
      const named = (error: unknown): never => {
        if (!(error instanceof AwsError) || !isConfiguration(error)) throw error;
        const addressed = withAddresses(error, address, call.address);
        // Resolvers may well answer with a text of their own: the developer must see the cause all the same.
        call.state.services.onLog(`ERROR - ${addressed.message}`);
        throw addressed;
      };
      const execute = (): JsonObject => executeTraced(dynamodb, call, operation, input);
      try {
        const authorized = authorize(dynamodb.access(operation, input));
        if (authorized === undefined) return execute();
        return authorized.then(execute).catch(named);
      } catch (error) {
        return named(error);
      }
    },
  };
}

function executeTraced(dynamodb: DynamoDB, call: DataSourceCall, operation: string, input: JsonObject): JsonObject {
  if (call.trace === undefined) return dynamodb.execute(operation, input, fieldOf(call));
  const { ConsumedCapacity: consumed, ...answer } = dynamodb.execute(
    operation,
    { ...input, ReturnConsumedCapacity: 'INDEXES' },
    fieldOf(call),
  );
  call.trace.consumed(READS.has(operation) ? 'read' : 'write', [consumed ?? []].flat() as JsonObject[]);
  return answer;
}

const READS: ReadonlySet<string> = new Set(['GetItem', 'BatchGetItem', 'TransactGetItems', 'Query', 'Scan']);

const fieldOf = ({ resolver }: DataSourceCall): string => `${resolver.typeName}.${resolver.fieldName}`;

/** The Terraform is at fault, not the data. */
function isConfiguration({ code, message }: AwsError): boolean {
  if (code === 'AccessDeniedException' || code === 'ResourceNotFoundException') return true;
  return code === 'ValidationException' && message.includes('index');
}

function withAddresses({ code, message, statusCode, details }: AwsError, dataSource: string, user: string): AwsError {
  return new AwsError(code, `${message} [${dataSource}, used by ${user}]`, { statusCode, details });
}
