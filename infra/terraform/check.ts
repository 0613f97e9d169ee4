import type { Target } from '../config.ts';
import type { SynthesizedTarget } from '../targets.ts';
import {
  deployedState,
  OutOfTime,
  plan,
  prepare,
  providerSchemas,
  Refused,
  type Stack,
  test,
  validate,
  type Workspace,
} from './commands.ts';
import { inPool } from './pool.ts';
import { shapesOf, type Shape } from './shapes.ts';
import { isStateful, statefulChanges } from './statefulChanges.ts';

export interface CheckInput {
  readonly workspace: Workspace;
  /** In the order in which they matter: what time does not suffice for is at the end. */
  readonly synthesized: readonly SynthesizedTarget[];
  /** The same targets of an earlier revision: nothing stateful of theirs may be lost. */
  readonly previous?: readonly SynthesizedTarget[];
  readonly depth: Depth;
  /** Commands at a time: each takes a core and about 600 MB. */
  readonly jobs: number;
  /** Addresses of stateful resources that may be lost. */
  readonly allowed: ReadonlySet<string>;
  readonly tell: (line: string) => void;
}

/** Each includes those before it. */
export const DEPTHS = ['validate', 'plan', 'test'] as const;
export type Depth = (typeof DEPTHS)[number];

export interface CheckResult {
  readonly done: number;
  readonly failed: readonly string[];
  /** What there was no time for. */
  readonly leftOut: readonly string[];
}

interface Job {
  readonly title: string;
  readonly run: () => Promise<string | void>;
}

/**
 * Every distinct stack through the real Terraform: `validate`, then what stateful resources a move from one rung to the
 * next, or from an earlier revision, would lose, then `plan`, then `test` with a mock provider. The cheapest and the most
 * dangerous first.
 */
export async function check(input: CheckInput): Promise<CheckResult> {
  const shapes = shapesOf(input.synthesized);
  const result = { done: 0, failed: [] as string[], leftOut: [] as string[] };
  const prepared = new Map<Shape, Promise<Stack>>();
  const stackOf = (shape: Shape): Promise<Stack> => {
    const known = prepared.get(shape) ?? prepare(input.workspace, nameOf(shape), shape.stack, shape.of);
    prepared.set(shape, known);
    return known;
  };
  const depth = DEPTHS.indexOf(input.depth);
  const go = (jobs: readonly Job[]): Promise<void> =>
    inPool(
      input.jobs,
      jobs.map((job) => () => perform(job, result, input.tell)),
    );
  const valid: Shape[] = [];
  await go(shapes.map((shape) => validation(shape, stackOf, valid)));
  if (depth >= 1) {
    await go(transitions(valid, input));
    await go(valid.map((shape) => planning(shape, stackOf)));
  }
  if (depth >= 2) await go(valid.map((shape) => testing(shape, stackOf)));
  return result;
}

async function perform(
  { title, run }: Job,
  result: { done: number; failed: string[]; leftOut: string[] },
  tell: CheckInput['tell'],
): Promise<void> {
  const start = performance.now();
  try {
    const note = await run();
    result.done++;
    tell(`ok        ${title}  ${((performance.now() - start) / 1000).toFixed(1)} s${note ? `, ${note}` : ''}`);
  } catch (error) {
    if (error instanceof OutOfTime) {
      result.leftOut.push(title);
      tell(`left out  ${title}: ${error.message}`);
    } else if (error instanceof Refused) {
      result.failed.push(title);
      tell(`FAILED    ${title}\n${error.message}`);
    } else throw error;
  }
}

/** What is not valid is not asked further: every other command would say the same. */
function validation(shape: Shape, stackOf: (shape: Shape) => Promise<Stack>, valid: Shape[]): Job {
  return {
    title: `validate  ${titleOf(shape)}`,
    async run() {
      const stack = await stackOf(shape);
      await validate(stack);
      valid.push(shape);
      return stack.stripped > 0 ? `${stack.stripped} newer arguments left out` : undefined;
    },
  };
}

