import { AwsError } from '../aws/error.ts';
import { DataFolderError } from '../data/folder.ts';
import { ConfigurationError } from '../resources/resourceType.ts';
import { CodeError } from '../services/appsync/javascript/runtime.ts';
import { KeySchemaChanged } from '../services/dynamodb/index.ts';
import { PolicyError } from '../services/iam/index.ts';
import type { Inventory } from '../system/readSystem.ts';
import { PortInUse } from '../system/listen.ts';
import { supportedResources } from '../supported.ts';
import { TerraformError } from '../terraform/index.ts';
import { UsageError } from './options.ts';

/** Mistakes of the reader's, told in one paragraph; anything else is a defect of ours and comes with its stack. */
const TOLD_BY_MESSAGE = [
  AwsError,
  ConfigurationError,
  DataFolderError,
  KeySchemaChanged,
  PolicyError,
  PortInUse,
  TerraformError,
  UsageError,
] as const;

export function report(error: unknown): void {
  if (error instanceof CodeError) {
    console.error(`error: ${error.message}`);
    for (const { value } of error.codeErrors) console.error(`  ${value.trimEnd()}`);
  } else if (error instanceof Error && TOLD_BY_MESSAGE.some((kind) => error instanceof kind)) {
    console.error(`error: ${error.message}`);
  } else {
    console.error(error);
  }
}

/** `214 resources run`, then one line for each type that does nothing here, with the reason. */
export function describeInventory({ runs, inert, unknown }: Inventory): string[] {
  const total = [...runs.values()].reduce((sum, count) => sum + count, 0);
  return [
    `${total} resources run here: ${counted(runs)}`,
    ...[...inert].map(([type, count]) => `  inert: ${count} ${type} (${supportedResources[type]?.note})`),
    ...[...unknown].map(([type, count]) => `  unknown: ${count} ${type} (does nothing here)`),
  ];
}

function counted(types: ReadonlyMap<string, number>): string {
  return [...types].map(([type, count]) => `${count} ${type.replace(/^aws_/, '')}`).join(', ');
}
