import { costOf, isParameter, type PriceName, type Region } from './prices.ts';

export const services = [
  'AppSync',
  'AppSync cache',
  'DynamoDB requests',
  'DynamoDB storage',
  'Cognito',
  'Lambda',
  'CloudFront',
  'S3',
  'Data transfer',
  'WAF',
  'CloudWatch',
  'KMS',
  'Route 53',
  'Other',
] as const;

export type ServiceLine = (typeof services)[number];

/** So much of something that has a price. */
export interface Usage {
  readonly service: ServiceLine;
  readonly price: PriceName;
  /** In the price's units, a month. */
  readonly amount: number;
  readonly what: string;
}

export interface Line extends Usage {
  readonly usd: number;
  /** The price is not verified. */
  readonly parameter: boolean;
}

/** Usages with their prices; what is free, and tiers, are by price and not by line. */
export function linesOf(usages: readonly Usage[], region: Region): readonly Line[] {
  const byPrice = Map.groupBy(merged(usages), ({ price }) => price);
  return [...byPrice].flatMap(([price, same]) => {
    const total = same.reduce((sum, { amount }) => sum + amount, 0);
    const usd = costOf(price, region, total);
    return same.map((usage) => ({
      ...usage,
      usd: (usd * usage.amount) / total,
      parameter: isParameter(price, region),
    }));
  });
}

/** Usages of the same thing as one, without those that come to nothing. */
function merged(usages: readonly Usage[]): readonly Usage[] {
  const same = Map.groupBy(
    usages.filter(({ amount }) => amount > 0),
    ({ service, price, what }) => `${service} ${price} ${what}`,
  );
  return [...same.values()].flatMap((each) => {
    const [first] = each;
    return first ? [{ ...first, amount: each.reduce((sum, { amount }) => sum + amount, 0) }] : [];
  });
}

export const totalOf = (lines: readonly Line[]): number => lines.reduce((sum, { usd }) => sum + usd, 0);
