<?php
// tcpdf.php JOB.json: prints an article (title, blocks, font, size, width, page_width, height, columns, gutter, head, justified, pdf) with TCPDF.
$job = json_decode(file_get_contents($argv[1]), true);
define('K_PATH_FONTS', $job['folder']);
require_once('tcpdf/tcpdf.php');
$font = TCPDF_FONTS::addTTFfont($job['font'], 'TrueTypeUnicode', '', 96, $job['folder']);
$pdf = new TCPDF('P', 'pt', [$job['page_width'], $job['height']]);
$pdf->setRTL(true);
$pdf->setHeaderFont([$font, '', 9]);
$pdf->setFooterFont([$font, '', 9]);
$pdf->setHeaderData('', 0, '', $job['head']);
$pdf->setPrintHeader($job['head'] !== '');
$pdf->setPrintFooter($job['head'] !== '');
$side = ($job['page_width'] - $job['width']) / 2;
$pdf->setMargins($side, 60, $side);
$pdf->setAutoPageBreak(true, 60);
$pdf->AddPage();
$pdf->setFont($font, '', $job['size'] + 6);
$pdf->MultiCell(0, 0, $job['title'], 0, 'R', false, 1);
$pdf->setFont($font, '', $job['size']);
if ($job['columns'] > 1) {
    $pdf->setEqualColumns($job['columns'], ($job['width'] - ($job['columns'] - 1) * $job['gutter']) / $job['columns']);
}
foreach ($job['blocks'] as $block) {
    $pdf->Ln(8);
    if (isset($block['html'])) {
        $pdf->writeHTML($block['html'], true, false, true, false, 'R');
    } else {
        $pdf->setFont($font, '', $job['size'] * $block['scale']);
        $pdf->MultiCell(0, 0, $block['text'], 0, $job['justified'] ? 'J' : 'R', false, 1);
        $pdf->setFont($font, '', $job['size']);
    }
}
$pdf->Output($job['pdf'], 'F');
