/** A PDF of one page that shows these lines, or, with a lock, asks for a password. Its readers find its objects without a table. */
export function makePdf(lines: readonly string[], { isLocked = false } = {}): Uint8Array<ArrayBuffer> {
  const shown = lines.map((line, at) => `BT /F1 12 Tf 72 ${720 - at * 18} Td (${line}) Tj ET`)
  const content = shown.join('\n')
  const hash = '0'.repeat(64)
  const lock = `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${hash}> /U <${hash}> /P -4 >> /ID [<00> <00>]`
  return new TextEncoder().encode(`%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >> endobj
4 0 obj << /Length ${content.length} >> stream
${content}
endstream endobj
5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
trailer << /Root 1 0 R ${isLocked ? lock : ''} >>
%%EOF
`)
}
