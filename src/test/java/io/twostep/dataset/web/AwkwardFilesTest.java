package io.twostep.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.twostep.web.LiveService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files as they are found in the world, one for each oddity: the right table comes of it or the right refusal. */
@Tag("tables")
class AwkwardFilesTest extends LiveService {

    private static final String CSV = "text/csv";
    private static final String TSV = "text/tab-separated-values";
    private static final String NDJSON = "application/x-ndjson";
    private static final String PARQUET = "application/vnd.apache.parquet";
    private static final String GZIP = "application/gzip";
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /** What a value of a CSV text is stripped of. */
    private static final String BLANKS = IntStream.rangeClosed(0, Character.MAX_VALUE)
            .filter(Character::isWhitespace)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());

    @TempDir
    static Path folder;

    /**
     * An upload and what should come of it.
     *
     * @param columns each name with its type
     * @param warning part of the only one, or empty where there is none
     */
    record Table(
            String label,
            String type,
            byte[] body,
            String query,
            String columns,
            List<Object> firstRow,
            String warning) {
        @Override
        public String toString() {
            return label;
        }
    }

    /** @param detail part of what is said */
    record Refusal(String label, String type, byte[] body, int status, String slug, String detail) {
        @Override
        public String toString() {
            return label;
        }
    }

    static Stream<Table> tables() {
        return Stream.of(
                table("semicolons", "a;b\n1;x\n2;y\n", "a:integer b:category", 1, "x"),
                table("tabs", "a\tb\n1\tx\n2\ty\n", "a:integer b:category", 1, "x"),
                table("pipes", "a|b\n1|x\n2|y\n", "a:integer b:category", 1, "x"),
                table("runs of blanks", "  a    b\n  1    x\n 20   yy\n", "a:integer b:category", 1, "x"),
                table("new lines in quotes", "a,b\n\"x\ny\",1\n\"z\",2\n", "a:category b:integer", "x\ny", 1),
                table("doubled quotes", "a,b\n\"5\"\" x\",1\n", "a:category b:integer", "5\" x", 1),
                table("backslash quotes", "a,b\n\"5\\\" x, y\",1\n", "a:category b:integer", "5\" x, y", 1),
                table("single quotes", "'a','b'\n'x, y','1'\n", "a:category b:integer", "x, y", 1),
                table("CRLF", "a,b\r\n1,x\r\n", "a:integer b:category", 1, "x"),
                table("CR", "a,b\r1,x\r", "a:integer b:category", 1, "x"),
                table("mixed line ends", "a,b\r\n1,x\n2,y\r3,z", "a:integer b:category", 1, "x"),
                table("a byte order mark", "\uFEFFa,b\n1,x\n", "a:integer b:category", 1, "x"),
                new Table(
                        "UTF-16",
                        CSV,
                        "\uFEFFa,b\n1,é\n".getBytes(StandardCharsets.UTF_16LE),
                        "",
                        "a:integer b:category",
                        List.of(1, "é"),
                        ""),
                new Table(
                        "Latin-1",
                        CSV,
                        "a,b\n1,é\n".getBytes(StandardCharsets.ISO_8859_1),
                        "",
                        "a:integer b:category",
                        List.of(1, "é"),
                        "windows-1252"),
                new Table(
                        "a charset that is right",
                        "text/csv;charset=windows-1251",
                        "a,b\n1,ж\n".getBytes(Charset.forName("windows-1251")),
                        "",
                        "a:integer b:category",
                        List.of(1, "ж"),
                        ""),
                new Table(
                        "a charset that is wrong",
                        "text/csv;charset=iso-8859-1",
                        "a,b\n1,ж\n".getBytes(StandardCharsets.UTF_8),
                        "",
                        "a:integer b:category",
                        List.of(1, "ж"),
                        ""),
                new Table(
                        "UTF-16 without a mark",
                        CSV,
                        "a,b\n1,é\n".getBytes(StandardCharsets.UTF_16BE),
                        "",
                        "a:integer b:category",
                        List.of(1, "é"),
                        ""),
                warned(
                        "decimal commas without a header",
                        "1,5;2,5\n3,5;4,5\n",
                        "column_1:number column_2:number",
                        "It is a guess that the first line is a row",
                        1.5f,
                        2.5f),
                new Table(
                        "Latin-1 by its name",
                        CSV,
                        "a,b\n1,é\n".getBytes(WINDOWS),
                        "encoding=cp1252",
                        "a:integer b:category",
                        List.of(1, "é"),
                        ""),
                table("decimal commas", "a;b\n1,5;x\n-2;y\n", "a:number b:category", 1.5f, "x"),
                table("apostrophes in names", "a,b\n'tis,1\nO'Brien,2\n", "a:category b:integer", "'tis", 1),
                warned(
                        "no names of numbers",
                        "a,b\nx,y\nz,w\n",
                        "a:category b:category",
                        "It is a guess that the first line names the columns",
                        "x",
                        "y"),
                warned(
                        "marks between thousands beside points",
                        "a;b\n1,234;2.5\n2;3\n",
                        "a:category b:number",
                        "\"1,234\" were read as text",
                        "1,234",
                        2.5f),
                new Table(
                        "CSV called TSV",
                        TSV,
                        "a,b\n1,x\n2,y\n".getBytes(StandardCharsets.UTF_8),
                        "",
                        "a:integer b:category",
                        List.of(1, "x"),
                        "though the type of the body says that it is the tab"),
                warned(
                        "thousands or decimals",
                        "a;b\n1,500;x\n2,250;y\n",
                        "a:number b:category",
                        "thousands",
                        1.5f,
                        "x"),
                warned(
                        "thousands and decimals",
                        "a;b\n1.234,5;x\n2.345,6;y\n",
                        "a:category b:category",
                        "marks between thousands",
                        "1.234,5",
                        "x"),
                warned(
                        "points between thousands",
                        "Artikel;Umsatz\nA;1.234\nB;2.500\nC;950\nA;12.000\n",
                        "Artikel:category Umsatz:number",
                        "The point was taken for the decimal mark",
                        "A",
                        1.234f),
                table("three decimals", "a,b\n1.234,x\n2.500,y\n", "a:number b:category", 1.234f, "x"),
                table("decimals below one", "a;b\n1.234;x\n0.500;y\n", "a:number b:category", 1.234f, "x"),
                warned(
                        "a name of two words",
                        "Umsatz EUR\n1 234\n2 345\n",
                        "Umsatz:integer EUR:integer",
                        "may as well be one value that holds a blank",
                        1,
                        234),
                warned(
                        "decimal commas between blanks",
                        "1,5 2,5\n3,5 4,5\n",
                        "column_1:number column_2:number",
                        "It is a guess that the first line is a row",
                        1.5f,
                        2.5f),
                warned(
                        "one column of decimal commas",
                        "x\n1,2\n3,4\n",
                        "x:number",
                        "decimal mark of a single column",
                        1.2f),
                warned(
                        "empty rows at the end",
                        "a,b\n1,x\n2,y\n" + ",\n".repeat(20),
                        "a:integer b:category",
                        "From line 4 on there is nothing but delimiters; rows without any value: 20",
                        1,
                        "x"),
                table("one text behind another", "a,b\n1,x\n\uFEFF2,y\n", "a:integer b:category", 1, "x"),
                table(
                        "every marker of a missing value",
                        "a,b\n1,x\n,\nNA,N/A\nNaN,null\nNone,?\n-,-\n2,y\n",
                        "a:integer b:category",
                        1,
                        "x"),
                table("plus and minus", "a,b\n1,+\n2,-\n3,-\n", "a:integer b:category", 1, "+"),
                warned(
                        "text among numbers",
                        "a,b\n1,x\n2,y\nn.k.,z\n4,x\nn.k.,y\n",
                        "a:category b:category",
                        "3 are, 2 are not, such as \"n.k.\" 2 times, first in row 3",
                        "1",
                        "x"),
                warned("no header", "1,x\n2,y\n", "column_1:integer column_2:category", "header=true", 1, "x"),
                new Table(
                        "numbers for names",
                        CSV,
                        "2019,2020\n1,2\n".getBytes(StandardCharsets.UTF_8),
                        "header=true",
                        "2019:integer 2020:integer",
                        List.of(1, 2),
                        ""),
                new Table(
                        "a marker of one's own",
                        CSV,
                        "a,b\n1,2\n-,-9\n3,4\n".getBytes(StandardCharsets.UTF_8),
                        "missing=-&missing=-9",
                        "a:integer b:integer",
                        List.of(1, 2),
                        ""),
                table("one row", "a,b\n1,x\n", "a:integer b:category", 1, "x"),
                table("1e308", "a,b\n1e308,x\n-1e308,y\n", "a:number b:category", 1e308, "x"),
                table("inf in a column of text", "a,b\n1,inf\n2,x\n", "a:integer b:category", 1, "inf"),
                new Table("gzip", GZIP, gzip("a,b\n1,x\n"), "", "a:integer b:category", List.of(1, "x"), ""),
                new Table(
                        "gzip in two members",
                        GZIP,
                        joined(gzip("a,b\n"), gzip("1,x\n")),
                        "",
                        "a:integer b:category",
                        List.of(1, "x"),
                        ""),
                new Table(
                        "gzip in blocks",
                        GZIP,
                        joined(gzip("a,b\n1,x\n"), new byte[500]),
                        "",
                        "a:integer b:category",
                        List.of(1, "x"),
                        ""),
                new Table("gzip called CSV", CSV, gzip("a,b\n1,x\n"), "", "a:integer b:category", List.of(1, "x"), ""),
                new Table(
                        "JSON in gzip",
                        GZIP,
                        gzip(" [{\"a\":1,\"b\":\"x\"}]"),
                        "",
                        "a:integer b:category",
                        List.of(1, "x"),
                        ""),
                new Table(
                        "NDJSON",
                        NDJSON,
                        "{\"a\":1,\"b\":\"x\"}\n\n{\"b\":\"y\"}\r\n{\"a\":2}".getBytes(StandardCharsets.UTF_8),
                        "",
                        "a:integer b:category",
                        List.of(1, "x"),
                        ""),
                new Table(
                        "Parquet",
                        PARQUET,
                        parquet("select 1.5::float f, 2::utinyint i, true b, ' TRUE ' t, date '2026-01-31' d,"
                                + " 1.50::decimal(9, 2) m from range(3)"),
                        "",
                        "f:number i:integer b:boolean t:category d:date m:number",
                        List.of(1.5f, 2, true, "true", "2026-01-31", 1.5f),
                        "The same value"),
                new Table(
                        "Parquet with blanks of all kinds",
                        PARQUET,
                        parquet("select 1 \" a \", '" + BLANKS + "x y" + BLANKS + "\u00A0' b"),
                        "",
                        "a:integer b:category",
                        List.of(1, "x y" + BLANKS + "\u00A0"),
                        ""),
                new Table(
                        "Parquet called CSV, with NaN",
                        CSV,
                        parquet("select * from (values (1::double, 'x'), ('NaN'::double, null)) t(a, b)"),
                        "",
                        "a:number b:category",
                        List.of(1f, "x"),
                        "The same value"));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void readsTheTable(Table expected) {
        Response answer = api().contentType(expected.type())
                .body(expected.body())
                .post("/datasets" + (expected.query().isEmpty() ? "" : "?" + expected.query()));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);

        JsonPath json = answer.jsonPath();
        assertThat(types(json)).isEqualTo(expected.columns());
        Map<String, Object> firstRow = json.getMap("first_rows[0]");
        assertThat(List.copyOf(firstRow.values())).isEqualTo(expected.firstRow());
        assertThat(String.join(" ", json.<String>getList("inferred.warnings"))).satisfies(warnings -> {
            assertThat(warnings).contains(expected.warning());
            assertThat(warnings.isEmpty()).isEqualTo(expected.warning().isEmpty());
        });
    }

    static Stream<Refusal> refusals() {
        byte[] packed = gzip("a,b\n" + "1,x\n".repeat(1_000));
        byte[] damaged = gzip("a,b\n1,x\n");
        damaged[damaged.length - 5] ^= 1;
        byte[] table = parquet("select 1 a from range(1000)");
        byte[] hollow = Arrays.copyOf(table, table.length);
        Arrays.fill(hollow, 4, hollow.length - 4, (byte) 0xFF);
        return Stream.of(
                refusal("empty", "", 422, "dataset-empty", "no line"),
                refusal("blank lines only", "\n\r\n  \n", 422, "dataset-empty", "no line"),
                refusal("header only", "a,b\n", 422, "dataset-empty", "header and no row"),
                refusal("NUL bytes", "a,b\n1,\0\n", 400, "malformed-csv", "line 2, column 2"),
                new Refusal(
                        "invalid UTF-8",
                        CSV,
                        joined("é,中文\n1,".getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0xFF}),
                        400,
                        "malformed-csv",
                        "line 2, column 2"),
                refusal("a quote that never closes", "a,b\n1,\"x\n2,y\n", 400, "malformed-csv", "line 2, column 2"),
                refusal("text behind a quote", "a,b\n1,\"x\"y\n", 400, "malformed-csv", "line 2, column 2"),
                new Refusal("an image", CSV, image(), 400, "malformed-csv", "line 3, column 1"),
                new Refusal(
                        "gzip cut short",
                        GZIP,
                        Arrays.copyOf(packed, packed.length - 20),
                        400,
                        "malformed-gzip",
                        "cut short"),
                new Refusal("gzip cut in its head", GZIP, Arrays.copyOf(packed, 6), 400, "malformed-gzip", "cut short"),
                new Refusal("gzip that is damaged", GZIP, damaged, 400, "malformed-gzip", "damaged"),
                new Refusal(
                        "gzip that is none",
                        GZIP,
                        "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8),
                        400,
                        "malformed-gzip",
                        "not gzip"),
                new Refusal(
                        "gzip that unpacks to much",
                        GZIP,
                        gzip("a\n" + "1\n".repeat(2_000_000)),
                        413,
                        "payload-too-large",
                        "200 times"),
                new Refusal(
                        "gzip with a member that is damaged",
                        GZIP,
                        joined(gzip("a,b\n1,x\n"), joined(new byte[] {0x1F, (byte) 0x8C}, gzip("2,y\n"))),
                        400,
                        "malformed-gzip",
                        "damaged"),
                new Refusal(
                        "gzip with a member that is cut",
                        GZIP,
                        joined(gzip("a,b\n1,x\n"), Arrays.copyOf(gzip("2,y\n"), 8)),
                        400,
                        "malformed-gzip",
                        "cut short"),
                refusal(
                        "a short row between decimal commas",
                        "Temp, C;Druck, bar;Ort\n1,5;2,5;A\n2,5;3,5\n1,2;3,4;B\n",
                        422,
                        "dataset-shape",
                        "line 3 has 2 values"),
                refusal(
                        "a long row with blanks",
                        "id,event time\n1,2020-01-01 10\n2,2020-01-02 11,\n3,2020-01-03 12\n",
                        422,
                        "dataset-shape",
                        "line 3 has 3 values"),
                refusal("a name with a byte order mark", "a,\uFEFFb\n1,2\n", 422, "invalid-column-name", ""),
                refusal("a header with doubles", "a,b,a\n1,2,3\n", 422, "invalid-column-name", ""),
                refusal("a header with a gap", "a,,b\n1,2,3\n", 422, "invalid-column-name", ""),
                refusal("inf", "a,b\n1,inf\n2,3\n", 422, "non-finite-number", ""),
                refusal("1e400", "a,b\n1,1e400\n2,3\n", 422, "non-finite-number", ""),
                refusal("a short row", "a,b\n1,2\n3\n", 422, "dataset-shape", "line 3 has 1 value"),
                refusal("a long row", "a,b\n1,2\n3,4,5\n", 422, "dataset-shape", "no column 3"),
                new Refusal(
                        "NDJSON with an array",
                        NDJSON,
                        "{\"a\":1}\n[1]\n".getBytes(StandardCharsets.UTF_8),
                        422,
                        "dataset-shape",
                        ""),
                new Refusal(
                        "NDJSON cut short",
                        NDJSON,
                        "{\"a\":1}\n{\"a\":".getBytes(StandardCharsets.UTF_8),
                        400,
                        "malformed-json",
                        ""),
                new Refusal("empty NDJSON", NDJSON, "\n".getBytes(StandardCharsets.UTF_8), 422, "dataset-empty", ""),
                new Refusal(
                        "Parquet cut short",
                        PARQUET,
                        Arrays.copyOf(table, table.length / 2),
                        400,
                        "malformed-parquet",
                        "cut short"),
                new Refusal("Parquet without sense", PARQUET, hollow, 400, "malformed-parquet", ""),
                new Refusal(
                        "Parquet with a name of two lines",
                        PARQUET,
                        parquet("select 1 a, 2 \"b\nc\""),
                        422,
                        "invalid-column-name",
                        ""),
                new Refusal(
                        "Parquet with a name of blanks",
                        PARQUET,
                        parquet("select 1 a, 2 \" \""),
                        422,
                        "invalid-column-name",
                        ""),
                new Refusal(
                        "Parquet with a long name",
                        PARQUET,
                        parquet("select 1 a, 2 \"" + "b".repeat(3_000) + "\""),
                        422,
                        "invalid-column-name",
                        ""),
                new Refusal(
                        "JSON with blanks around a name",
                        "application/json",
                        "[{\" a\":1}]".getBytes(StandardCharsets.UTF_8),
                        422,
                        "invalid-column-name",
                        ""),
                new Refusal(
                        "Parquet that unpacks to much",
                        PARQUET,
                        parquet("select repeat('ab', 10000) a from range(80000)"),
                        413,
                        "payload-too-large",
                        "200 times"),
                new Refusal("Parquet without rows", PARQUET, parquet("select 1 a limit 0"), 422, "dataset-empty", ""),
                new Refusal(
                        "Parquet with lists", PARQUET, parquet("select [1] a, {'x': 1} b"), 422, "dataset-shape", ""),
                new Refusal("Parquet with bytes", PARQUET, parquet("select 'x'::blob a"), 422, "dataset-shape", ""),
                new Refusal(
                        "Parquet with infinity",
                        PARQUET,
                        parquet("select 'inf'::double a"),
                        422,
                        "non-finite-number",
                        ""),
                new Refusal(
                        "Parquet with NUL", PARQUET, parquet("select 'x' || chr(0) a"), 422, "dataset-shape", "NUL"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesTheFile(Refusal expected) {
        Response answer =
                api().contentType(expected.type()).body(expected.body()).post("/datasets");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(expected.status());
        assertThat(answer.jsonPath().getString("type")).isEqualTo("urn:problem:" + expected.slug());
        assertThat(answer.jsonPath().getString("detail")).contains(expected.detail());
    }

    @Test
    void countsWhatIsMissingInEachColumn() {
        String csv = "a,b,c\n1,x,+\n,,-\nNA,N/A,-\nNaN,null,+\nNone,?,+\n-,-,-\n2,y,+\n";
        JsonPath answer = api().contentType(CSV).body(csv).post("/datasets").jsonPath();

        assertThat(answer.getList("columns.missing")).containsExactly(5, 5, 0);
        assertThat(answer.getList("columns.distinct")).containsExactly(2, 2, 2);
    }

    @Test
    void readsTwoThousandColumns() {
        String header = IntStream.range(0, 2_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String row = IntStream.range(0, 2_000).mapToObj(String::valueOf).collect(Collectors.joining(","));
        JsonPath answer = api().contentType(CSV)
                .body(header + "\n" + row + "\n" + row + "\n")
                .post("/datasets")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();

        assertThat(answer.getList("columns")).hasSize(2_000);
        assertThat(answer.getInt("first_rows[1].c1999")).isEqualTo(1999);
    }

    @Test
    void namesNestedAndForeignColumnsOfParquet() {
        byte[] body = parquet("select 1 ok, [1] list, {'x': 1} struct, 'x'::blob bytes");

        assertThat(details(body))
                .containsExactly(
                        "column \"list\" holds values inside of values",
                        "column \"struct\" holds values inside of values");
        assertThat(details(parquet("select 1 ok, 'x'::blob bytes, uuid() id")))
                .containsExactly(
                        "column \"bytes\" is of the type BLOB; numbers, booleans, strings and dates are read",
                        "column \"id\" is of the type UUID; numbers, booleans, strings and dates are read");
    }

    private List<String> details(byte[] parquet) {
        return api().contentType(PARQUET)
                .body(parquet)
                .post("/datasets")
                .jsonPath()
                .getList("errors.detail");
    }

    @Test
    void readsFilesOfFormsByTheirExtensions() {
        Map<String, byte[]> files = Map.of(
                "a.csv.gz", gzip("a;b\n1;x\n"),
                "b.tsv", "a\tb\n1\tx\n".getBytes(StandardCharsets.UTF_8),
                "c.jsonl", "{\"a\":1,\"b\":\"x\"}".getBytes(StandardCharsets.UTF_8),
                "d.ndjson.gz", gzip("{\"a\":1,\"b\":\"x\"}"),
                "e.PARQUET", parquet("select 1 a, 'x' b"),
                "f", "a,b\n1,x\n".getBytes(StandardCharsets.UTF_8));
        Map<String, String> types = Map.of("b.tsv", "Text/Tab-Separated-Values; charset=UTF-8", "f", "nonsense");
        files.forEach((name, body) -> {
            Response answer = api().multiPart(
                            "file", "odd-" + name, body, types.getOrDefault(name, "application/octet-stream"))
                    .post("/datasets");
            assertThat(answer.statusCode()).as(name + answer.asString()).isEqualTo(201);
            assertThat(answer.jsonPath().getString("name")).isEqualTo("odd-" + name.charAt(0));
            assertThat(types(answer.jsonPath())).isEqualTo("a:integer b:category");
        });
    }

    @Test
    void unpacksBodiesThatAreEncodedForTheWay() {
        api().contentType(TSV)
                .header("Content-Encoding", "gzip")
                .body(gzip("a,x\tb\n1\tx\n"))
                .post("/datasets")
                .then()
                .statusCode(201);
    }

    private static Table table(String label, String text, String columns, Object... firstRow) {
        return warned(label, text, columns, "", firstRow);
    }

    private static Table warned(String label, String text, String columns, String warning, Object... firstRow) {
        return new Table(label, CSV, text.getBytes(StandardCharsets.UTF_8), "", columns, List.of(firstRow), warning);
    }

    private static Refusal refusal(String label, String text, int status, String slug, String detail) {
        return new Refusal(label, CSV, text.getBytes(StandardCharsets.UTF_8), status, slug, detail);
    }

    private static String types(JsonPath answer) {
        List<String> names = answer.getList("columns.name");
        List<String> types = answer.getList("columns.type");
        return IntStream.range(0, names.size())
                .mapToObj(i -> names.get(i) + ":" + types.get(i))
                .collect(Collectors.joining(" "));
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] image() {
        byte[] image = new byte[5_000];
        new Random(1).nextBytes(image);
        byte[] head = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13};
        System.arraycopy(head, 0, image, 0, head.length);
        return image;
    }

    private static byte[] parquet(String query) {
        Path file = folder.resolve("made.parquet");
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = database.createStatement()) {
            statement.execute("copy (" + query + ") to '" + file + "' (format parquet)");
            return Files.readAllBytes(file);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
