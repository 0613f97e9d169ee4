import { GraphQLSchema } from 'graphql';
import { terraformGraph } from '../../../../infra/diagram/terraformGraph.ts';
import { accessHash, type Approval, approvalNeeded, approve } from '../access/approvals.ts';
import { accessOf } from '../access/access.ts';
import { compareAccess } from '../access/compareAccess.ts';
import { compareMatrix } from '../access/compareMatrix.ts';
import type { Matrix } from '../access/matrix.ts';
import { type Available, availabilityOf, compareAvailability } from '../availability/compareAvailability.ts';
import type { Contract, Operation } from '../contract/contract.ts';
import { budgetOf } from '../cost/budget.ts';
import { compareCosts } from '../cost/compareCosts.ts';
import { costOfOperation, type OperationCost } from '../cost/cost.ts';
import { stepsOfOperation, stepsOfResolvers } from '../cost/steps.ts';
import { type Finding, sections } from '../finding.ts';
import { compareInfrastructure } from '../infrastructure/compareInfrastructure.ts';
import { resourcesOf, type Stacks } from '../infrastructure/resources.ts';
import { comparePermissions } from '../permissions/comparePermissions.ts';
import { permissionsOf } from '../permissions/statements.ts';
import { lint } from '../rules/lint.ts';
import { brokenOperations, clientsOf } from '../schema/compareOperations.ts';
import { compareSchemas } from '../schema/compareSchemas.ts';
import { usersOf, usesOf } from '../schema/uses.ts';
import { type Description, hasProblem } from './description.ts';
import type { Base } from './revision.ts';

/** Everything that is known of one side. */
export interface Tree {
  readonly contract: Contract;
  readonly matrix: Matrix;
  readonly description: Description;
}

export interface OperationRow {
  readonly name: string;
  readonly kind: string;
  readonly clients: readonly string[];
  readonly budget: number | null;
  readonly before: { readonly cost: OperationCost | null; readonly available: Available | null } | null;
  readonly after: { readonly cost: OperationCost | null; readonly available: Available | null };
}

export interface Review {
  readonly base: Base;
  /** By section, and what blocks before what does not. */
  readonly findings: readonly Finding[];
  /** Parts that could not be compared, and why. */
  readonly gaps: readonly string[];
  readonly operations: readonly OperationRow[];
  /** The approval that would let through what is wider, for those who own it to sign. `null`: none is needed. */
  readonly approvalNeeded: string | null;
}

export interface ReviewInput {
  readonly base: Base;
  /** `null` when the base is nothing. */
  readonly before: Tree | null;
  readonly after: Tree;
  readonly approvals: readonly Approval[];
  readonly now: Date;
}

export const isBlocked = ({ findings }: Review): boolean => findings.some(({ severity }) => severity === 'blocking');

export const EMPTY_CONTRACT: Contract = { files: [], sdl: '', schema: new GraphQLSchema({}), operations: [] };

/** The same for the same input, byte for byte. */
export async function review({ base, before, after, approvals, now }: ReviewInput): Promise<Review> {
  const sides = { before: before && sideOf(before), after: sideOf(after) };
  const hash = before && sides.before ? hashOf(before, sides.before.stacks) : null;
  const findings = [
    ...brokenOperations(after.contract.operations),
    ...(before ? await ofContracts(before, after, now) : []),
    ...approve(
      [
        ...(before ? ofAccess(before, after) : []),
        ...ofPermissions(sides.before?.stacks, sides.after.stacks),
        ...ofInfrastructure(sides.before?.stacks, sides.after.stacks),
      ],
      approvals,
      hash ?? '',
    ),
    ...compareCosts(sides.before?.costed ?? [], sides.after.costed),
    ...compareAvailability(sides.before?.available ?? [], sides.after.available),
    ...lint(after.contract),
  ];
  return {
    base,
    findings: ordered(findings),
    gaps: gapsOf(base, before, after),
    operations: rowsOf(sides.before, sides.after),
    approvalNeeded: approvalNeeded(findings, hash ?? ''),
  };
}

