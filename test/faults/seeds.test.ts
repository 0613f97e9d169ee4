import { rm } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { noteUnused } from '../support/runningSystems.ts';
import { runSeed } from './runSeed.ts';
import { type Sabotage, writeTerraform } from './terraform.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function terraformWith(sabotage?: Sabotage): Promise<string> {
  const folder = await writeTerraform(sabotage);
  folders.push(folder);
  return folder;
}

/** Counts what comes twice twice: markers do not stand in its way, nor does a counter that would go below zero. */
const countsTwice: Sabotage = {
  function: 'counters',
  change: (code) =>
    code
      .replace('attribute_not_exists(operationId)', 'attribute_not_exists(neverThere)')
      .replace(
        '`${counter} >= :${counter}Floor`',
        '`(attribute_not_exists(${counter}) OR ${counter} <> :${counter}Floor OR ${counter} = :${counter}Floor)`',
      ),
};

describe('with what goes wrong on AWS', () => {
  it.each([1, 2])('the backend keeps what it has acknowledged (seed %i)', async (seed) => {
    const { violations, faults, made, permissions, replay } = await runSeed(await terraformWith(), seed);

    noteUnused(`faults-${seed}`, permissions);
    expect(violations, `again: ${replay}`).toEqual([]);
    expect(Math.min(made.posts, made.photos, made.exports)).toBeGreaterThan(0);
    const { streamRedelivered, queueDuplicated, queueDelayed, dynamodbThrottled, workerKilled } = faults;
    for (const count of [streamRedelivered, queueDuplicated, queueDelayed, dynamodbThrottled, workerKilled]) {
      expect(count).toBeGreaterThan(0);
    }
  });

  it('a counter that does not look whether it has counted is found out', async () => {
    const { violations } = await runSeed(await terraformWith(countsTwice), 1);

    expect(violations).toContainEqual(expect.stringMatching(/^lists and counters: the counters of /));
  });
});
