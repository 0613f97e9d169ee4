import { describe, expect, test } from 'vitest';
import { start } from './support.ts';

const SCHEMA = /* GraphQL */ `
  type Query {
    post(id: ID!, level: Level): Post
    posts(input: Input, inputs: [Input!]): [Post!]!
    node: Node
    data(data: AWSJSON, count: Int, text: String): String
    phone(phone: AWSPhone!, email: AWSEmail): String
  }
  input Input {
    name: String!
    nested: Nested
    level: Level
    phone: AWSPhone
  }
  input Nested {
    name: String!
  }
  enum Level {
    LOW
    HIGH
  }
  interface Node {
    id: ID!
  }
  type Post implements Node {
    id: ID!
    title: String
    author: Author
  }
  type Author {
    name: String
  }
`;
const { query } = start({ schema: SCHEMA });

const refused = (message: string, line: number | null, column = 0) => ({
  data: null,
  errors: [{ path: null, locations: line === null ? null : [{ line, column, sourceName: null }], message }],
});

describe('documents', () => {
  test.each([
    ['{badfield}', "FieldUndefined: Field 'badfield' in type 'Query' is undefined @ 'badfield'", 2],
    [
      '{ post(id: 1) { author { age } } }',
      "FieldUndefined: Field 'age' in type 'Author' is undefined @ 'post/author/age'",
      26,
    ],
    ['{ node { title } }', "FieldUndefined: Field 'title' in type 'Node' is undefined @ 'node/title'", 10],
    ['{ post { id } }', "MissingFieldArgument: Missing field argument id @ 'post'", 3],
    ['{ post(id: null) { id } }', "NullValueForNonNullArgument: Null value for non-null field argument id @ 'post'", 3],
    ['{ alias: post(id: 1, no: 2) { id } }', "UnknownArgument: Unknown field argument no @ 'post'", 22],
    ['{ post(id: 1, id: 2) { id } }', "DuplicateArgumentNames: There can be only one argument named 'id' @ 'post'", 15],
    ['{ post(id: 1) }', "SubSelectionRequired: Sub selection required for type Post of field post @ 'post'", 3],
    ['{ posts }', "SubSelectionRequired: Sub selection required for type [Post!]! of field posts @ 'posts'", 3],
    [
      '{ post(id: 1) { title { x } } }',
      "SubSelectionNotAllowed: Sub selection not allowed on leaf type String of field title @ 'post/title'",
      17,
    ],
    [
      '{ data(data: {upvotes: 10}) }',
      "WrongType: argument 'data' with value 'ObjectValue{objectFields=[ObjectField{name='upvotes', value=IntValue{value=10}}]}' is not a valid 'AWSJSON' @ 'data'",
      8,
    ],
    [
      '{ data(count: "1") }',
      "WrongType: argument 'count' with value 'StringValue{value='1'}' is not a valid 'Int' @ 'data'",
      8,
    ],
    [
      '{ data(text: 1) }',
      "WrongType: argument 'text' with value 'IntValue{value=1}' is not a valid 'String' @ 'data'",
      8,
    ],
    [
      '{ post(id: 1, level: MID) { id } }',
      "WrongType: argument 'level' with value 'EnumValue{name='MID'}' is not a valid 'Level' @ 'post'",
      15,
    ],
    [
      '{ posts(input: {level: LOW}) { id } }',
      "WrongType: argument 'input' with value 'ObjectValue{objectFields=[ObjectField{name='level', value=EnumValue{name='LOW'}}]}' is missing required fields '[name]' @ 'posts'",
      9,
    ],
    [
      '{ posts(input: {name: "a", x: true}) { id } }',
      "WrongType: argument 'input' with value 'ObjectValue{objectFields=[ObjectField{name='name', value=StringValue{value='a'}}, ObjectField{name='x', value=BooleanValue{value=true}}]}' contains a field not in 'Input': 'x' @ 'posts'",
      9,
    ],
    [
      '{ posts(inputs: [{name: 1}]) { id } }',
      "WrongType: argument 'inputs[0].name' with value 'IntValue{value=1}' is not a valid 'String' @ 'posts'",
      9,
    ],
    [
      '{ posts(input: "x") { id } }',
      "WrongType: argument 'input' with value 'StringValue{value='x'}' must be an object type @ 'posts'",
      9,
    ],
    [
      '{ posts(input: {name: null}) { id } }',
      "WrongType: argument 'input.name' with value 'NullValue{}' must not be null @ 'posts'",
      9,
    ],
    ['{ post(id: $id) { id } }', "UndefinedVariable: Undefined variable id @ 'post'", 12],
    ['query ($a: ID) { node { id } }', 'UnusedVariable: Unused variable a', 8],
    [
      'query ($a: String!) { post(id: $a) { id } }',
      "VariableTypeMismatch: Variable type 'String!' doesn't match expected type 'ID!' @ 'post'",
      32,
    ],
    [
      'query ($a: ID) { post(id: $a) { id } }',
      "VariableTypeMismatch: Variable type 'ID' doesn't match expected type 'ID!' @ 'post'",
      27,
    ],
    ['query ($a: Nope) { post(id: $a) { id } }', 'UnknownType: Unknown type Nope', 12],
    [
      'query ($a: Int = "x") { data(count: $a) }',
      "BadValueForDefaultArgument: Bad default value StringValue{value='x'} for type Int",
      8,
    ],
    ['{ node { ...none } }', "UndefinedFragment: Undefined fragment none @ 'node'", 10],
    ['{ node { id } } fragment f on Post { id }', 'UnusedFragment: Unused fragment f', 17],
    [
      '{ node { ... on Author { name } } }',
      "InvalidFragmentType: Fragment cannot be spread here as objects of type Node can never be of type Author @ 'node'",
      10,
    ],
    [
      '{ node { ...f } } fragment f on Author { name }',
      "InvalidFragmentType: Fragment f cannot be spread here as objects of type Node can never be of type Author @ 'node'",
      10,
    ],
    [
      '{ node { ... on Level { name } } }',
      "InlineFragmentTypeConditionInvalid: Inline fragment type condition is invalid, must be on Object/Interface/Union @ 'node'",
      10,
    ],
    ['{ node @live { id } }', "UnknownDirective: Unknown directive live @ 'node'", 8],
    ['{ node { id ... @defer { id } } }', "UnknownDirective: Unknown directive defer @ 'node'", 17],
    ['query @skip(if: true) { node { id } }', 'MisplacedDirective: Directive skip not allowed here', 7],
    ['{ node @skip { id } }', "MissingDirectiveArgument: Missing directive argument if @ 'node'", 8],
    ['mutation { x }', undefined, 0],
  ])('%s', async (document, message, column) => {
    if (message === undefined) {
      expect(await query(document)).toEqual(refused('Schema is not configured for mutations.', null));
    } else {
      expect(await query(document)).toEqual(refused(`Validation error of type ${message}`, 1, column));
    }
  });

  test('fields that cannot be one are a conflict', async () => {
    const { errors } = await query('{ a: node { id } a: posts { id } }');
    expect(errors?.[0]?.message).toBe(
      'Validation error of type FieldsConflict: a: node and posts are different fields',
    );
    expect(errors?.[0]?.locations).toHaveLength(2);
  });

  test('fragments that contain themselves are refused', async () => {
    const { errors } = await query('{ node { ...a } } fragment a on Node { ...b } fragment b on Node { ...a }');
    expect(errors?.map(({ message }) => message)).toContain(
      "Validation error of type FragmentCycle: Fragment cycles not allowed @ 'b'",
    );
  });

  test('every violation is listed', async () => {
    const { errors } = await query('{ one two three }');
    expect(errors).toHaveLength(3);
  });

  test('an anonymous operation must be alone', async () => {
    const { errors } = await query('{ node { id } }');
    expect(errors).toBeUndefined();
    const { post } = start({ schema: SCHEMA });
    const body = JSON.stringify({ query: '{ node { id } } query A { node { id } }', operationName: 'A' });
    expect((await post(body)).body).toContain(
      'LoneAnonymousOperationViolation: Anonymous operation with other operations.',
    );
  });
});

