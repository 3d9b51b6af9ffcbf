package io.twostep.dataset.web;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetFormat;
import io.twostep.dataset.Datasets;
import io.twostep.dataset.TableProfile;
import io.twostep.error.ErrorCode;
import io.twostep.error.Names;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.web.Page;
import io.twostep.web.PageRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Uploads and looks at tables. */
@RestController
@RequestMapping(path = DatasetController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class DatasetController {

    static final String PATH = "/api/v1/datasets";

    private static final String CSV = "text/csv";
    private static final String TSV = "text/tab-separated-values";
    private static final int MOST_ROWS = 1000;

    private final Datasets datasets;

    DatasetController(Datasets datasets) {
        this.datasets = datasets;
    }

    /** The first rows of a dataset. */
    record Rows(List<Map<String, @Nullable Object>> rows) {}

    @PostMapping(consumes = {CSV, TSV, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<Dataset> upload(
            @RequestParam(required = false) @Nullable String name,
            @RequestHeader("Content-Type") MediaType type,
            InputStream body) {
        return answer(datasets.add(name, format(type), body));
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<Dataset> upload(
            @RequestParam(required = false) @Nullable String name, MultipartHttpServletRequest request)
            throws IOException {
        List<MultipartFile> files = request.getMultiFileMap().values().stream()
                .flatMap(List::stream)
                .toList();
        if (files.size() != 1) {
            throw new ServiceException(
                    ErrorCode.INVALID_MULTIPART,
                    "The multipart body must hold exactly one file, not " + files.size() + ".");
        }
        MultipartFile file = files.get(0);
        String fileName = String.valueOf(file.getOriginalFilename());
        String label = name == null ? nameOf(fileName) : name;
        try (InputStream body = file.getInputStream()) {
            return answer(datasets.add(label, format(fileName, file.getContentType()), body));
        }
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

    private static ResponseEntity<Dataset> answer(Datasets.Added added) {
        Dataset dataset = added.dataset();
        URI place = URI.create(PATH + "/" + dataset.id());
        return added.isNew()
                ? ResponseEntity.created(place).body(dataset)
                : ResponseEntity.ok().location(place).body(dataset);
    }

    /** The file's name without folder and extension; null if that makes no name. */
    private static @Nullable String nameOf(String fileName) {
        String last = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        int dot = last.lastIndexOf('.');
        String name = dot > 0 ? last.substring(0, dot) : last;
        return Names.isValid(name) ? name : null;
    }

    private static DatasetFormat format(MediaType type) {
        return switch (type.getType() + "/" + type.getSubtype()) {
            case TSV -> DatasetFormat.TSV;
            case MediaType.APPLICATION_JSON_VALUE -> DatasetFormat.JSON;
            default -> DatasetFormat.CSV;
        };
    }

    /** By the part's type where that says anything, else by the file's extension. */
    private static DatasetFormat format(String fileName, @Nullable String contentType) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (MediaType.APPLICATION_JSON_VALUE.equals(contentType) || name.endsWith(".json")) {
            return DatasetFormat.JSON;
        }
        return TSV.equals(contentType) || name.endsWith(".tsv") ? DatasetFormat.TSV : DatasetFormat.CSV;
    }
}
