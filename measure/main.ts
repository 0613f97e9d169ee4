import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { measuredFile } from '../infra/bill/measured.ts';
import { measure } from './measure.ts';

const measured = await measure();
writeFileSync(measuredFile, await format(JSON.stringify(measured), { parser: 'json', printWidth: 120 }));
console.log(`measured ${Object.keys(measured.operations).length} operations`);
