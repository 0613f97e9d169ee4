import ts from 'typescript';

/** Something in resolver code that AppSync does not take. */
export interface CodeProblem {
  readonly line: number;
  /** Continues "the resolver has": `a C-style for loop`. */
  readonly what: string;
  readonly instead: string;
}

/** https://docs.aws.amazon.com/appsync/latest/devguide/supported-features.html, by the node of TypeScript's tree. */
const UNSUPPORTED: ReadonlyMap<ts.SyntaxKind, readonly [what: string, instead: string]> = new Map([
  [ts.SyntaxKind.ForStatement, ['a C-style for loop', 'use for-of or for-in']],
  [ts.SyntaxKind.WhileStatement, ['a while loop', 'use for-of']],
  [ts.SyntaxKind.DoStatement, ['a do-while loop', 'use for-of']],
  [ts.SyntaxKind.ContinueStatement, ['a continue statement', 'use an if around the rest']],
  [ts.SyntaxKind.LabeledStatement, ['a label', 'return from a function instead']],
  [ts.SyntaxKind.TryStatement, ['try-catch', 'check before, and use util.error']],
  [ts.SyntaxKind.ThrowStatement, ['a throw statement', 'use util.error']],
  [ts.SyntaxKind.ClassDeclaration, ['a class', 'use objects and functions']],
  [ts.SyntaxKind.ClassExpression, ['a class', 'use objects and functions']],
  [ts.SyntaxKind.NewExpression, ['a new expression', 'use literals and util']],
  [ts.SyntaxKind.AwaitExpression, ['an await', 'code of a resolver is synchronous']],
  [ts.SyntaxKind.AsyncKeyword, ['an async function', 'code of a resolver is synchronous']],
  [ts.SyntaxKind.YieldExpression, ['a generator', 'use arrays']],
  [ts.SyntaxKind.RegularExpressionLiteral, ['a regular expression literal', 'use util.matches']],
  [ts.SyntaxKind.PostfixUnaryExpression, ['++ or -- after a name', 'use += 1']],
]);
const UNSUPPORTED_PREFIXES = new Set([
  ts.SyntaxKind.PlusPlusToken,
  ts.SyntaxKind.MinusMinusToken,
  ts.SyntaxKind.TildeToken,
]);

const known = new Map<string, readonly CodeProblem[]>();

/** What AppSync would refuse in the code of a resolver or function, in the order of its lines. */
export function codeProblems(code: string): readonly CodeProblem[] {
  const before = known.get(code);
  if (before) return before;
  const file = ts.createSourceFile('resolver.js', code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const syntax = syntaxProblems(file);
  const result = syntax.length > 0 ? syntax : [...exportProblems(file), ...nodeProblems(file)];
  known.set(code, result);
  return result;
}

function syntaxProblems(file: ts.SourceFile): CodeProblem[] {
  // Not part of the public type; `transpileModule` gives the same after printing the file again.
  const { parseDiagnostics } = file as ts.SourceFile & {
    readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[];
  };
  return parseDiagnostics.slice(0, 1).map(({ start, messageText }) => ({
    line: lineOf(file, start),
    what: `a syntax error (${ts.flattenDiagnosticMessageText(messageText, ' ')})`,
    instead: 'correct the file in resolvers/',
  }));
}

/** AppSync calls `request` and `response`; esbuild exports them in one list. */
function exportProblems(file: ts.SourceFile): CodeProblem[] {
  const exported = new Set(file.statements.flatMap(exportedNames));
  return ['request', 'response']
    .filter((name) => !exported.has(name))
    .map((name) => ({ line: 1, what: `no exported ${name}`, instead: `export function ${name}` }));
}

function exportedNames(statement: ts.Statement): string[] {
  if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
    return statement.exportClause.elements.map(({ name }) => name.text);
  }
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  if (ts.isFunctionDeclaration(statement)) return statement.name ? [statement.name.text] : [];
  return ts.isVariableStatement(statement)
    ? statement.declarationList.declarations.map(({ name }) => name.getText(statement.getSourceFile()))
    : [];
}

function nodeProblems(file: ts.SourceFile): CodeProblem[] {
  const found: CodeProblem[] = [];
  const visit = (node: ts.Node): void => {
    const [what, instead] = problemOf(node) ?? [];
    if (what !== undefined && instead !== undefined)
      found.push({ line: lineOf(file, node.getStart(file)), what, instead });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function problemOf(node: ts.Node): readonly [what: string, instead: string] | undefined {
  if (ts.isPrefixUnaryExpression(node) && UNSUPPORTED_PREFIXES.has(node.operator)) return ['++, -- or ~', 'use += 1'];
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword) {
    return ['the operator in', 'use Object.hasOwn'];
  }
  return UNSUPPORTED.get(node.kind);
}

function lineOf(file: ts.SourceFile, position: number): number {
  return file.getLineAndCharacterOfPosition(position).line + 1;
}
