import { describe, expect, test } from 'vitest';
import { EXAMPLE_PUBLIC_KEY } from '../examplePublicKey.ts';
import { readCommand } from './options.ts';
import { stepsOf, synthesis, type Step } from './steps.ts';
import { requireTools } from './tools.ts';

const environment = {
  HIROBA_STATE_BUCKET: 'states',
  HIROBA_DOMAIN: 'example.org',
  HIROBA_CDN_PUBLIC_KEY: EXAMPLE_PUBLIC_KEY,
};
const stacks = ['bootstrap', 'data', 'api', 'edge'];

function steps(...args: string[]): Step[] {
  return stepsOf(readCommand(args, environment), stacks);
}

/** As it would be typed. */
function typed({ program, args, environment: added }: Step): string {
  return [...Object.entries(added).map(([name, value]) => `${name}=${value}`), program, ...args].join(' ');
}

const dev = 'HIROBA_STAGE=dev HIROBA_RUNG=users';

describe('deploy', () => {
  test('deploys every stack of the stage, into the folder that npx cdktf uses', () => {
    expect(steps('deploy', '--stage', 'dev').map(typed)).toEqual([`${dev} cdktf deploy * --output cdktf.out`]);
  });

  test('asks nobody when it is told so, and deploys the stacks that are named', () => {
    expect(steps('deploy', '--stage', 'staging', '--rung', 'users++', '--yes', 'data', 'api').map(typed)).toEqual([
      'HIROBA_STAGE=staging HIROBA_RUNG=users++ cdktf deploy data api --auto-approve --output cdktf.staging.out',
    ]);
  });

  test('synthesizes first, for the same target', () => {
    const { config } = readCommand(['deploy', '--stage', 'prod', '--rung', 'users'], environment);
    expect(typed(synthesis(config))).toBe(
      'HIROBA_STAGE=prod HIROBA_RUNG=users node infra/main.ts --outdir cdktf.prod.out',
    );
  });
});

describe('plan', () => {
  test('compares each stack without locking the state', () => {
    expect(steps('plan', '--stage', 'dev', 'data', 'api').map(typed)).toEqual([
      `${dev} terraform -chdir=cdktf.out/stacks/data init -input=false`,
      `${dev} terraform -chdir=cdktf.out/stacks/data plan -input=false -lock=false`,
      `${dev} terraform -chdir=cdktf.out/stacks/api init -input=false`,
      `${dev} terraform -chdir=cdktf.out/stacks/api plan -input=false -lock=false`,
    ]);
  });
});

describe('drift', () => {
  test('asks Terraform for an exit code, of which two is no failure', () => {
    const [, plan] = steps('drift', '--stage', 'dev', 'edge');
    expect(typed(plan!)).toBe(
      `${dev} terraform -chdir=cdktf.out/stacks/edge plan -input=false -lock=false -detailed-exitcode`,
    );
    expect(plan!.twoMeansDifferent).toBe(true);
  });

  test('looks at every stack', () => {
    expect(steps('drift', '--stage', 'dev').filter(({ twoMeansDifferent }) => twoMeansDifferent)).toHaveLength(4);
  });
});

describe('destroy', () => {
  test('leaves the bucket of the state', () => {
    expect(steps('destroy', '--stage', 'dev', '--yes', 'dev').map(typed)).toEqual([
      `${dev} cdktf destroy data api edge --auto-approve --output cdktf.out`,
    ]);
  });

  test('of a protected stage is refused, whatever is said', () => {
    expect(() => steps('destroy', '--stage', 'prod', '--yes', 'prod')).toThrow(
      'error stage "prod" is protected: set its deletionProtection to false in infra/stages.ts and deploy that first',
    );
  });
});

describe('bootstrap', () => {
  test('makes the bucket with its state in a file, and moves the state into the bucket', () => {
    expect(steps('bootstrap', '--stage', 'dev').map(typed)).toEqual([
      `${dev} HIROBA_BOOTSTRAPPING=yes node infra/main.ts --outdir cdktf.out`,
      `${dev} terraform -chdir=cdktf.out/stacks/bootstrap init -input=false`,
      `${dev} terraform -chdir=cdktf.out/stacks/bootstrap apply -input=false -auto-approve`,
      `${dev} node infra/main.ts --outdir cdktf.out`,
      `${dev} terraform -chdir=cdktf.out/stacks/bootstrap init -input=false -migrate-state -force-copy`,
    ]);
  });

  test('needs a bucket to make', () => {
    const options = readCommand(['bootstrap', '--stage', 'dev'], {});
    expect(() => stepsOf(options, ['data', 'api', 'edge'])).toThrow(
      'error there is nothing to bootstrap: set HIROBA_STATE_BUCKET to a name for the bucket of the state',
    );
  });
});

describe('a command', () => {
  test.each(['deploy', 'plan', 'drift'])('%s needs the key of the CDN', (action) => {
    expect(() => readCommand([action, '--stage', 'dev'], {})).toThrow(
      'the CDN needs a key to verify cookies with: set HIROBA_CDN_PUBLIC_KEY, as docs/deploy.md says under "The key of the CDN"',
    );
  });

  test.each([
    [['deploy'], 'error say which stage: npm run deploy -- --stage dev'],
    [['apply'], 'error "apply" is no command: they are bootstrap, deploy, plan, drift, destroy'],
    [['deploy', '--stage', 'test'], 'error stage "test" does not exist: the stages are dev, staging, prod'],
    [
      ['plan', '--stage', 'dev', '--force'],
      "error Unknown option '--force': the flags are --stage NAME, --rung NAME, --yes",
    ],
    [['plan', '--stage', 'dev', 'web'], 'error there is no stack web: the stacks are bootstrap, data, api, edge'],
  ])('%j is refused in one line', (args, line) => {
    expect(() => steps(...args)).toThrow(expect.objectContaining({ message: line }));
  });

  test('destroy with --yes and no stage is refused', () => {
    expect(() => readCommand(['destroy', '--stage', 'dev', '--yes'], environment)).toThrow('error');
  });
});

describe('the tools', () => {
  const recent = '{"terraform_version": "1.11.4"}';

  test('are enough', () => {
    expect(() => requireTools((program) => (program === 'terraform' ? recent : '0.21.0'))).not.toThrow();
  });

  test.each([
    [
      'no terraform',
      () => null,
      'error terraform is not on the PATH: install it from https://developer.hashicorp.com/terraform/install',
    ],
    [
      'an old terraform',
      () => '{"terraform_version": "1.9.8"}',
      'error terraform 1.9 is too old, 1.11 is needed: install it from https://developer.hashicorp.com/terraform/install',
    ],
    [
      'no cdktf',
      (program: string) => (program === 'terraform' ? recent : null),
      'error cdktf is not on the PATH: run npm install, and this command through npm run',
    ],
  ])('with %s are refused in one line that says what to install', (_, read, line) => {
    expect(() => requireTools(read)).toThrow(expect.objectContaining({ message: line }));
  });
});
