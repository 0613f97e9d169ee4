import { expect, test } from 'vitest';
import { terraformLiteral } from './terraformLiteral.ts';

test.each([
  ['`a${id}b`', '`a$${id}b`'],
  ["'%{'", "'%%{'"],
  ['$${already}', '$$${already}'],
  ['$& and $1 and 100% {}', '$& and $1 and 100% {}'],
])('%j is given to Terraform as %j', (text, literal) => {
  expect(terraformLiteral(text)).toBe(literal);
});
