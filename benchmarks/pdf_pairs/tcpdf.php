<?php
// tcpdf.php JOB.json: prints an article (title, paragraphs, font, size, width, height, head, justified, pdf) with TCPDF.
$job = json_decode(file_get_contents($argv[1]), true);
define('K_PATH_FONTS', $job['folder']);
require_once('tcpdf/tcpdf.php');
$font = TCPDF_FONTS::addTTFfont($job['font'], 'TrueTypeUnicode', '', 96, $job['folder']);
$pdf = new TCPDF('P', 'pt', [595, $job['height']]);
$pdf->setRTL(true);
$pdf->setHeaderFont([$font, '', 9]);
$pdf->setFooterFont([$font, '', 9]);
$pdf->setHeaderData('', 0, '', $job['head']);
$pdf->setPrintHeader($job['head'] !== '');
$pdf->setPrintFooter($job['head'] !== '');
$side = (595 - $job['width']) / 2;
$pdf->setMargins($side, 60, $side);
$pdf->setAutoPageBreak(true, 60);
$pdf->AddPage();
$pdf->setFont($font, '', $job['size'] + 6);
$pdf->MultiCell(0, 0, $job['title'], 0, 'R', false, 1);
$pdf->setFont($font, '', $job['size']);
foreach ($job['paragraphs'] as $paragraph) {
    $pdf->Ln(8);
    $pdf->MultiCell(0, 0, $paragraph, 0, $job['justified'] ? 'J' : 'R', false, 1);
}
$pdf->Output($job['pdf'], 'F');
