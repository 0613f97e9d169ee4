import { useCallback, useEffect, useRef, useState } from 'react';

/** A connection of the contract, as far as lists read it. */
export interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

export interface Pages<Node> {
  readonly nodes: readonly Node[];
  readonly isLoading: boolean;
  readonly hasMore: boolean;
  readonly error: unknown;
  readonly more: () => void;
  /** Before the first one, as what was just written. */
  readonly prepend: (node: Node) => void;
  readonly change: (change: (node: Node) => Node) => void;
}

/** Page after page of a list. `load` has to be the same function as long as the list is the same one. */
export function usePages<Node>(load: ((after: string | undefined) => Promise<Connection<Node>>) | null): Pages<Node> {
  const [nodes, setNodes] = useState<readonly Node[]>([]);
  const [next, setNext] = useState<{ readonly after: string | undefined } | null>(null);
  const [isLoading, setLoading] = useState(true);
  const [error, setError] = useState<unknown>(null);
  /** An answer that comes after the list was changed for another is dropped. */
  const current = useRef<typeof load>(null);
  const loadPage = useCallback(
    async (after: string | undefined) => {
      if (!load) return;
      setLoading(true);
      setError(null);
      try {
        const { edges, pageInfo } = await load(after);
        if (current.current !== load) return;
        const page = edges.map(({ node }) => node);
        setNodes((known) => (after === undefined ? page : [...known, ...page]));
        setNext(pageInfo.hasNextPage ? { after: pageInfo.endCursor ?? undefined } : null);
      } catch (caught) {
        if (current.current !== load) return;
        setError(caught);
        setNext({ after });
      }
      setLoading(false);
    },
    [load],
  );
  useEffect(() => {
    current.current = load;
    setNodes([]);
    setNext(null);
    void loadPage(undefined);
  }, [load, loadPage]);
  return {
    nodes,
    isLoading,
    hasMore: next !== null,
    error,
    more: () => next && !isLoading && void loadPage(next.after),
    prepend: (node) => setNodes((known) => [node, ...known]),
    change: (change) => setNodes((known) => known.map(change)),
  };
}
