// Reads the PDFs of a list with PDFBox: `lines` as its own tool prints them, `paragraphs` with the blank lines that Apache Tika puts around them.

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

public class PdfBoxReader {
    public static void main(String[] arguments) throws Exception {
        boolean paragraphs = arguments[0].equals("paragraphs");
        List<String> pdfs = Files.readAllLines(Path.of(arguments[1]));
        for (int i = 0; i < pdfs.size(); i++) {
            PDFTextStripper stripper = new PDFTextStripper();
            if (paragraphs) {
                stripper.setSortByPosition(false);
                stripper.setParagraphEnd("\n");
                stripper.setPageEnd("\n\n");
            }
            try (PDDocument document = PDDocument.load(new File(pdfs.get(i)))) {
                Files.write(Path.of(arguments[2], i + ".txt"), stripper.getText(document).getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
