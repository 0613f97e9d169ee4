import { initGraphQLTada, type ResultOf, type VariablesOf } from 'gql.tada';
import type { introspection, scalars } from '@hiroba/api/tada';

/** A front end that writes its own operations, with gql.tada. It is only type-checked. */
const graphql = initGraphQLTada<{ introspection: typeof introspection; scalars: typeof scalars }>();

export const query = graphql(`
  query Mine($id: ID!) {
    post(id: $id) {
      body
      createdAt
      visibility
    }
  }
`);

type Result = ResultOf<typeof query>;
export const body = ({ post }: Result): string | undefined => post?.body;
export const variables: VariablesOf<typeof query> = { id: '1' };
// @ts-expect-error visibilities are PUBLIC and FOLLOWERS
export const secret: NonNullable<Result['post']>['visibility'] = 'SECRET';
