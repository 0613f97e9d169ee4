import type { DataSource } from './dataSource.ts';
import { objectAt } from './requestObject.ts';
import { isNullish } from '../nullish.ts';

/** A data source without a data source: hands the payload back. */
export function createNoneDataSource(name: string, address: string): DataSource {
  return {
    name,
    address,
    type: 'NONE',
    invoke: ({ request }) => ({ result: isNullish(request) ? null : (objectAt(request, '$').payload ?? null) }),
  };
}
