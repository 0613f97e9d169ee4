import { composedOperations } from '../../../../infra/sla/composition.ts';
import type { TerraformGraph } from '../../../../infra/diagram/terraformGraph.ts';
import type { Contract } from '../contract/contract.ts';
import type { Finding } from '../finding.ts';

export interface Available {
  readonly name: string;
  /** Of what has to be up: `AppSync`, `DynamoDB`. */
  readonly services: readonly string[];
  /** Tables and functions. */
  readonly uses: readonly string[];
  readonly percent: number;
  /** Of a month of 30 days, down. */
  readonly minutes: number;
}

/** Of operations that can be run, by the agreements that infra/sla knows. */
export function availabilityOf(
  graph: TerraformGraph,
  { operations }: Pick<Contract, 'operations'>,
): readonly Available[] {
  return composedOperations(
    graph,
    operations.filter(({ errors }) => errors.length === 0).map(({ text }) => text),
  );
}

export function compareAvailability(before: readonly Available[], after: readonly Available[]): readonly Finding[] {
  const known = new Map(before.map((one) => [one.name, one]));
  return after.flatMap((now) => {
    const was = known.get(now.name);
    if (!was || was.services.join() === now.services.join()) return [];
    const less = now.percent < was.percent;
    const change = [
      ...now.services.filter((each) => !was.services.includes(each)).map((each) => `now needs ${each}`),
      ...was.services.filter((each) => !now.services.includes(each)).map((each) => `no longer needs ${each}`),
    ].join(', ');
    return [
      {
        section: 'availability' as const,
        severity: less ? ('dangerous' as const) : ('safe' as const),
        code: less ? 'AVAILABILITY_LOWERED' : 'AVAILABILITY_RAISED',
        subject: now.name,
        message: `it ${change}: ${percent(was.percent)} -> ${percent(now.percent)}, ${was.minutes.toFixed(1)} -> ${now.minutes.toFixed(1)} minutes a month`,
        operations: [now.name],
      },
    ];
  });
}

const percent = (value: number): string => `${value.toFixed(3)} %`;
