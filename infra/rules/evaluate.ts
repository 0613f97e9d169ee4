import type { System } from './model/system.ts';
import { findingLine, type Finding, type Rule } from './rule.ts';
import { covers, isExpired, isWithinAYear, type Place, type Waiver } from './waiver.ts';

/** One finding and every stage and rung at which it was found. */
export interface Found {
  readonly rule: string;
  readonly scanners: readonly string[];
  /** `stack/type.id` */
  readonly resource: string;
  /** The construct that made it. */
  readonly construct: string;
  readonly message: string;
  readonly targets: readonly Place[];
}

export interface RuleCount {
  readonly rule: string;
  readonly scanners: readonly string[];
  /** Resources that it looked at, over all targets. */
  readonly inspected: number;
  readonly failed: number;
  readonly waived: number;
}

export interface Report {
  readonly targets: readonly Place[];
  readonly rules: readonly RuleCount[];
  readonly failures: readonly Found[];
  readonly waived: readonly (Found & { readonly waiver: Waiver })[];
  /** Waivers that are out of date, of no rule, or cover nothing. */
  readonly waiverProblems: readonly string[];
}

export interface EvaluateOptions {
  readonly waivers: readonly Waiver[];
  /** Today: waivers end. */
  readonly now: Date;
  /** Whether the systems are all there are; only then a waiver that covers nothing is known to. */
  readonly complete: boolean;
}

interface Hit {
  readonly rule: Rule;
  readonly finding: Finding;
  readonly place: Place;
  readonly waiver?: Waiver;
}

/** Applies every rule to every system. */
export async function evaluate(
  rules: readonly Rule[],
  systems: readonly System[],
  options: EvaluateOptions,
): Promise<Report> {
  const hits: Hit[] = [];
  for (const system of systems) {
    for (const rule of rules) {
      const findings = await rule.check(system);
      hits.push(...findings.map((finding) => hitOf(rule, finding, { system, options })));
    }
  }
  const failed = hits.filter(({ waiver }) => waiver === undefined);
  const waived = hits.filter(({ waiver }) => waiver !== undefined);
  return {
    targets: systems.map(({ stage, rung }) => ({ stage, rung })),
    rules: rules.map((rule) => ({
      rule: rule.id,
      scanners: rule.scanners,
      inspected: systems.reduce((sum, system) => sum + inspectedBy(rule, system), 0),
      failed: failed.filter((hit) => hit.rule === rule).length,
      waived: waived.filter((hit) => hit.rule === rule).length,
    })),
    failures: grouped(failed).map(({ found }) => found),
    waived: grouped(waived).flatMap(({ found, waiver }) => (waiver ? [{ ...found, waiver }] : [])),
    waiverProblems: waiverProblems(rules, waived, options),
  };
}

export function isClean({ failures, waiverProblems }: Report): boolean {
  return failures.length === 0 && waiverProblems.length === 0;
}

function addressOf({ resource }: Finding): string {
  return `${resource.stack}/${resource.address}`;
}

function hitOf(rule: Rule, finding: Finding, { system, options }: { system: System; options: EvaluateOptions }): Hit {
  const place = { stage: system.stage, rung: system.rung };
  const what = { rule: rule.id, resource: addressOf(finding) };
  const waiver = options.waivers.find((each) => !isExpired(each, options.now) && covers(each, what, place));
  return { rule, finding, place, ...(waiver ? { waiver } : {}) };
}

function inspectedBy({ types }: Rule, system: System): number {
  if (!types) return system.resources.length;
  // A rule of no type looks at the stacks themselves.
  return types.length === 0 ? system.stacks.length : system.ofType(...types).length;
}

/** The same finding at several targets is one. */
function grouped(hits: readonly Hit[]): { found: Found; waiver: Waiver | undefined }[] {
  const groups = Map.groupBy(hits, ({ rule, finding }) => `${rule.id} ${findingLine(finding)}`);
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const { rule, finding, waiver } = first;
    const found: Found = {
      rule: rule.id,
      scanners: rule.scanners,
      resource: addressOf(finding),
      construct: finding.resource.path,
      message: findingLine(finding),
      targets: same.map(({ place }) => place),
    };
    return [{ found, waiver }];
  });
}

function waiverProblems(
  rules: readonly Rule[],
  waived: readonly Hit[],
  { waivers, now, complete }: EvaluateOptions,
): string[] {
  const used = new Set(waived.map(({ waiver }) => waiver));
  return waivers.flatMap((waiver) => {
    const name = `the waiver of ${waiver.rule} for ${waiver.resource}`;
    if (!rules.some(({ id }) => id === waiver.rule)) return [`${name} is of no rule: remove it`];
    if (isExpired(waiver, now)) return [`${name} expired on ${waiver.expires}: mend the resource or decide anew`];
    if (!isWithinAYear(waiver, now)) return [`${name} lasts until ${waiver.expires}: decide again within a year`];
    return complete && !used.has(waiver) ? [`${name} covers nothing: remove it`] : [];
  });
}
