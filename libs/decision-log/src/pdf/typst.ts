import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeCompiler, type NodeError } from '@myriaddreamin/typst-ts-node-compiler';
import type { DecisionLog } from '../document.js';
import { charactersOf } from './font-coverage.js';
import { Printable } from './printable.js';
import { typstDataOf } from './typst-data.js';

/** The fonts of every PDF, in the order in which they are asked; the first pair is what is read, the second fills its gaps. */
const REGULAR = ['LiberationSans-Regular.ttf', 'DejaVuSans.ttf'];
const BOLD = ['LiberationSans-Bold.ttf', 'DejaVuSans-Bold.ttf'];

/** No such folder: Typst has nothing to read but what is handed to it. */
const WORKSPACE = '/decision-log';

/**
 * Compiles to PDF/UA-1. Blocks its thread for about a millisecond a decision: call it in a worker.
 *
 * @throws Error where Typst finds anything to warn of or to refuse: a fault, as no text from the record can cause it.
 */
export function compilePdf(log: DecisionLog): Uint8Array {
  const regular = REGULAR.map(fontFile);
  const bold = BOLD.map(fontFile);
  const data = typstDataOf(log, new Printable(inBoth(regular, bold)));
  const compiler = NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontBlobs: [...regular, ...bold] }] });
  compiler.mapShadow(`${WORKSPACE}/log.json`, Buffer.from(JSON.stringify(data)));
  compiler.addSource(`${WORKSPACE}/log.typ`, projectFile('typst/log.typ').toString('utf8'));
  const compiled = compiler.compile({ mainFilePath: `${WORKSPACE}/log.typ` });
  for (const trouble of [compiled.takeError(), compiled.takeWarnings()]) {
    if (trouble) throw new Error(`the PDF could not be made: ${sentencesOf(compiler, trouble)}`);
  }
  if (!compiled.result) throw new Error('the PDF could not be made, and Typst did not say why');
  return compiler.pdf(compiled.result, { pdfStandard: 'ua-1' });
}

/** The characters that can be printed in the body's weight and in bold, each by one font or the other. */
function inBoth(regular: readonly Uint8Array[], bold: readonly Uint8Array[]): Set<number> {
  const inBold = new Set(bold.flatMap((font) => [...charactersOf(font)]));
  return new Set(regular.flatMap((font) => [...charactersOf(font)]).filter((character) => inBold.has(character)));
}

function sentencesOf(compiler: NodeCompiler, trouble: NodeError): string {
  const found: readonly { readonly message: string }[] = compiler.fetchDiagnostics(trouble);
  return found.map((each) => each.message).join('; ');
}

const fontFile = (name: string): Buffer => projectFile(`fonts/${name}`);

const projectFile = (path: string): Buffer =>
  readFileSync(fileURLToPath(import.meta.resolve(`#decision-log/files/${path}`)));
