package io.twostep.prediction.web;

import io.twostep.error.ServiceException;
import io.twostep.matrix.Cores;
import io.twostep.memory.MemoryBudget;
import io.twostep.memory.Reservation;
import io.twostep.observability.Meters;
import io.twostep.prediction.Instances;
import io.twostep.prediction.LoadedModel;
import io.twostep.prediction.PredictionProperties;
import io.twostep.prediction.Predictions;
import io.twostep.prediction.Predictor;
import io.twostep.prediction.Warnings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers from published models: the latest version under a name, or one that is asked for. Bodies are read and written
 * here, not by a converter: that would make an object of every number.
 */
@RestController
@RequestMapping(
        path = "/api/v1/models/{name}",
        produces = {MediaType.APPLICATION_JSON_VALUE, PredictionController.CSV})
class PredictionController {

    static final String CSV = "text/csv";

    /** Says how many warnings there are, for a table has no room for them. */
    private static final String WARNINGS = "Twostep-Warnings";

    private static final String OF_LATEST = "/predictions";
    private static final String OF_VERSION = "/versions/{version}/predictions";

    private final Predictor predictor;
    private final JsonMapper json;
    private final AnswerWriters answers;
    private final Meters meters;
    private final MemoryBudget heap;
    private final int mostInstances;

    private record Answer(Predictions predictions, Warnings warnings) {}

    PredictionController(
            Predictor predictor, JsonMapper json, Meters meters, MemoryBudget heap, PredictionProperties properties) {
        this.heap = heap;
        this.predictor = predictor;
        this.meters = meters;
        this.json = json;
        this.answers = new AnswerWriters(json);
        this.mostInstances = properties.maxInstances();
    }

    @PostMapping(
            path = {OF_LATEST, OF_VERSION},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    void predict(
            @PathVariable String name,
            @PathVariable(required = false) @Nullable Integer version,
            @RequestParam(defaultValue = UnknownColumns.DEFAULT) String unknown,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        UnknownColumns unknownColumns = UnknownColumns.of(unknown);
        int present = predictor.model(name, version).version();
        try (HeldBody body = readAll(name, present, request)) {
            LoadedModel model = predictor.model(name, present);
            answer(model, body.memory(), instances -> read(body.bytes(), instances, unknownColumns), accept, response);
        }
    }

    @PostMapping(
            path = {OF_LATEST, OF_VERSION},
            consumes = CSV)
    void predictTable(
            @PathVariable String name,
            @PathVariable(required = false) @Nullable Integer version,
            @RequestParam(defaultValue = UnknownColumns.DEFAULT) String unknown,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) MediaType type,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        UnknownColumns unknownColumns = UnknownColumns.of(unknown);
        Charset encoding = type.getCharset();
        int present = predictor.model(name, version).version();
        try (HeldBody body = readAll(name, present, request)) {
            answer(
                    predictor.model(name, present),
                    body.memory(),
                    instances -> new CsvInstances(body.bytes(), encoding, instances, unknownColumns).read(),
                    accept,
                    response);
        }
    }

    @GetMapping({OF_LATEST, OF_VERSION})
    void predictOne(
            @PathVariable String name,
            @PathVariable(required = false) @Nullable Integer version,
            @RequestParam MultiValueMap<String, String> values,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
            HttpServletResponse response)
            throws IOException {
        LoadedModel model = predictor.model(name, version);
        try (Reservation memory = heap.reserve(0)) {
            answer(model, memory, instances -> new QueryReader(values, instances).read(), accept, response);
        }
    }

    /** To be called while no model is held: who sends slowly keeps neither its weights nor its buffers from others. */
    private HeldBody readAll(String model, int version, HttpServletRequest request) throws IOException {
        try {
            return HeldBody.read(request.getInputStream(), request.getContentLengthLong(), heap);
        } catch (IOException | ServiceException e) {
            meters.predictionRefused(model, version);
            throw e;
        }
    }

    private void read(byte[] body, Instances instances, UnknownColumns unknown) {
        if (!new PlainInstances(body, instances, json).read()) {
            instances.clear();
            try (JsonParser parser = json.createParser(body)) {
                new InstancesReader(parser, instances, unknown).read();
            }
        }
    }

    private void answer(
            LoadedModel model,
            Reservation memory,
            Consumer<Instances> reading,
            @Nullable String accept,
            HttpServletResponse response)
            throws IOException {
        Answer answer = predict(model, memory, reading);
        AnswerWriter writer = answers.of(accept);
        response.setContentType(writer.mediaType());
        if (answer.warnings().count() > 0) {
            response.setHeader(WARNINGS, Integer.toString(answer.warnings().count()));
        }
        writer.write(model, answer.predictions(), answer.warnings(), response.getOutputStream());
    }

    private Answer predict(LoadedModel model, Reservation memory, Consumer<Instances> reading) {
        long start = System.nanoTime();
        Cores.ofThisMachine().beginRequest();
        try (Instances instances = model.instances(mostInstances, memory)) {
            reading.accept(instances);
            Predictions predictions = instances.predictions();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            meters.predicted(model.name(), model.version(), instances.rows(), took);
            Warnings warnings = instances.warnings();
            count(model, warnings);
            return new Answer(predictions, warnings);
        } catch (ServiceException | JacksonException e) {
            meters.predictionRefused(model.name(), model.version());
            throw e;
        } finally {
            Cores.ofThisMachine().endRequest();
        }
    }

    private void count(LoadedModel model, Warnings warnings) {
        warnings.counts()
                .forEach(
                        (kind, count) -> meters.predictionWarnings(model.name(), model.version(), kind.label(), count));
    }
}
