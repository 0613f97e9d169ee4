import type * as acorn from 'acorn';

import { isModuleName, MODULE_EXPORTS } from '../modules.ts';
import type { Rule, RuleContext } from './rule.ts';

/** Only AppSync's own modules can be imported, only declared functions and values exported. */
export const modules: Rule = {
  name: 'modules',
  check({ tree, report }) {
    for (const node of tree.program.body) {
      if (node.type === 'ImportDeclaration') checkImport(node, report);
      if (node.type === 'ExportAllDeclaration' || (node.type === 'ExportNamedDeclaration' && node.source)) {
        report(node, 'Exports from another module are not supported.');
      }
      if (node.type === 'ExportDefaultDeclaration') report(node, 'Default exports are not supported.');
    }
  },
};

function checkImport(node: acorn.ImportDeclaration, report: RuleContext['report']): void {
  const name = node.source.value;
  if (!isModuleName(name)) {
    report(node.source, `Cannot find module '${String(name)}' or its corresponding type declarations.`);
    return;
  }
  const exported: readonly string[] = MODULE_EXPORTS[name];
  for (const specifier of node.specifiers) {
    const imported = importedName(specifier);
    if (imported === undefined || exported.includes(imported)) continue;
    report(specifier, `Module '"${name}"' has no exported member '${imported}'.`);
  }
}

function importedName(specifier: acorn.ImportDeclaration['specifiers'][number]): string | undefined {
  if (specifier.type === 'ImportNamespaceSpecifier') return undefined;
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  return specifier.imported.type === 'Identifier' ? specifier.imported.name : String(specifier.imported.value);
}
