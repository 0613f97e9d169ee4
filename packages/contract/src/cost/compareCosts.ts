import type { Operation } from '../contract/contract.ts';
import type { Finding, Severity } from '../finding.ts';
import { budgetOf } from './budget.ts';
import type { OperationCost } from './cost.ts';

export interface Costed {
  readonly operation: Operation;
  /** Absent where the tree could not be measured. */
  readonly cost?: OperationCost;
}

/** What the change does to what operations cost, by name. An operation without a budget could cost anything. */
export function compareCosts(before: readonly Costed[], after: readonly Costed[]): readonly Finding[] {
  const known = new Map(before.map((costed) => [costed.operation.name, costed]));
  return after.flatMap((costed) => findings(known.get(costed.operation.name), costed));
}

function findings(before: Costed | undefined, { operation, cost }: Costed): Finding[] {
  const { name, path } = operation;
  const found = (severity: Severity, code: string, message: string, remedy?: string): Finding => ({
    section: 'cost',
    severity,
    code,
    subject: name,
    message,
    operations: [name],
    ...(remedy !== undefined && { remedy }),
  });
  const budget = budgetOf(operation);
  const old = before && budgetOf(before.operation);
  const all: Finding[] = [];
  if (old !== undefined && budget !== undefined && budget > old)
    all.push(
      found('dangerous', 'BUDGET_RAISED', `its budget was ${usd(old)} for a million runs and is ${usd(budget)}`),
    );
  if (cost === undefined) return all;
  if (budget === undefined) {
    const remedy = `say in ${path} what it may cost: # budget: ${usd(suggested(cost.dollarsPerMillion))}`;
    return [
      ...all,
      found(
        'blocking',
        'BUDGET_MISSING',
        `it costs ${usd(cost.dollarsPerMillion)} for a million runs and has no budget`,
        remedy,
      ),
    ];
  }
  if (cost.dollarsPerMillion > budget) {
    const was = before?.cost ? `, after ${usd(before.cost.dollarsPerMillion)}` : '';
    const message = `it costs ${usd(cost.dollarsPerMillion)} for a million runs${was}, and its budget is ${usd(budget)}`;
    const remedy = `ask for less, or raise the budget in ${path} to at least ${usd(cost.dollarsPerMillion)} for reviewers to see`;
    return [...all, found('blocking', 'BUDGET_EXCEEDED', message, remedy)];
  }
  const change = before?.cost && costChange(before.cost, cost);
  if (change !== undefined)
    all.push(
      found(
        cost.dollarsPerMillion > (before?.cost?.dollarsPerMillion ?? 0) ? 'dangerous' : 'safe',
        'COST_CHANGED',
        change,
      ),
    );
  return all;
}

const SHOWN: readonly (readonly [keyof OperationCost, string])[] = [
  ['dollarsPerMillion', 'dollars for a million runs'],
  ['readUnits', 'read units'],
  ['writeUnits', 'write units'],
  ['resolvers', 'resolver runs'],
  ['invocations', 'function calls'],
  ['steps', 'steps that wait for one another'],
];

function costChange(before: OperationCost, after: OperationCost): string | undefined {
  const changes = SHOWN.filter(([key]) => before[key] !== after[key]).map(
    ([key, what]) => `${what} ${before[key]} -> ${after[key]}`,
  );
  return changes.length > 0 ? changes.join(', ') : undefined;
}

/** A tenth more, to the half dollar: less would make a budget of noise. */
export const suggested = (dollars: number): number => Math.ceil(dollars * 1.1 * 2) / 2;

export const usd = (dollars: number): string => `$${dollars.toFixed(2)}`;
