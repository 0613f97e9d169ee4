import type { Contract } from '../contract/contract.ts';
import type { Finding } from '../finding.ts';
import { rules as allRules } from './rules.ts';
import type { Rule } from './rule.ts';
import { type Waiver, waivers as allWaivers } from './waivers.ts';

/** What breaks a rule and has no waiver, and waivers that nothing needs. */
export function lint(
  contract: Contract,
  rules: readonly Rule[] = allRules,
  waivers: readonly Waiver[] = allWaivers,
): readonly Finding[] {
  const used = new Set<Waiver>();
  const found = rules.flatMap(({ id, check }) =>
    check(contract).flatMap(({ subject, message, remedy }): Finding[] => {
      const waiver = waivers.find((each) => each.rule === id && each.subject === subject);
      if (waiver) used.add(waiver);
      return waiver
        ? []
        : [{ section: 'rules', severity: 'blocking', code: id, subject, message, operations: [], remedy }];
    }),
  );
  const unused = waivers.filter((waiver) => !used.has(waiver));
  return [
    ...found,
    ...unused.map(({ rule, subject }): Finding => ({
      section: 'rules',
      severity: 'blocking',
      code: 'unused-waiver',
      subject,
      message: `has a waiver of ${rule} that it does not need`,
      operations: [],
      remedy: 'take it out of packages/contract/src/rules/waivers.ts',
    })),
  ];
}