describe('variables', () => {
  const POSTS = 'query ($input: Input) { posts(input: $input) { id } }';
  test.each([
    [
      'a missing value that must not be null',
      'query ($outside_input: ID!) { post(id: $outside_input) { id } }',
      {},
      "Variable 'outside_input' has coerced Null value for NonNull type 'ID!'",
      8,
    ],
    [
      'a missing member names the outer variable',
      POSTS,
      { input: { name: 'a', nested: {} } },
      "Variable 'input' has coerced Null value for NonNull type 'String!'",
      8,
    ],
    [
      'a bad scalar',
      'query ($p: AWSPhone!) { phone(phone: $p) }',
      { p: '1110004444' },
      "Variable 'p' has an invalid value. Unable to parse `1110004444` as a valid phone number.",
      8,
    ],
    [
      'a bad scalar in an input object names the member',
      POSTS,
      { input: { name: 'a', phone: '1110004444' } },
      "Variable 'phone' has an invalid value. Unable to parse `1110004444` as a valid phone number.",
      8,
    ],
    [
      'a bad enum value',
      POSTS,
      { input: { name: 'a', level: 'MID' } },
      "Variable 'level' has an invalid value. Invalid input for Enum 'Level'. No value found for name 'MID'",
      8,
    ],
    [
      'a string for an input object',
      POSTS,
      { input: 'a' },
      "Variable 'input' has an invalid value. Expected type 'Map' but was 'String'. Variables for input objects must be an instance of type 'Map'.",
      8,
    ],
    [
      'an Int that is a string',
      'query ($c: Int) { data(count: $c) }',
      { c: '1' },
      "Variable 'c' has an invalid value. Expected type 'Int' but was 'String'.",
      8,
    ],
    [
      'an unknown member',
      POSTS,
      { input: { name: 'a', __proto: 1 } },
      "The variables input contains a field that is not defined for input object type 'Input' ",
      null,
    ],
  ])('%s', async (_title, document, variables, message, column) => {
    expect(await query(document, variables)).toEqual(refused(message, column === null ? null : 1, column ?? 0));
  });
});
