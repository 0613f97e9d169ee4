import { readTokens, type TokenReader } from './tokenReader.ts';
import type { AssignedSyntax, OperandSyntax, PathSyntax, UpdateSyntax, ValueSyntax } from './syntax.ts';

const FUNCTIONS = new Set(['if_not_exists', 'list_append']);
const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;

interface Assignment {
  readonly path: PathSyntax;
  readonly value: AssignedSyntax;
}
interface Amendment {
  readonly path: PathSyntax;
  readonly value: ValueSyntax;
}

/** Parses an update expression. Throws `ValidationException`. */
export function parseUpdate(text: string): UpdateSyntax {
  const reader = readTokens('UpdateExpression', text);
  const update = {
    set: [] as Assignment[],
    remove: [] as PathSyntax[],
    add: [] as Amendment[],
    delete: [] as Amendment[],
  };
  const seen = new Set<string>();
  do {
    const section = SECTIONS.find((name) => reader.takeKeyword(name));
    if (!section) throw reader.fail();
    if (seen.has(section)) {
      reader.note('section', `The "${section}" section can only be used once in an update expression;`);
    }
    seen.add(section);
    do {
      reader.countOperator();
      if (section === 'SET') update.set.push(assignment(reader));
      else if (section === 'REMOVE') update.remove.push(reader.path());
      else if (section === 'ADD') update.add.push(amendment(reader));
      else update.delete.push(amendment(reader));
    } while (reader.take(','));
  } while (reader.peek().kind !== 'end');
  reader.finish();
  return update;
}

function amendment(reader: TokenReader): Amendment {
  return { path: reader.path(), value: reader.value() };
}

function assignment(reader: TokenReader): Assignment {
  const path = reader.path();
  reader.expect('=');
  return { path, value: assigned(reader) };
}

function assigned(reader: TokenReader): AssignedSyntax {
  const left = operand(reader);
  const operator = reader.take('+') ? '+' : reader.take('-') ? '-' : null;
  if (!operator) return left;
  reader.countOperator();
  return { kind: 'arithmetic', operator, left, right: operand(reader) };
}

function operand(reader: TokenReader): OperandSyntax {
  if (reader.take('(')) {
    const inner = reader.nest(() => operand(reader));
    reader.expect(')');
    return inner;
  }
  if (reader.peek().kind === 'value') return reader.value();
  const path = reader.path();
  if (!reader.peekIs('(') || path.steps.length !== 1) return path;
  const name = String(path.steps[0]);
  if (!FUNCTIONS.has(name)) reader.note('unknownFunction', `Invalid function name; function: ${name}`);
  reader.countOperator();
  return { kind: 'call', name, operands: reader.list(() => reader.nest(() => operand(reader))) };
}
