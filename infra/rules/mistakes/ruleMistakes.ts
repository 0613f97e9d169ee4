import { appsyncMistakes } from './appsyncMistakes.ts';
import { auditMistakes } from './auditMistakes.ts';
import { dataMistakes } from './dataMistakes.ts';
import { identityMistakes } from './identityMistakes.ts';
import type { Mistake } from './draft.ts';
import { edgeMistakes } from './edgeMistakes.ts';
import { iamMistakes } from './iamMistakes.ts';
import { terraformMistakes } from './terraformMistakes.ts';
import { workerMistakes } from './workerMistakes.ts';

/** Every mistake that a rule finds: at least one for each rule. */
export const ruleMistakes: readonly Mistake[] = [
  ...terraformMistakes,
  ...iamMistakes,
  ...appsyncMistakes,
  ...dataMistakes,
  ...identityMistakes,
  ...workerMistakes,
  ...edgeMistakes,
  ...auditMistakes,
];
