import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareVersions, locate } from './locate.ts';

const architecture = { x64: 'amd64', ia32: '386' }[process.arch as string] ?? process.arch;
const platform = `${process.platform}_${architecture}`;

function mirrorWith(...versions: readonly string[]): string {
  const mirror = mkdtempSync(join(tmpdir(), 'hiroba-mirror-'));
  for (const version of versions) {
    mkdirSync(join(mirror, 'registry.terraform.io', 'hashicorp', 'aws', version, platform), { recursive: true });
  }
  return mirror;
}

function pathWithTerraform(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hiroba-path-'));
  const binary = join(folder, 'terraform');
  writeFileSync(binary, '');
  chmodSync(binary, 0o755);
  return folder;
}

test('without terraform the check is skipped, and says so', () => {
  expect(locate({ PATH: mkdtempSync(join(tmpdir(), 'hiroba-path-')) })).toEqual({
    skipped: 'there is no terraform on PATH',
  });
});

test('the newest version of the provider is taken from the folder that is named', () => {
  const [path, mirror] = [pathWithTerraform(), mirrorWith('5.9.0', '5.100.0', '5.99.1')];
  expect(locate({ PATH: path, HIROBA_TERRAFORM_MIRROR: mirror })).toEqual({
    terraform: { binary: join(path, 'terraform'), mirror, providerVersion: '5.100.0' },
  });
});

test('a named folder without the provider is not made up for by another', () => {
  const mirror = mirrorWith();
  expect(locate({ PATH: pathWithTerraform(), HIROBA_TERRAFORM_MIRROR: mirror })).toEqual({
    skipped: `no hashicorp/aws for this machine in ${mirror}: \`terraform providers mirror DIR\` makes one, HIROBA_TERRAFORM_MIRROR=DIR names it`,
  });
});

test('the mirror of the CLI configuration is found, unless it is commented out', () => {
  const [home, mirror, other] = [
    mkdtempSync(join(tmpdir(), 'hiroba-home-')),
    mirrorWith('5.100.0'),
    mirrorWith('6.1.0'),
  ];
  const config = `# path = "${other}"\nprovider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`;
  writeFileSync(join(home, '.terraformrc'), config);
  expect(locate({ PATH: pathWithTerraform(), HOME: home })).toMatchObject({ terraform: { mirror } });
});

test('versions are compared as numbers', () => {
  expect(['5.100.0', '5.9.0', '6.0.0'].sort(compareVersions)).toEqual(['5.9.0', '5.100.0', '6.0.0']);
});