function planning(shape: Shape, stackOf: (shape: Shape) => Promise<Stack>): Job {
  return {
    title: `plan      ${titleOf(shape)}`,
    async run() {
      const { resource_changes = [] } = await plan(await stackOf(shape));
      const other = resource_changes.filter(
        ({ mode, change }) => mode === 'managed' && change.actions.join() !== 'create',
      );
      if (other.length > 0)
        throw new Refused(`a first plan would ${other[0]?.change.actions.join('+')} ${other[0]?.address}`);
      return `${resource_changes.length} to add`;
    },
  };
}

function testing(shape: Shape, stackOf: (shape: Shape) => Promise<Stack>): Job {
  return { title: `test      ${titleOf(shape)}`, run: async () => test(await stackOf(shape)) };
}

/** Moves of a stage from each rung to the next, and of each target from the earlier revision, that change a stateful stack. */
function transitions(shapes: readonly Shape[], input: CheckInput): Job[] {
  const schemas = providerSchemas();
  const states = new Map<string, Promise<unknown>>();
  const workspace = input.workspace;
  const job = (label: string, from: Place, to: Place): Job => ({
    title: `change    ${to.shape.stack}  ${label}`,
    async run() {
      const key = `${from.revision}.${nameOf(from.shape)}`;
      const state = states.get(key) ?? stateOf(from, key);
      states.set(key, state);
      const before = await state;
      const stack = await prepare(workspace, `${key}.to.${nameOf(to.shape)}`, to.shape.stack, to.shape.of);
      const lost = statefulChanges(await plan(stack, before), input.allowed);
      if (lost.length > 0) throw new Refused(lost.map(({ message }) => message).join('\n'));
      return 'nothing stateful is lost';
    },
  });
  const stateOf = async ({ shape }: Place, key: string): Promise<unknown> =>
    deployedState(await prepare(workspace, `${key}.before`, shape.stack, shape.of), schemas);
  const stateful = shapes.filter(hasState);
  return [...revisions(stateful, input), ...rungMoves(stateful)].map(({ label, from, to }) => job(label, from, to));
}

interface Place {
  readonly revision: 'this' | 'previous';
  readonly shape: Shape;
}

interface Move {
  readonly label: string;
  readonly from: Place;
  readonly to: Place;
}

/** Where both rungs have one shape there is nothing to plan. A pair of shapes is one move, however many stages make it. */
function rungMoves(shapes: readonly Shape[]): Move[] {
  const moves = new Map<string, Move>();
  for (const from of shapes) {
    for (const target of from.targets) {
      const to = shapes.find(
        ({ stack, targets }) => stack === from.stack && targets.some((other) => follows(target, other)),
      );
      const next = to?.targets.find((other) => follows(target, other));
      if (!to || !next || to === from) continue;
      const places = { from: { revision: 'this', shape: from }, to: { revision: 'this', shape: to } } as const;
      moves.set(`${from.hash} ${to.hash}`, { label: `${target.stage} ${target.rung} -> ${next.rung}`, ...places });
    }
  }
  return [...moves.values()];
}

/** The names of the rungs are `users` with one more `+` each. */
function follows(a: Target, b: Target): boolean {
  return a.stage === b.stage && b.rung === `${a.rung}+`;
}

function revisions(shapes: readonly Shape[], { previous = [] }: CheckInput): Move[] {
  return shapesOf(previous)
    .filter(hasState)
    .flatMap((from) => {
      const to = shapes.find(
        (shape) => shape.stack === from.stack && shape.targets.some((target) => same(target, from.of.target)),
      );
      if (!to || to.hash === from.hash) return [];
      const { stage, rung } = from.of.target;
      const places = { from: { revision: 'previous', shape: from }, to: { revision: 'this', shape: to } } as const;
      return [{ label: `${stage} ${rung}, from the previous revision`, ...places }];
    });
}

function same(a: Target, b: Target): boolean {
  return a.stage === b.stage && a.rung === b.rung;
}

function hasState({ document }: Shape): boolean {
  return Object.keys(document.resource ?? {}).some(isStateful);
}

function nameOf({ stack, hash }: Shape): string {
  return `${stack}-${hash}`;
}

function titleOf({ stack, of, targets }: Shape): string {
  const { stage, rung } = of.target;
  const more = targets.length > 1 ? ` and ${targets.length - 1} more` : '';
  return `${stack}  ${stage} ${rung}${more}`;
}
