import type { Condition, Operand } from './condition.ts';
import type { Path } from './path.ts';

/** All document paths that a condition reads. */
export function pathsOf(condition: Condition): Path[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...pathsOf(condition.left), ...pathsOf(condition.right)];
    case 'not':
      return pathsOf(condition.condition);
    case 'compare':
      return [condition.left, condition.right].flatMap(pathsOfOperand);
    case 'between':
      return [condition.operand, condition.low, condition.high].flatMap(pathsOfOperand);
    case 'in':
      return [condition.operand, ...condition.candidates].flatMap(pathsOfOperand);
    case 'test':
      return [condition.subject, ...(condition.argument ? [condition.argument] : [])].flatMap(pathsOfOperand);
  }
}

function pathsOfOperand(operand: Operand): Path[] {
  if (operand.kind === 'path') return [operand.path];
  return operand.kind === 'size' ? pathsOfOperand(operand.operand) : [];
}
