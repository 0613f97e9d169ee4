import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openRows } from './rows.ts';
import { SEED_MAP, seedMap } from './render.ts';

writeFileSync(fileURLToPath(new URL(`../../${SEED_MAP}`, import.meta.url)), seedMap());
console.log(`${SEED_MAP}: ${openRows.length} rows are OPEN`);
