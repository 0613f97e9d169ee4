import type * as acorn from 'acorn';
import type MagicString from 'magic-string';

/** How a module's imports and exports read once it is the body of a function. */
export interface PlainModule {
  /** Declarations of the imported names, for the start of the function. */
  readonly imports: string;
  /** Exported name to local name. */
  readonly exports: ReadonlyMap<string, string>;
}

/**
 * Blanks out `import` and `export`, keeping every other character where it is.
 * @param moduleExpression the expression that gives the exports of the module with this name
 */
export function makePlain(
  source: MagicString,
  program: acorn.Program,
  moduleExpression: (name: string) => string,
): PlainModule {
  const imports: string[] = [];
  const exports = new Map<string, string>();
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration') {
      imports.push(importDeclaration(node, moduleExpression(String(node.source.value))));
      blank(source, node.start, node.end);
    }
    if (node.type !== 'ExportNamedDeclaration') continue;
    for (const { exported, local } of node.specifiers) exports.set(moduleName(exported), moduleName(local));
    for (const name of declaredNames(node.declaration)) exports.set(name, name);
    blank(source, node.start, node.declaration?.start ?? node.end);
  }
  return { imports: imports.join(''), exports };
}

export function returnStatement(exports: ReadonlyMap<string, string>): string {
  const members = [...exports].map(([exported, local]) => `${JSON.stringify(exported)}:${local}`);
  return `return{${members.join(',')}}`;
}

function blank(source: MagicString, start: number, end: number): void {
  source.update(start, end, source.original.slice(start, end).replace(/[^\r\n\u2028\u2029]/g, ' '));
}

function importDeclaration(node: acorn.ImportDeclaration, expression: string): string {
  const named: string[] = [];
  let declarations = '';
  for (const specifier of node.specifiers) {
    if (specifier.type === 'ImportNamespaceSpecifier') {
      declarations += `const ${specifier.local.name}=${expression};`;
    } else if (specifier.type === 'ImportSpecifier') {
      named.push(`${JSON.stringify(moduleName(specifier.imported))}:${specifier.local.name}`);
    }
  }
  return named.length > 0 ? `${declarations}const{${named.join(',')}}=${expression};` : declarations;
}

function declaredNames(declaration: acorn.ExportNamedDeclaration['declaration']): string[] {
  if (declaration?.type === 'FunctionDeclaration') return [declaration.id.name];
  if (declaration?.type !== 'VariableDeclaration') return [];
  return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
}

function moduleName(name: acorn.Identifier | acorn.Literal): string {
  return name.type === 'Identifier' ? name.name : String(name.value);
}
