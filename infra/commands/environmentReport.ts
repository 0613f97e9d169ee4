import type { Json } from '../targets.ts';
import type { Difference } from './environmentDiff.ts';

/** As text: each value that differs once, with the constructs that have it. */
export function report(differences: readonly Difference[]): string[] {
  const groups = Map.groupBy(differences, (each) => JSON.stringify([stackOf(each), typeOf(each), change(each)]));
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    return [
      `${stackOf(first)} ${typeOf(first)}: ${change(first)}`,
      ...group.map(({ construct }) => `    ${construct}`),
    ];
  });
  return lines.length > 0 ? lines : ['nothing differs'];
}

function change({ attribute, left, right }: Difference): string {
  if (attribute === '') return left === undefined ? 'only on the right' : 'only on the left';
  return `${attribute} ${shown(left)} -> ${shown(right)}`;
}

/** Long enough to recognise. */
const LONGEST = 100;

function shown(value: Json | undefined): string {
  if (value === undefined) return '(absent)';
  const text = JSON.stringify(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}...`;
}

function stackOf({ address }: Difference): string {
  return address.slice(0, address.indexOf('.'));
}

/** `aws_dynamodb_table`, `data.aws_caller_identity`, `terraform` */
function typeOf({ address }: Difference): string {
  const [, ...rest] = address.split('.');
  return rest.length > 1 ? rest.slice(0, -1).join('.') : (rest[0] ?? '');
}
