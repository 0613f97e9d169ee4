import { invalidParameter } from './errors.ts';
import type { KeySchema, TableSpecification } from './model.ts';
import { checkParameters, INDEX_NAME, NEW_TABLE_NAME } from './parameters.ts';
import { checkIndexNames } from './specification.ts';

/** Refuses a specification from the Terraform as CreateTable would. */
export function checkSpecification({ name, key, indexes, ttlAttribute }: TableSpecification): void {
  checkParameters({ TableName: name }, { TableName: NEW_TABLE_NAME });
  for (const index of indexes) checkParameters({ IndexName: index.name }, { IndexName: INDEX_NAME });
  checkIndexNames(indexes);
  const types = new Map<string, string>();
  for (const { partition, sort } of [key, ...indexes.map((index): KeySchema => index.key)]) {
    if (partition.name === sort?.name) {
      throw invalidParameter(
        `Both the Hash Key and the Range Key element in the KeySchema have the same name: ${sort.name}`,
      );
    }
    for (const attribute of sort ? [partition, sort] : [partition]) {
      const known = types.get(attribute.name) ?? attribute.type;
      if (known !== attribute.type)
        throw invalidParameter(`Attribute ${attribute.name} is both ${known} and ${attribute.type}`);
      types.set(attribute.name, attribute.type);
    }
  }
  if (ttlAttribute === '') throw invalidParameter('AttributeName of TimeToLiveSpecification is empty');
}
