package io.twostep.prediction.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.observability.Meters;
import io.twostep.prediction.InstanceTable;
import io.twostep.prediction.LoadedModel;
import io.twostep.prediction.Prediction;
import io.twostep.prediction.PredictionProperties;
import io.twostep.prediction.Predictor;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** Answers from published models: the latest version under a name, or one that is asked for. */
@RestController
@RequestMapping(path = "/api/v1/models/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
class PredictionController {

    /** Which model answered, and its answers in the order of the instances. */
    record Answer(String model, int version, List<Prediction> predictions) {}

    private final Predictor predictor;
    private final JsonMapper json;
    private final Meters meters;
    private final int mostInstances;

    PredictionController(Predictor predictor, JsonMapper json, Meters meters, PredictionProperties properties) {
        this.predictor = predictor;
        this.meters = meters;
        this.json = json;
        this.mostInstances = properties.maxInstances();
    }

    @PostMapping(path = "/predictions", consumes = MediaType.APPLICATION_JSON_VALUE)
    Answer predict(@PathVariable String name, InputStream body) {
        return predict(predictor.model(name, null), body);
    }

    @PostMapping(path = "/versions/{version}/predictions", consumes = MediaType.APPLICATION_JSON_VALUE)
    Answer predict(@PathVariable String name, @PathVariable int version, InputStream body) {
        return predict(predictor.model(name, version), body);
    }

    @GetMapping("/predictions")
    Answer predict(@PathVariable String name, @RequestParam MultiValueMap<String, String> values) {
        return predict(predictor.model(name, null), values);
    }

    @GetMapping("/versions/{version}/predictions")
    Answer predict(
            @PathVariable String name, @PathVariable int version, @RequestParam MultiValueMap<String, String> values) {
        return predict(predictor.model(name, version), values);
    }

    private Answer predict(LoadedModel model, InputStream body) {
        return answer(model, "instances", instances -> {
            try (JsonParser parser = json.createParser(body)) {
                new InstancesReader(parser, instances, mostInstances).read();
            }
        });
    }

    private Answer predict(LoadedModel model, MultiValueMap<String, String> values) {
        // The one row has no place of its own among the problems: they name parameters.
        return answer(model, null, instances -> QueryReader.read(values, instances));
    }

    /**
     * Reads the instances and answers them.
     *
     * @param field that holds the rows, for pointers; null if there is one row and its columns are named alone
     */
    private Answer answer(LoadedModel model, @Nullable String field, Consumer<InstanceTable> reading) {
        long start = System.nanoTime();
        try {
            InstanceTable instances = new InstanceTable(model.features().features());
            reading.accept(instances);
            Answer answer = new Answer(model.name(), model.version(), predict(model, field, instances));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            meters.predicted(model.name(), model.version(), instances.rows(), took);
            return answer;
        } catch (ServiceException | JacksonException e) {
            meters.predictionRefused(model.name(), model.version());
            throw e;
        }
    }

    private static List<Prediction> predict(LoadedModel model, @Nullable String field, InstanceTable instances) {
        try {
            return model.predict(instances.table());
        } catch (InvalidValueException e) {
            throw new ServiceException(
                    ErrorCode.PREDICTION_SHAPE,
                    e.problems().stream()
                            .map(problem -> field == null ? withoutRow(problem) : problem.within(field))
                            .toList());
        }
    }

    /** {@code /0/column} becomes {@code /column}. */
    private static Problem withoutRow(Problem problem) {
        return problem.pointer().startsWith("/0/")
                ? new Problem(problem.pointer().substring(2), problem.detail())
                : problem;
    }
}
