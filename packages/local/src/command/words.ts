/** The program and arguments of a command from a flag: words separated by blanks. No shell is involved. */
export function wordsOf(command: string): [program: string, ...args: string[]] {
  const [program = '', ...args] = command.split(' ').filter((word) => word !== '');
  return [program, ...args];
}
