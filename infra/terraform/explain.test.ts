import { expect, test } from 'vitest';
import type { TerraformDocument } from '../targets.ts';
import { explain } from './commands.ts';

const document: TerraformDocument = {
  provider: {},
  terraform: {},
  resource: {
    aws_lambda_function: { digests: { '//': { metadata: { path: 'api/lambda functions/digests/resource' } } } },
  },
};

test("a mistake is told with the construct, the address and the provider's words", () => {
  const diagnostic = {
    severity: 'error',
    summary: 'expected runtime to be one of ["nodejs22.x"], got nodejs9.x',
    detail: '',
    address: 'aws_lambda_function.digests',
  };
  expect(explain(diagnostic, document)).toBe(
    'aws_lambda_function.digests (construct api/lambda functions/digests/resource): expected runtime to be one of ["nodejs22.x"], got nodejs9.x',
  );
});

test('a mistake without an address is found by the block that Terraform quotes', () => {
  const diagnostic = {
    severity: 'error',
    summary: 'Unsupported argument',
    detail: 'An argument named "memory" is not expected here.',
    snippet: { context: 'resource.aws_lambda_function.digests' },
  };
  expect(explain(diagnostic, document)).toBe(
    'aws_lambda_function.digests (construct api/lambda functions/digests/resource): Unsupported argument An argument named "memory" is not expected here.',
  );
});
