/** graphql-yoga with resolvers by hand, DataLoader and the AWS SDK, on a DynamoDB in another process. */
import { createServer } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { createSchema, createYoga } from 'graphql-yoga';
import { obey } from '../../child.ts';
import type { Setting } from '../data.ts';
import { listen } from './listen.ts';
import { loadersOf } from './loaders.ts';
import { contract } from './schema.ts';
import { fillTables } from './tables.ts';
import { type Context, resolvers } from './yogaResolvers.ts';

const server = createServer();

async function start({ endpoint, setting }: { readonly endpoint: string; readonly setting: Setting }): Promise<string> {
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  const documents = DynamoDBDocumentClient.from(client);
  await fillTables(client, documents, setting.data);
  const { userPoolId, clientId, jwks } = setting.pool;
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'access' });
  verifier.cacheJwks(jwks as Jwks);
  const yoga = createYoga<object, Context>({
    schema: createSchema<Context>({ typeDefs: contract(), resolvers }),
    logging: false,
    graphiql: false,
    landingPage: false,
    async context({ request }) {
      const { sub } = await verifier.verify(request.headers.get('authorization') ?? '');
      return { viewer: sub, documents, loaders: loadersOf(documents) };
    },
  });
  server.on('request', (request, response) => void yoga(request, response));
  return `${await listen(server)}/graphql`;
}

obey({ start }, async () => void server.close());