interface Side {
  readonly stacks: Stacks | undefined;
  readonly costed: readonly { readonly operation: Operation; readonly cost?: OperationCost }[];
  readonly available: readonly Available[];
}

function sideOf({ contract, description: { stacks: told, measured } }: Tree): Side {
  const stacks = hasProblem(told) ? undefined : new Map(Object.entries(told));
  const graph = stacks && terraformGraph(stacks);
  const steps = graph ? stepsOfResolvers(graph) : new Map<string, number>();
  const costed = contract.operations.map((operation) => {
    const used = hasProblem(measured) ? undefined : measured[operation.name];
    if (!used) return { operation };
    return { operation, cost: costOfOperation(used, stepsOfOperation(contract.schema, operation.document, steps)) };
  });
  return { stacks, costed, available: graph ? availabilityOf(graph, contract) : [] };
}

const ofContracts = (before: Tree, after: Tree, now: Date): Promise<readonly Finding[]> =>
  compareSchemas(before.contract, after.contract, now);

function ofAccess(before: Tree, after: Tree): readonly Finding[] {
  const uses = [usesOf(before.contract), usesOf(after.contract)];
  return [
    ...compareAccess(accessOf(before.contract), accessOf(after.contract), (coordinate) => usersOf(coordinate, ...uses)),
    ...compareMatrix(before.matrix, after.matrix),
  ];
}

const ofPermissions = (before: Stacks | undefined, after: Stacks | undefined): readonly Finding[] =>
  before && after ? comparePermissions(before, after) : [];

const ofInfrastructure = (before: Stacks | undefined, after: Stacks | undefined): readonly Finding[] =>
  before && after ? compareInfrastructure(before, after) : [];

function hashOf({ contract, matrix }: Tree, stacks: Stacks | undefined): string {
  const permissions = stacks ? permissionsOf(stacks).map((each) => JSON.stringify(each)) : [];
  const resources = stacks ? [...resourcesOf(stacks).keys()] : [];
  return accessHash(accessOf(contract), matrix, [...permissions, ...resources]);
}

const SEVERITIES = ['blocking', 'dangerous', 'safe'] as const;

function ordered(findings: readonly Finding[]): readonly Finding[] {
  const rank = ({ section, severity }: Finding): number =>
    sections.indexOf(section) * 10 + SEVERITIES.indexOf(severity);
  return findings
    .map((finding, index) => ({ finding, index }))
    .sort((a, b) => rank(a.finding) - rank(b.finding) || a.index - b.index)
    .map(({ finding }) => finding);
}

function gapsOf(base: Base, before: Tree | null, after: Tree): readonly string[] {
  const gaps =
    base.kind === 'nothing'
      ? [
          `Nothing to compare with: ${base.why}. Everything is new, and only the rules, the budgets and the availability are judged.`,
        ]
      : [];
  for (const tree of [before, after]) {
    if (!tree) continue;
    const { stacks, measured } = tree.description;
    if (hasProblem(stacks))
      gaps.push(`Permissions, infrastructure, cost and availability are not compared: ${stacks.problem}.`);
    else if (hasProblem(measured)) gaps.push(`Cost is not compared: ${measured.problem}.`);
  }
  return gaps;
}

function rowsOf(before: Side | null, after: Side): readonly OperationRow[] {
  const part = (side: Side, name: string) => {
    const costed = side.costed.find(({ operation }) => operation.name === name);
    return (
      costed && { cost: costed.cost ?? null, available: side.available.find((each) => each.name === name) ?? null }
    );
  };
  return after.costed.map(({ operation }) => ({
    name: operation.name,
    kind: operation.kind,
    clients: clientsOf(operation),
    budget: budgetOf(operation) ?? null,
    before: (before && part(before, operation.name)) ?? null,
    after: part(after, operation.name) ?? { cost: null, available: null },
  }));
}
