import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadInput } from '../badInput.ts';
import type { Finding } from '../finding.ts';
import type { Access } from './access.ts';
import type { Matrix } from './matrix.ts';

/** Under CODEOWNERS. */
const FOLDER = 'schema/approvals';

/** Lets exact widenings through, from one state of access on and no other. */
export interface Approval {
  /** `schema/approvals/2027-03-publicTrending.json` */
  readonly path: string;
  /** `accessHash` of what the change is made to: after it was merged, the approval covers nothing. */
  readonly base: string;
  readonly cells: readonly string[];
  readonly by: string;
  readonly reason: string;
}

/** @throws BadInput naming the file for what is no approval. */
export function readApprovals(root: string): readonly Approval[] {
  const folder = join(root, FOLDER);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  return files.map((name) => approvalOf(`${FOLDER}/${name}`, readFileSync(join(folder, name), 'utf8')));
}

const FORM = '{ "base": "<hash>", "cells": ["…"], "by": "…", "reason": "…" }';

function approvalOf(path: string, text: string): Approval {
  const value = parsed(path, text);
  const { base, cells, by, reason } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  const isText = (each: unknown): each is string => typeof each === 'string' && each !== '';
  if (
    !isText(base) ||
    !isText(by) ||
    !isText(reason) ||
    !Array.isArray(cells) ||
    cells.length === 0 ||
    !cells.every(isText)
  )
    throw new BadInput(`${path} must be ${FORM}, each of them a text that is not empty.`);
  return { path, base, cells: cells as string[], by, reason };
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadInput(
      `${path} is no JSON: ${error instanceof Error ? error.message : String(error)}. It must be ${FORM}.`,
    );
  }
}

/** SHA-256 of who may do what and of what there is, however it is written down. */
export function accessHash(access: Access, matrix: Matrix, stacks: readonly string[]): string {
  const state = [[...access.fields], [...access.fedBy], [...access.filters], [...matrix].sort(), [...stacks].sort()];
  return createHash('sha256').update(JSON.stringify(state)).digest('hex');
}

/** Findings of which those with a cell that an approval names are let through; an approval of what does not happen blocks. */
export function approve(
  findings: readonly Finding[],
  approvals: readonly Approval[],
  base: string,
): readonly Finding[] {
  const current = approvals.filter((approval) => approval.base === base);
  const used = new Set<string>();
  const judged = findings.map((finding): Finding => {
    const { cell } = finding;
    if (cell === undefined || finding.severity !== 'blocking') return finding;
    const approval = current.find(({ cells }) => cells.includes(cell));
    if (!approval) {
      const remedy = `let its owners approve "${cell}" in ${FOLDER}/`;
      return { ...finding, remedy: finding.remedy === undefined ? remedy : `${finding.remedy}; or ${remedy}` };
    }
    used.add(`${approval.path} ${cell}`);
    return {
      ...finding,
      severity: 'safe',
      message: `${finding.message} (approved by ${approval.by}: ${approval.reason})`,
    };
  });
  const unused = current.flatMap(({ path, cells }) =>
    cells.filter((cell) => !used.has(`${path} ${cell}`)).map((cell) => ({ path, cell })),
  );
  return [
    ...judged,
    ...unused.map(({ path, cell }): Finding => ({
      section: 'access',
      severity: 'blocking',
      code: 'APPROVAL_UNUSED',
      subject: path,
      message: `it approves "${cell}", which this change does not widen`,
      operations: [],
      remedy: 'take the cell out: an approval covers what was looked at, and nothing more',
    })),
  ];
}

/** The file that would let through all that blocks only for want of an approval. `null`: nothing does. */
export function approvalNeeded(findings: readonly Finding[], base: string): string | null {
  const cells = findings.flatMap(({ cell, severity }) => (cell !== undefined && severity === 'blocking' ? [cell] : []));
  return cells.length > 0 ? JSON.stringify({ base, cells, by: 'NAME', reason: 'WHY' }, null, 2) : null;
}
