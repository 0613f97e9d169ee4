import type { Resource, System } from './model/system.ts';

/** What a rule found wrong with one resource. */
export interface Fault {
  /** Continues "the resource ...": `has no dead-letter queue`. */
  readonly problem: string;
  /** What to write, in the words of the program: `set redrivePolicy`. */
  readonly fix: string;
}

export interface Finding extends Fault {
  readonly resource: Subject;
}

/** What a finding is about: a resource, or a stack as a whole. */
export type Subject = Pick<Resource, 'stack' | 'address' | 'path'>;

export interface Rule {
  /** `service/what-holds`. */
  readonly id: string;
  /** The checks of Checkov (`CKV_AWS_nnn`, `CKV2_AWS_nn`) and Trivy (`AWS-nnnn`) that it does the work of; none: ours alone. */
  readonly scanners: readonly string[];
  /** Why it is so, in one line. */
  readonly reason: string;
  /** Types of the resources that it looks at; absent: every resource. */
  readonly types?: readonly string[];
  readonly check: (system: System) => readonly Finding[] | Promise<readonly Finding[]>;
}

export type Inspect = (resource: Resource, system: System) => Fault | readonly Fault[] | undefined;

export interface ResourceRule extends Omit<Rule, 'check' | 'types'> {
  readonly types: readonly string[];
  /** What is wrong with one resource; nothing or an empty list when it is right. */
  readonly inspect: Inspect;
}

/** A rule that looks at the resources of some types one by one. */
export function resourceRule({ inspect, ...rule }: ResourceRule): Rule {
  return {
    ...rule,
    check: (system) =>
      system
        .ofType(...rule.types)
        .flatMap((resource) => faultsOf(inspect(resource, system)).map((fault) => ({ ...fault, resource }))),
  };
}

function faultsOf(found: Fault | readonly Fault[] | undefined): readonly Fault[] {
  if (!found) return [];
  return 'problem' in found ? [found] : found;
}

/** One line that names the construct, what is wrong with it and what to do. */
export function findingLine({ resource, problem, fix }: Finding): string {
  return `${resource.path} (${resource.stack}/${resource.address}) ${problem}: ${fix}`;
}
