package io.twostep.dataset.web;

import io.twostep.dataset.CsvOptions;
import io.twostep.dataset.Dataset;
import io.twostep.dataset.Datasets;
import io.twostep.dataset.SaidTypes;
import io.twostep.dataset.TableProfile;
import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.idempotency.Once;
import io.twostep.web.Page;
import io.twostep.web.PageRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.propertyeditors.StringArrayPropertyEditor;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Uploads and looks at tables. */
@RestController
@RequestMapping(path = DatasetController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class DatasetController {

    static final String PATH = "/api/v1/datasets";

    private static final String NO_SEPARATOR = "\0";
    private static final int FIRST_ROWS = 5;
    private static final int MOST_ROWS = 1000;

    private final Datasets datasets;

    DatasetController(Datasets datasets) {
        this.datasets = datasets;
    }

    /** The first rows of a dataset. */
    record Rows(List<Map<String, @Nullable Object>> rows) {}

    /** The parameters but for the name say how a text is written, and types what is in it; without them it is found out. */
    @PostMapping(
            consumes = {
                SentFile.CSV,
                SentFile.TSV,
                MediaType.APPLICATION_JSON_VALUE,
                SentFile.NDJSON,
                SentFile.PARQUET,
                SentFile.GZIP,
                MediaType.MULTIPART_FORM_DATA_VALUE
            })
    ResponseEntity<UploadedDataset> upload(
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String delimiter,
            @RequestParam(required = false) @Nullable String quote,
            @RequestParam(required = false) @Nullable String encoding,
            @RequestParam(required = false) @Nullable String header,
            @RequestParam(required = false) @Nullable String decimal,
            @RequestParam(required = false) String @Nullable [] missing,
            @RequestParam(required = false) String @Nullable [] types,
            HttpServletRequest request,
            Once once)
            throws IOException {
        List<Problem> problems = new ArrayList<>();
        CsvOptions options = CsvParameters.read(delimiter, quote, encoding, header, decimal, missing, problems);
        SaidTypes saidTypes = TypesParameter.read(types, problems);
        if (!problems.isEmpty()) {
            throw new ServiceException(ErrorCode.INVALID_PARAMETER, problems);
        }
        SentFile file = SentFile.of(request);
        String called = name == null ? file.name() : name;
        once.also(called + " as " + file.type());
        try (InputStream body = once.watch(file.open())) {
            return answer(once.make(
                    made -> datasets.add(
                            called,
                            file.type(),
                            options,
                            saidTypes,
                            body,
                            added -> made.as(added.dataset().id(), added.isNew())),
                    past -> new Datasets.Added(datasets.find(past.id()), past.isNew())));
        }
    }

    /** Keeps the one marker in {@code missing=1,5} from becoming two. */
    @InitBinder
    void takeArraysAsTheyAre(WebDataBinder binder) {
        binder.registerCustomEditor(String[].class, new StringArrayPropertyEditor(NO_SEPARATOR, false));
    }

    @GetMapping
    Page<Dataset> list(PageRequest page) {
        return Page.of(datasets.list(page.after(), page.limitAndOne()), page, Dataset::id, Function.identity());
    }

    @GetMapping("/{dataset}")
    Dataset get(@PathVariable String dataset) {
        return datasets.find(dataset);
    }

    @GetMapping("/{dataset}/rows")
    Rows rows(@PathVariable String dataset, @RequestParam(defaultValue = "20") int limit) {
        if (limit < 1 || limit > MOST_ROWS) {
            throw new ServiceException(
                    ErrorCode.INVALID_PARAMETER,
                    List.of(new Problem("limit", "must be an integer from 1 to " + MOST_ROWS + " but was " + limit)));
        }
        return new Rows(datasets.rows(datasets.find(dataset), limit));
    }

    @GetMapping("/{dataset}/profile")
    TableProfile profile(
            @PathVariable String dataset,
            @RequestParam(required = false) String @Nullable [] column,
            @RequestParam(required = false) @Nullable String target,
            HttpServletRequest request) {
        // As it stands in the query: Spring would take a comma in a name for the end of it.
        List<String> columns = column == null ? List.of() : List.of(request.getParameterValues("column"));
        return datasets.profile(datasets.find(dataset), columns, target);
    }

    @DeleteMapping("/{dataset}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String dataset) {
        datasets.delete(dataset);
    }

    private ResponseEntity<UploadedDataset> answer(Datasets.Added added) {
        Dataset dataset = added.dataset();
        URI place = URI.create(PATH + "/" + dataset.id());
        UploadedDataset shown = new UploadedDataset(dataset, datasets.rows(dataset, FIRST_ROWS));
        return added.isNew()
                ? ResponseEntity.created(place).body(shown)
                : ResponseEntity.ok().location(place).body(shown);
    }
}
