import { createHash, randomBytes, randomFillSync } from 'node:crypto';

/** Where every service takes its randomness from, so that a test can repeat a run. */
export interface Random {
  bytes(length: number): Buffer;
}

/** Every request takes some for its ids, and asking the system takes ten times as long as using them. */
const POOL_BYTES = 4096;

export const systemRandom: Random = createSystemRandom();

function createSystemRandom(): Random {
  const pool = Buffer.alloc(POOL_BYTES);
  let used = POOL_BYTES;
  return {
    bytes(length) {
      if (length > POOL_BYTES / 8) return randomBytes(length);
      if (used + length > POOL_BYTES) {
        randomFillSync(pool);
        used = 0;
      }
      // A copy, and what was given away is not kept.
      const bytes = Buffer.from(pool.subarray(used, used + length));
      pool.fill(0, used, used + length);
      used += length;
      return bytes;
    },
  };
}

/** The same bytes for the same seed, in the same order. For tests and for seed data; never for secrets. */
export function seededRandom(seed: string): Random {
  let counter = 0;
  return {
    bytes(length) {
      const blocks: Buffer[] = [];
      for (let have = 0; have < length; have += 32) {
        blocks.push(createHash('sha256').update(`${seed}:${counter++}`).digest());
      }
      return Buffer.concat(blocks).subarray(0, length);
    },
  };
}
