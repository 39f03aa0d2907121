// node pdfjs.mjs FOLDER_OF_PDFJS_DIST FILE.pdf: prints the text that pdf.js reads, as most programs that use it put it together.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
const [folder, file] = process.argv.slice(2);
const { getDocument } = await import(pathToFileURL(`${folder}/legacy/build/pdf.mjs`));
const pdf = await getDocument({ data: new Uint8Array(readFileSync(file)), verbosity: 0 }).promise;
for (let number = 1; number <= pdf.numPages; number++) {
  const { items } = await (await pdf.getPage(number)).getTextContent();
  process.stdout.write(items.map((item) => item.str + (item.hasEOL ? '\n' : '')).join('') + '\n');
}
