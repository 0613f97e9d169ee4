import type { ObservedCall } from '@hiroba/local';

type DynamoDbCall = Extract<ObservedCall, { readonly service: 'dynamodb' }>;

/** What a call used of a table, or of one of its indexes. */
export interface StoreUnits {
  readonly table: string;
  readonly index: string | null;
  readonly units: number;
}

interface Units {
  readonly CapacityUnits: number;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ConsumedCapacity.html */
interface Consumed {
  readonly TableName: string;
  readonly Table: Units;
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, Units>>;
}

const READS = new Set(['GetItem', 'BatchGetItem', 'TransactGetItems', 'Query', 'Scan']);

export const directionOf = ({ operation }: DynamoDbCall): 'reads' | 'writes' =>
  READS.has(operation) ? 'reads' : 'writes';

/** A table of which nothing was used, as when an index was asked, is not among them. */
export function unitsOfCall({ consumed }: DynamoDbCall): readonly StoreUnits[] {
  return (consumed as unknown as readonly Consumed[]).flatMap(
    ({ TableName: table, Table: own, GlobalSecondaryIndexes: indexes = {} }): StoreUnits[] => [
      ...(own.CapacityUnits > 0 ? [{ table, index: null, units: own.CapacityUnits }] : []),
      ...Object.entries(indexes).map(([index, { CapacityUnits: units }]) => ({ table, index, units })),
    ],
  );
}
