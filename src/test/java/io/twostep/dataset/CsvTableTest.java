package io.twostep.dataset;

import static io.twostep.dataset.Uploads.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.twostep.csv.Encodings;
import io.twostep.dataset.RawTable.Column;
import io.twostep.dataset.RawTable.Decimal;
import io.twostep.dataset.RawTable.Kind;
import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.features.TextValue;
import io.twostep.storage.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a,b | -999.0,x | -9.99e2,x | 999,x", "a;b | -999,0;x | -9,99e2;x | 1,5;x"})
    void takesWhatDenotesTheNumberOfAMarkerForMissing(String header, String first, String second, String third)
            throws IOException {
        CsvOptions options = new CsvOptions(null, null, null, null, null, List.of("-999"));

        String text = String.join("\n", header, first, second, "-999" + header.charAt(1) + "x", third);

        Uploads.Read read = read(DatasetFormat.CSV, options, text.getBytes(StandardCharsets.UTF_8));

        assertThat(read.lines().subList(0, 3)).containsOnly(",\"x\"");
        assertThat(read.lines().get(3)).startsWith("\"");
    }

    @Test
    void writesEveryRowInOnePlainForm() throws IOException {
        Uploads.Read read = read("a, b\r\n1,NA\r\"say \"\"x, y\"\"\", \n\n\"two\nlines\",\"\"");

        assertThat(read.table().columns())
                .containsExactly(new Column("a", Kind.UNKNOWN), new Column("b", Kind.UNKNOWN));
        assertThat(read.table().rows()).isEqualTo(3);
        assertThat(read.lines()).containsExactly("\"1\",", "\"say \"\"x, y\"\"\",", "\"two", "lines\",");
        assertThat(read.table().inferred())
                .isEqualTo(new Inferred(
                        DatasetFormat.CSV,
                        "utf-8",
                        ",",
                        "\"",
                        "\"",
                        true,
                        ".",
                        List.of("NA", "N/A", "NaN", "nan", "null", "NULL", "None", "?", "-"),
                        List.of(),
                        List.of("It is a guess that the first line names the columns, since nothing tells it from the"
                                + " rows. If it is a row, say header=false.")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "a,b,c ~ 44 ~ 3",
                "a;b;c ~ 59 ~ 3",
                "a\\tb\\tc ~ 9 ~ 3",
                "a|b|c ~ 124 ~ 3",
                "\"a,x\";\"b,y\";c ~ 59 ~ 3",
                "\"say \"\"a;b;c\"\"\",d ~ 44 ~ 2",
                "5\" pipe;b;c ~ 59 ~ 3",
                " \"x;y;z\" , b ~ 44 ~ 2",
                "only ~ 44 ~ 1",
                "a,b;c ~ 44 ~ 2",
            })
    void findsTheDelimiterInTheHeader(String header, int delimiter, int columns) throws IOException {
        String tabbed = header.replace("\\t", "\t");
        String row = "1" + String.valueOf((char) delimiter).concat("1").repeat(columns - 1);
        Uploads.Read read = read("\n" + tabbed + "\n" + row + "\n");

        assertThat(read.table().columns()).hasSize(columns);
        assertThat(read.table().inferred().delimiter()).isEqualTo(String.valueOf((char) delimiter));
    }

    @Test
    void takesTheTabOnlyWhereTheFormatSaysSo() throws IOException {
        Uploads.Read read = read(DatasetFormat.TSV, "a,b\tc\n1\t\n".getBytes(StandardCharsets.UTF_8));

        assertThat(read.table().names()).containsExactly("a,b", "c");
        assertThat(read.lines()).containsExactly("\"1\",");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, EFBBBF, utf-8", "UTF-16LE, FFFE, utf-16le", "UTF-16BE, FEFF, utf-16be", "UTF-8, '', utf-8"})
    void readsTextByItsByteOrderMark(String charset, String mark, String encoding) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(java.util.HexFormat.of().parseHex(mark));
        body.write("n\u00e9,\u4e2d\nx,\ud83d\ude00\n".getBytes(Charset.forName(charset)));
        Uploads.Read read = read(DatasetFormat.CSV, body.toByteArray());

        assertThat(read.table().names()).containsExactly("n\u00e9", "\u4e2d");
        assertThat(read.lines()).containsExactly("\"x\",\"\ud83d\ude00\"");
        assertThat(read.table().inferred().encoding()).isEqualTo(encoding);
    }

    @ParameterizedTest
    @CsvSource({
        "C3A92C620A312C320A332CFF0A, 3",
        "C3A9FF0A31, 1",
        "C3A92C620A312CC3, 2",
        "E4B8ADC3A92C620A312CEDA0800A, 2",
        "612C620A312C000A, 2",
        "FFFE61000A003100D8, 2",
        "FFFE00D861000A003100, 1",
    })
    void tellsTheLineWithBytesThatAreNoText(String hex, int line) {
        byte[] body = java.util.HexFormat.of().parseHex(hex);

        assertThat(refusal(ErrorCode.MALFORMED_CSV, () -> read(DatasetFormat.CSV, body)))
                .hasMessageStartingWith("On line " + line + ", column ")
                .hasMessageContaining("there are bytes that are no text");
    }

    @Test
    void tellsTheLineWithBytesThatAreNoTextFarBehindTheStart() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(("\u00e9\n" + "\n".repeat(30_000) + "1\n").getBytes(StandardCharsets.UTF_8));
        body.write(0xC3);

        assertThat(refusal(ErrorCode.MALFORMED_CSV, () -> read(DatasetFormat.CSV, body.toByteArray())))
                .hasMessageStartingWith("On line 30003, column 1, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\r\n \n", "a,b", "a,b\n", "a,b\r\r\n"})
    void refusesATableWithoutRows(String csv) {
        refusal(ErrorCode.DATASET_EMPTY, () -> read(csv));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "a,b|1,2|3 ~ The row on line 3 has 1 value where the header has 2: column 2, \"b\", is not there.",
                "a,b||1,2|3,4,5 ~ The row on line 4 has 3 values where the header has 2: there is no column 3.",
                "a,b|1,2|'' ~ The row on line 3 has 1 value where the header has 2: column 2, \"b\", is not there.",
            })
    void tellsTheLineOfARowOfAnotherWidth(String csv, String detail) {
        String lines = csv.replace('|', '\n').replace("''", "\"\"");

        assertThat(refusal(ErrorCode.DATASET_SHAPE, () -> read(lines + "\n"))).hasMessage(detail);
    }

    @Test
    void countsTheLinesInsideQuotes() {
        assertThat(refusal(ErrorCode.DATASET_SHAPE, () -> read("a,b\r\n\"x\r\ny\r\nz\",1\r\n2\r\n")))
                .hasMessageStartingWith("The row on line 5 ");
        assertThat(refusal(ErrorCode.DATASET_SHAPE, () -> read("a,b\r\"x\ry\rz\",1\r2\r")))
                .hasMessageStartingWith("The row on line 5 ");
    }

    @Test
    void tellsEveryColumnNameThatBreaksARule() {
        String header = "a,,a,b\u0007," + "x".repeat(257) + ",\"two\nlines\"," + "y".repeat(256);

        assertThat(refusal(ErrorCode.INVALID_COLUMN_NAME, () -> read(header + "\n1,2,3,4,5,6,7\n"))
                        .problems())
                .extracting(Problem::pointer, Problem::detail)
                .containsExactly(
                        tuple("", "column 2 has no name"),
                        tuple("", "column 3 has the name \"a\" of column 1"),
                        tuple("", "column 4 has control characters in its name \"b\\u0007\""),
                        tuple("", "column 5 has a name of 257 characters; 256 are allowed"),
                        tuple("", "column 6 has control characters in its name \"two\\u000alines\""));
    }

    @Test
    void takesEveryMarkerForMissing() throws IOException {
        String rows = String.join(
                "\n",
                TextValue.MISSING_MARKERS.stream()
                        .filter(marker -> !marker.equals("-"))
                        .map(marker -> "1,\" " + marker + " \"")
                        .toList());

        assertThat(read("a,b\n" + rows + "\n").lines()).hasSize(9).containsOnly("\"1\",");
        assertThat(read("a,b\n1,none\n1,nil\n").lines()).containsExactly("\"1\",\"none\"", "\"1\",\"nil\"");
    }

    @Test
    void takesADashForMissingWhereThereIsNoPlusBesideIt() throws IOException {
        String text = "a,b,c\n1,+,x\n-,-,- \n2,-,y\n";

        assertThat(read(text).table().columns()).extracting(Column::dash).containsExactly(true, false, true);
        CsvOptions named = new CsvOptions(null, null, null, null, null, List.of("-"));
        assertThat(read(DatasetFormat.CSV, named, text.getBytes(StandardCharsets.UTF_8))
                        .lines())
                .contains(",,", "\"2\",,\"y\"");
    }

    @Test
    void readsASingleColumnWhoseMissingValuesAreQuotedOrMarked() throws IOException {
        assertThat(read("a\n1\n\"\"\nNA\n\n2\n").lines()).containsExactly("\"1\"", "", "", "\"2\"");
    }

    @Test
    void boundsRowsColumnsCellsAndLines() throws IOException {
        assertThat(read("a\n" + "1\n".repeat(Uploads.MOST_ROWS)).table().rows()).isEqualTo(Uploads.MOST_ROWS);
        tooLarge("a\n" + "1\n".repeat(Uploads.MOST_ROWS + 1), "20 rows");
        tooLarge("a,b,c,d,e,f,g,h,i,j,k\n1,2,3,4,5,6,7,8,9,0,1\n", "10 columns");
        tooLarge("a,b,c,d,e,f,g,h,i,j\n" + "1,2,3,4,5,6,7,8,9,0\n".repeat(11), "100 values");
        tooLarge("a\n" + "x".repeat(Uploads.LONGEST_LINE + 1) + "\n", "2000 characters");
        tooLarge("a\n\"" + "x\n".repeat(Uploads.LONGEST_LINE), "2000 characters");
        tooLarge(" ".repeat(Uploads.LONGEST_LINE + 2), "2000 characters");
    }

    @Test
    void readsBytesThatAreNoUtf8AsWindows1252AndSaysSo() throws IOException {
        byte[] body = "n\u00e9;\u20ac\nx;\u00fc\n".getBytes(Charset.forName("windows-1252"));
        Uploads.Read read = read(DatasetFormat.CSV, body);

        assertThat(read.table().names()).containsExactly("n\u00e9", "\u20ac");
        assertThat(read.lines()).containsExactly("\"x\",\"\u00fc\"");
        assertThat(read.table().inferred().encoding()).isEqualTo("windows-1252");
        assertThat(read.table().inferred().warnings()).anyMatch(warning -> warning.contains("not UTF-8"));
    }

    @ParameterizedTest
    @CsvSource({"latin1, iso-8859-1", "UTF-16, utf-16", "utf-16be, utf-16be", "cp1251, windows-1251"})
    void readsInTheEncodingThatIsNamed(String name, String told) throws IOException {
        Charset charset = Charset.forName(name);
        CsvOptions options = new CsvOptions(null, null, charset, null, null, null);
        byte[] body = "a,b\n1,2\n".getBytes(charset);

        Uploads.Read read = read(DatasetFormat.CSV, options, body);
        assertThat(read.lines()).containsExactly("\"1\",\"2\"");
        assertThat(read.table().inferred().encoding()).isEqualTo(told);
        assertThat(read.table().inferred().warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "a b c|1  2 3|4 5   6| ~ ` ` ~ `\"`",
                "  a\\tb|  1\\t\\t2|  3\\t4| ~ ` ` ~ `\"`",
                "a;b|1,5;2,5|3,5;x| ~ ; ~ `\"`",
                "1,5;2,5|3,5;4,5| ~ ; ~ `\"`",
                "x;1,5|y;2,5| ~ ; ~ `\"`",
                "1,x;y|2,z;w| ~ , ~ `\"`",
                "x|1,5|2,5| ~ ; ~ `\"`",
                "'a','b'|'1,5','x'|'2','it''s'| ~ , ~ '",
                "a,b|1,'tis|2,y| ~ , ~ `\"`",
                "a,b|1,O'Brien|2,'tis'| ~ , ~ `\"`",
                "a,b|1,'t Hooft|2,Jones'| ~ , ~ `\"`",
                "a,b|'x',1|'y',2| ~ , ~ '",
                "a,b|'x',1|y,2| ~ , ~ `\"`",
                "a,b|'x, y',1|z,2| ~ , ~ '",
                "full name|John Smith|Jane Doe| ~ , ~ `\"`",
                "a|b|1|2| ~ , ~ `\"`",
            })
    void findsDelimiterAndQuote(String text, String delimiter, String quote) throws IOException {
        Inferred inferred =
                read(text.replace('|', '\n').replace("\\t", "\t")).table().inferred();

        assertThat(inferred.delimiter()).isEqualTo(delimiter.replace("\\t", "\t"));
        assertThat(inferred.quote()).isEqualTo(quote);
        assertThat(inferred.escape()).isEqualTo(quote);
    }

    @Test
    void findsBackslashesThatEscape() throws IOException {
        Uploads.Read soon = read("a,b\n\"x \\\"y\\\", z\",1\n");

        assertThat(soon.lines()).containsExactly("\"x \"\"y\"\", z\",\"1\"");
        assertThat(soon.table().inferred().escape()).isEqualTo("\\");
    }

    @Test
    void readsAgainWhereOnlyABackslashBreaksTheTable() throws IOException {
        assertThat(read("a\nx\n\"say \\\"hi\\\" to\"\n").lines()).endsWith("\"say \"\"hi\"\" to\"");
        refusal(ErrorCode.MALFORMED_CSV, () -> read("a\n\"x\\\" y\" z\n"));
    }

    @Test
    void saysWhereTheDelimiterIsNotSure() throws IOException {
        assertThat(read("a|1,b\nx|2,y\n").table().inferred().warnings().get(0))
                .isEqualTo("The delimiter may as well be '|' (2 columns) as ',' (2 columns). The parameter delimiter"
                        + " decides.");
        assertThat(read("a;b,c\n1;2,3\n").table().inferred().warnings())
                .noneMatch(warning -> warning.contains("delimiter"));
    }

    @Test
    void takesTheQuotesOfASampleThatIsCut() throws IOException {
        String names = "name,n\n" + "O'Brien,1\n".repeat(20) + "'tis,1\n";
        CsvSample cut = new CsvSample(names.substring(0, names.length() - 5), false);
        SampleCells cells = new SampleCells(new MissingMarkers(null));

        assertThat(DialectScan.of(cut, cells, CsvOptions.NONE, false).dialect().quote())
                .isEqualTo("\"");
        CsvSample quoted = new CsvSample("a,b\n'x, y',1\n'z, w',2\n'v, u',3\n'half", false);
        assertThat(DialectScan.of(quoted, cells, CsvOptions.NONE, false)
                        .dialect()
                        .quote())
                .isEqualTo("'");
    }

    @Test
    void prefersTheTabWhereTheFormatSaysSoAndTellsIfThereIsNone() throws IOException {
        Uploads.Read read = read(DatasetFormat.TSV, "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));

        assertThat(read.table().names()).containsExactly("a", "b");
        assertThat(read.table().inferred().warnings())
                .containsExactly(
                        "The delimiter is ',' (2 columns), though the type of the body says that it is the tab.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "a,b|1,x|2,y ~ true ~ true",
                "1,x|2,y ~ false ~ false",
                "5,5;x|2;y ~ false ~ false",
                "NA,x|2,y ~ false ~ false",
                "3,NA|2,4 ~ false ~ false",
                "x,2019|y,1|z,2 ~ false ~ false",
                "a,b|x,y ~ true ~ false",
                "1,2 ~ false ~ false",
                "id,1|x,2|y,3 ~ false ~ false",
                "n,m|1,x|?,2 ~ true ~ true",
                "id,2019|1,5|2,6 ~ true ~ false",
                "x,y|y,x|x,x ~ false ~ false",
                "size,color|s,red|l,red|s,blue|l,blue|s,red|l,red ~ true ~ true",
            })
    void findsTheHeader(String text, boolean header, boolean sure) throws IOException {
        Uploads.Read read = read(text.replace('|', '\n') + "\n");

        assertThat(read.table().inferred().header()).isEqualTo(header);
        assertThat(read.table().names().get(0).equals("column_1")).isEqualTo(!header);
        assertThat(read.table().inferred().warnings()).hasSize(sure ? 0 : 1);
    }

    @Test
    void takesTheSendersWord() throws IOException {
        CsvOptions options = new CsvOptions('#', "", StandardCharsets.UTF_8, false, ',', List.of("-", " x "));
        Uploads.Read read = read(DatasetFormat.TSV, options, "a#-#NA\n\"b#x#1,5\n".getBytes(StandardCharsets.UTF_8));

        assertThat(read.table().columns())
                .containsExactly(
                        new Column("column_1", Kind.UNKNOWN, Decimal.COMMA, false),
                        new Column("column_2", Kind.UNKNOWN, Decimal.COMMA, false),
                        new Column("column_3", Kind.UNKNOWN, Decimal.COMMA, false));
        assertThat(read.lines()).containsExactly("\"a\",,\"NA\"", "\"\"\"b\",,\"1,5\"");
        assertThat(read.table().inferred())
                .isEqualTo(new Inferred(
                        DatasetFormat.TSV,
                        "utf-8",
                        "#",
                        "",
                        "",
                        false,
                        ",",
                        List.of("-", "x"),
                        List.of("delimiter", "quote", "encoding", "header", "decimal", "missing"),
                        List.of()));
    }

    @Test
    void guessesTheHeaderByTheMarkersOfTheRequest() throws IOException {
        CsvOptions options = new CsvOptions(null, null, null, null, null, List.of("x"));
        Uploads.Read read = read(DatasetFormat.CSV, options, "a,b\n1,c\nx,d\n".getBytes(StandardCharsets.UTF_8));

        assertThat(read.table().names()).containsExactly("a", "b");
        assertThat(read.table().inferred().warnings()).isEmpty();
    }

    @Test
    void saysHowToReadARowThatMakesNoNames() {
        assertThat(refusal(ErrorCode.INVALID_COLUMN_NAME, () -> read("a,a\nb,c\nd,e\n")))
                .hasMessageEndingWith("If the first line is a row, say header=false.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "a;b|1,5;x|2;y ~ COMMA ~ ''",
                "a;b|1,5;1,250|2;2 ~ COMMA ~ ''",
                "a;b|1.5;x|2;y ~ POINT ~ ''",
                "a;b|1,500;x|2,250;y ~ COMMA ~ was taken for the decimal mark",
                "a;b|1,234;2.5|2;3 ~ POINT ~ \"1,234\" were read as text",
                "a;b|1,234;12.345|2;3 ~ POINT ~ \"1,234\" and \"12.345\"",
                "a;b|1,5;2.5|2;3 ~ POINT ~ \"1,5\" and \"2.5\"",
                "a;b|1,5;2.345|2,5;3 ~ COMMA ~ \"2.345\" were read as text",
                "a;b|1.234,5;x|2;y ~ COMMA ~ \"1.234,5\" were read as text",
                "a;b|1,234,567.5;1|2;y ~ POINT ~ \"1,234,567.5\" were read as text",
                "a;b|1;31.12.2020|2;1.1.2021 ~ POINT ~ ''",
                "a,b|'1,5',2|'2,5',3 ~ POINT ~ \"1,5\" were read as text, since the comma is the delimiter",
                "a;b|1,5;1|2;2|x;3|3,5;4 ~ COMMA ~ ''",
            })
    void findsTheDecimalMarkOfTheWholeText(String text, Decimal mark, String warning) throws IOException {
        RawTable table = read(text.replace('|', '\n').replace('\'', '"') + "\n").table();

        assertThat(table.columns()).extracting(Column::decimal).containsOnly(mark);
        assertThat(table.inferred().decimal()).isEqualTo(mark == Decimal.COMMA ? "," : ".");
        assertThat(table.inferred().warnings()).hasSize(warning.isEmpty() ? 0 : 1);
        assertThat(String.join("", table.inferred().warnings())).contains(warning);
    }

    @Test
    void readsAWideEncodingWithoutItsMark() throws IOException {
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Uploads.Read read = read(DatasetFormat.CSV, "n\u00e9,m\n1,2\n".getBytes(charset));

            assertThat(read.table().names()).containsExactly("n\u00e9", "m");
            assertThat(read.table().inferred().encoding()).isEqualTo(Encodings.name(charset));
        }
    }

    @Test
    void readsATableThatIsTooLargeOnce() {
        String text = "a,b\n\"x\\\" y\",1\n" + "1,2\n".repeat(Uploads.MOST_ROWS + 1);

        assertThat(refusal(ErrorCode.DATASET_TOO_LARGE, () -> read(text)).getSuppressed())
                .isEmpty();
    }

    private void tooLarge(String csv, String bound) {
        assertThat(refusal(ErrorCode.DATASET_TOO_LARGE, () -> read(csv))).hasMessageContaining(bound);
    }

    private Uploads.Read read(String csv) throws IOException {
        return read(DatasetFormat.CSV, csv.getBytes(StandardCharsets.UTF_8));
    }

    private Uploads.Read read(DatasetFormat format, byte[] body) throws IOException {
        return read(format, CsvOptions.NONE, body);
    }

    private Uploads.Read read(DatasetFormat format, CsvOptions options, byte[] body) throws IOException {
        return Uploads.read(
                new DataFolder(root),
                body,
                (upload, bounds) -> new CsvTable(
                                upload, Reading.of(upload, new BodyType(format, null), options, SaidTypes.NONE), bounds)
                        .read());
    }
}
