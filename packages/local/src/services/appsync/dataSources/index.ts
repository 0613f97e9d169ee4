import { NotEmulated } from '../../../aws/error.ts';
import type { Authorizer, Principal } from '../../../aws/service.ts';
import type { DataSourceDefinition } from '../model.ts';
import type { DataSource } from './dataSource.ts';
import { createDynamoDBDataSource } from './dynamodb/index.ts';
import type { PageTokens } from './dynamodb/pageTokens.ts';
import type { DynamoDB } from './dynamodb/table.ts';
import { createEventBridgeDataSource, type PutEvents } from './eventBridge.ts';
import { type AskAws, createHttpDataSource, type Credentials } from './http.ts';
import { createLambdaDataSource, type InvokeLambda } from './lambda.ts';
import { createNoneDataSource } from './none.ts';

/** What data sources reach for. */
export interface DataSourceServices {
  readonly authorizer: Authorizer;
  readonly dynamodb: DynamoDB;
  readonly invokeLambda: InvokeLambda;
  readonly fetch: typeof fetch;
  /** Credentials to sign HTTP data sources' requests with. */
  readonly credentials?: (principal: Principal) => Credentials;
  /** Answers HTTP data sources' requests to AWS's own names; without it they go over the network. */
  readonly askAws?: AskAws;
  /** Sends events to buses; without it, EventBridge data sources refuse. */
  readonly putEvents?: PutEvents;
  readonly tokens: PageTokens;
}

export function createDataSource(definition: DataSourceDefinition, services: DataSourceServices): DataSource {
  const { name, address } = definition;
  switch (definition.type) {
    case 'NONE':
      return createNoneDataSource(name, address);
    case 'AMAZON_DYNAMODB': {
      const { principal, tableName } = definition;
      const lambda = async (functionArn: string, payload: unknown) => {
        await services.authorizer.authorize(principal, { action: 'lambda:InvokeFunction', resource: functionArn });
        return services.invokeLambda(functionArn, payload, 'RequestResponse');
      };
      return createDynamoDBDataSource({ ...services, name, address, principal, tableName, lambda });
    }
    case 'AWS_LAMBDA': {
      const { principal, functionArn } = definition;
      return createLambdaDataSource({ ...services, name, address, principal, functionArn });
    }
    case 'HTTP': {
      const { endpoint, principal, signingService, signingRegion } = definition;
      const isSigned = principal !== undefined && signingService !== undefined && signingRegion !== undefined;
      const signing = isSigned ? { service: signingService, region: signingRegion, principal } : undefined;
      return createHttpDataSource({ ...services, name, address, endpoint, signing });
    }
    case 'AMAZON_EVENTBRIDGE': {
      const { principal, eventBusArn } = definition;
      const { putEvents } = services;
      if (!putEvents) return refusing(name, address, definition.type);
      return createEventBridgeDataSource({ ...services, putEvents, name, address, principal, eventBusArn });
    }
    case 'NOT_EMULATED':
      return refusing(name, address, definition.awsType);
  }
}

/** Other fields of the API must go on working, so only the use of the data source refuses. */
function refusing(name: string, address: string, type: string): DataSource {
  return {
    name,
    address,
    type,
    invoke: () => {
      throw new NotEmulated(`a data source of type ${type} (${address})`);
    },
  };
}
