import { AwsError, NotEmulated } from '../../../../aws/error.ts';
import { attempt } from '../../execution/chain.ts';
import { MappingTemplateError, type DataSource, type DataSourceAnswer } from '../dataSource.ts';
import type { LambdaInvoker } from '../lambda.ts';
import { objectAt, stringAt } from '../requestObject.ts';
import { batchDeleteItem, batchGetItem, batchPutItem } from './batches.ts';
import { contextError } from './errors.ts';
import { deleteItem, getItem, putItem, updateItem } from './items.ts';
import type { Operation } from './operation.ts';
import type { PageTokens } from './pageTokens.ts';
import { query, scan } from './queries.ts';
import { createTableClient, type TableClientOptions } from './table.ts';
import { transactGetItems, transactWriteItems } from './transactions.ts';

/** https://docs.aws.amazon.com/appsync/latest/devguide/js-resolver-reference-dynamodb.html */
const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['GetItem', getItem],
  ['PutItem', putItem],
  ['UpdateItem', updateItem],
  ['DeleteItem', deleteItem],
  ['Query', query],
  ['Scan', scan],
  ['BatchGetItem', batchGetItem],
  ['BatchPutItem', batchPutItem],
  ['BatchDeleteItem', batchDeleteItem],
  ['TransactGetItems', transactGetItems],
  ['TransactWriteItems', transactWriteItems],
]);

export interface DynamoDBDataSourceOptions extends TableClientOptions {
  readonly name: string;
  readonly tokens: PageTokens;
  readonly lambda: LambdaInvoker;
}

export function createDynamoDBDataSource(options: DynamoDBDataSourceOptions): DataSource {
  const { name, address, tokens, lambda } = options;
  const table = createTableClient(options);
  return {
    name,
    address,
    type: 'AMAZON_DYNAMODB',
    invoke(call) {
      const operationName = stringAt(objectAt(call.request, '$').operation, '$[operation]');
      if (operationName === 'Sync') throw new NotEmulated(`Sync (a versioned data source, used by ${call.address})`);
      const operation = OPERATIONS.get(operationName);
      if (operation === undefined) throw new MappingTemplateError(`Unsupported operation '${operationName}'.`);
      return attempt<DataSourceAnswer>(
        () => operation({ call, table, tokens, lambda }),
        (error) => {
          if (!(error instanceof AwsError) || error instanceof NotEmulated) throw error;
          return { result: null, error: contextError(error, call.state.requestId) };
        },
      );
    },
  };
}
