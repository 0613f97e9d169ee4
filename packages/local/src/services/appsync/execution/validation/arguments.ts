import { isRequiredArgument, Kind, type ArgumentNode, type GraphQLArgument } from 'graphql';
import { literalProblem, valueText } from './literals.ts';
import type { Report, Rule } from './rule.ts';
import { isNullish } from '../../nullish.ts';

export const argumentRules: readonly Rule[] = [
  (context, report) => ({
    Argument(node) {
      if (!isNullish(context.getArgument())) return;
      const name = node.name.value;
      const directive = context.getDirective();
      if (!isNullish(directive)) report('UnknownDirective', `Unknown directive argument ${name}`, [node]);
      else if (!isNullish(context.getFieldDef())) report('UnknownArgument', `Unknown field argument ${name}`, [node]);
    },
  }),
  (context, report) => ({
    Field(node) {
      uniqueNames(node.arguments ?? [], report);
      const given = new Map(node.arguments?.map((argument) => [argument.name.value, argument]));
      for (const argument of required(context.getFieldDef()?.args ?? [])) {
        const value = given.get(argument.name)?.value;
        if (value === undefined) {
          report('MissingFieldArgument', `Missing field argument ${argument.name}`, [node]);
        } else if (value.kind === Kind.NULL) {
          const text = `Null value for non-null field argument ${argument.name}`;
          report('NullValueForNonNullArgument', text, [node]);
        }
      }
    },
    Directive(node) {
      const given = new Set(node.arguments?.map((argument) => argument.name.value));
      for (const argument of required(context.getSchema().getDirective(node.name.value)?.args ?? [])) {
        if (given.has(argument.name)) continue;
        report('MissingDirectiveArgument', `Missing directive argument ${argument.name}`, [node]);
      }
    },
  }),
  (context, report) => ({
    Argument(node) {
      const type = context.getArgument()?.type;
      if (type === undefined || node.value.kind === Kind.NULL) return;
      const problem = literalProblem(type, node.value);
      if (problem === undefined) return;
      const value = valueText(problem.value);
      const name = `${node.name.value}${problem.path}`;
      report('WrongType', `argument '${name}' with value '${value}' ${problem.text}`, [node]);
    },
  }),
];

const required = (args: readonly GraphQLArgument[]): readonly GraphQLArgument[] => args.filter(isRequiredArgument);

function uniqueNames(nodes: readonly ArgumentNode[], report: Report): void {
  const names = new Set<string>();
  for (const node of nodes) {
    const name = node.name.value;
    if (names.has(name)) report('DuplicateArgumentNames', `There can be only one argument named '${name}'`, [node]);
    names.add(name);
  }
}
