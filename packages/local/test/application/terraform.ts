/** Words of Terraform that the parts of the greenhouse have in common. */

/** Terraform reads `${` in any string as the start of an expression. */
export const literal = (text: string): string => text.replaceAll('${', () => '$${').replaceAll('%{', () => '%%{');

export const trusting = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
  });

export const allowing = (...statements: readonly { Action: string[]; Resource: string[] }[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
  });
