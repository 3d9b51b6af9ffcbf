package io.twostep.dataset.web;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.Datasets;
import io.twostep.dataset.OpenTable;
import io.twostep.dataset.ParquetCopy;
import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.memory.Reservation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sends whole tables. Written here, not by a converter, since they may be larger than memory. */
@RestController
class ContentController {

    private static final String FORMULAS = "formulas";

    /** Each takes as much memory as a database may, beside the heap. */
    private static final int MOST_DOWNLOADS = 2;

    private final Datasets datasets;
    private final Semaphore downloads = new Semaphore(MOST_DOWNLOADS);

    ContentController(Datasets datasets) {
        this.datasets = datasets;
    }

    @GetMapping(DatasetController.PATH + "/{dataset}/content")
    void content(
            @PathVariable String dataset,
            @RequestParam(required = false) @Nullable String format,
            @RequestParam(required = false) @Nullable String escape,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
            HttpServletResponse response)
            throws IOException, HttpMediaTypeNotAcceptableException {
        ContentFormat wanted = ContentFormat.of(format, accept);
        boolean escapeFormulas = escapeFormulas(escape, wanted);
        Dataset found = datasets.find(dataset);
        if (!downloads.tryAcquire()) {
            throw new ServiceException(
                    ErrorCode.BUSY, MOST_DOWNLOADS + " datasets are being downloaded; ask again in a moment.");
        }
        try {
            send(found, wanted, escapeFormulas, response);
        } finally {
            downloads.release();
        }
    }

    private void send(Dataset dataset, ContentFormat format, boolean escapeFormulas, HttpServletResponse response)
            throws IOException {
        switch (format) {
            case CSV -> sendCsv(dataset, escapeFormulas, response);
            case PARQUET -> sendParquet(dataset, response);
        }
    }

    private void sendCsv(Dataset dataset, boolean escapeFormulas, HttpServletResponse response) throws IOException {
        Reservation reserved = datasets.reserve();
        try (reserved;
                OpenTable table = datasets.open(dataset)) {
            describe(dataset, ContentFormat.CSV, ";charset=UTF-8", response);
            new CsvContent(dataset, table, escapeFormulas).writeTo(response.getOutputStream());
        } catch (ServiceException e) {
            if (!response.isCommitted()) {
                response.reset(); // the problem is no attachment
            }
            throw e;
        }
    }

    private void sendParquet(Dataset dataset, HttpServletResponse response) throws IOException {
        try (ParquetCopy copy = datasets.reserve().during(() -> datasets.copy(dataset))) {
            describe(dataset, ContentFormat.PARQUET, "", response);
            response.setContentLengthLong(Files.size(copy.file()));
            Files.copy(copy.file(), response.getOutputStream());
        }
    }

    private static void describe(Dataset dataset, ContentFormat format, String details, HttpServletResponse response) {
        response.setContentType(format.mediaType() + details);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"" + dataset.name() + "." + format.wireName() + "\"");
    }

    private static boolean escapeFormulas(@Nullable String escape, ContentFormat format) {
        if (escape == null) {
            return false;
        }
        String fault = !escape.equals(FORMULAS)
                ? "must be " + FORMULAS + " but was " + Excerpt.quoted(escape)
                : "goes with csv only: a Parquet file has no formulas";
        if (!escape.equals(FORMULAS) || format != ContentFormat.CSV) {
            throw new ServiceException(ErrorCode.INVALID_PARAMETER, List.of(new Problem("escape", fault)));
        }
        return true;
    }
}
