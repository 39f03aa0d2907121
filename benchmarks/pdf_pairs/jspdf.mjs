// node jspdf.mjs NODE_MODULES PAGE.json: sets an article with jsPDF, which shapes Arabic into presentation forms and turns its lines itself.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const [modules, told] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const page = JSON.parse(readFileSync(told, 'utf-8'));
const side = (page.page_width - page.width) / 2;

const { jsPDF } = require('jspdf');
const pdf = new jsPDF({ unit: 'pt', format: [page.page_width, page.height] });
pdf.addFileToVFS('body.ttf', readFileSync(page.font).toString('base64'));
pdf.addFont('body.ttf', 'body', 'normal');
pdf.setFont('body');
let height = 60;
for (const [size, text] of [[page.size + 6, page.title], ...page.paragraphs.map((text) => [page.size, text])]) {
  pdf.setFontSize(size);
  for (const line of pdf.splitTextToSize(text, page.width)) {
    if (height > page.height - 60) [height] = [60, pdf.addPage()];
    pdf.text(line, page.page_width - side, height, { align: 'right' });
    height += 1.6 * size;
  }
  height += 8;
}
writeFileSync(page.pdf, Buffer.from(pdf.output('arraybuffer')));
