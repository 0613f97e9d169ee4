/** One line for the developer. `info` can be left out where there is too much of it; a `problem` never. */
export type Log = (line: string, kind?: 'info' | 'problem') => void;
