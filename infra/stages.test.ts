import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { checkStages, stages, type Stage, type StageSettings } from './stages.ts';

function changed(changes: Partial<Record<Stage, Partial<StageSettings>>>): Record<Stage, StageSettings> {
  return {
    dev: { ...stages.dev, ...changes.dev },
    staging: { ...stages.staging, ...changes.staging },
    prod: { ...stages.prod, ...changes.prod },
  };
}

const one = '111111111111';
const other = '222222222222';

describe('the stages', () => {
  test('can exist beside each other as they are', () => {
    expect(() => checkStages(stages)).not.toThrow();
  });

  test('with the same names are refused in one account, before anything is synthesized', () => {
    const table = changed({
      dev: { accountId: one },
      prod: { accountId: one, namePrefix: 'hiroba-dev', createsIdentityProvider: false },
    });
    expect(() => readConfig([], {}, table)).toThrow(
      expect.objectContaining({
        message: `error stages "dev" and "prod" share account ${one} and name things "hiroba-dev-..." and "hiroba-dev-...": change a namePrefix or an accountId in infra/stages.ts`,
      }),
    );
  });

  test('with the same names are refused while an account is not said, since it may be the same', () => {
    expect(() => checkStages(changed({ dev: { accountId: one }, prod: { namePrefix: 'hiroba-dev' } }))).toThrow(
      'error stages "dev" and "prod" may share an account and name things',
    );
  });

  test('with the same names are accepted in accounts of their own', () => {
    const table = changed({
      dev: { accountId: one, namePrefix: 'hiroba' },
      staging: { accountId: '333333333333' },
      prod: { accountId: other, namePrefix: 'hiroba' },
    });
    expect(() => checkStages(table)).not.toThrow();
  });

  test('are refused when a name of one may be a name of the other', () => {
    expect(() => checkStages(changed({ dev: { namePrefix: 'hiroba' } }))).toThrow(
      'error stages "dev" and "staging" may share an account and name things "hiroba-..." and "hiroba-staging-..."',
    );
  });

  test('of one account create one identity provider', () => {
    expect(() => checkStages(changed({ dev: { accountId: one }, prod: { accountId: one } }))).toThrow(
      `error stages "dev" and "prod" share account ${one} and both create its identity provider: set createsIdentityProvider to false for one in infra/stages.ts`,
    );
  });

  test('have accounts of twelve digits and prefixes that AWS takes in names', () => {
    const table = changed({ dev: { accountId: '12345' }, prod: { namePrefix: 'Hiroba_Prod' } });
    expect(() => checkStages(table)).toThrow(
      [
        'error the account "12345" of stage "dev" is not twelve digits',
        'error the name prefix "Hiroba_Prod" of stage "prod" is not 2-20 lower-case letters, digits and hyphens',
      ].join('\n'),
    );
  });
});
