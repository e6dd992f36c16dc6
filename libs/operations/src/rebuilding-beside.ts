import type { RefusalDetail } from '#kernel';
import type { RebuildReport } from '#register';

/** Where a server makes its views anew for a program that asks for it. */
export const REBUILD_PATH = '/rebuild';

/** A line of the answer: how far it is, and at the end what came of it. */
export type RebuildLine =
  | { readonly done: number; readonly all: number }
  | { readonly report: RebuildReport }
  | { readonly refused: { readonly code: string; readonly message: string; readonly detail: RefusalDetail } }
  | { readonly failed: string };
