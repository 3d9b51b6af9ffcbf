package io.twostep.prediction.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.InvalidValueException;
import io.twostep.error.ServiceException;
import io.twostep.features.Table;
import io.twostep.prediction.InstanceTable;
import io.twostep.prediction.LoadedModel;
import io.twostep.prediction.Prediction;
import io.twostep.prediction.PredictionProperties;
import io.twostep.prediction.Predictor;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
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
    private final int mostInstances;

    PredictionController(Predictor predictor, JsonMapper json, PredictionProperties properties) {
        this.predictor = predictor;
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
        InstanceTable instances = new InstanceTable(model.features().features());
        try (JsonParser parser = json.createParser(body)) {
            new InstancesReader(parser, instances, mostInstances).read();
        }
        return answer(model, instances.table(), "/instances");
    }

    private Answer predict(LoadedModel model, MultiValueMap<String, String> values) {
        InstanceTable instances = new InstanceTable(model.features().features());
        QueryReader.read(values, instances);
        return answer(model, instances.table(), null);
    }

    /** @param pointer where the rows stand in the body; null for a query, whose one row has names only */
    private static Answer answer(LoadedModel model, Table rows, @Nullable String pointer) {
        try {
            return new Answer(model.name(), model.version(), model.predict(rows));
        } catch (InvalidValueException e) {
            throw new ServiceException(
                    ErrorCode.PREDICTION_SHAPE,
                    pointer == null
                            ? e.problems()
                            : e.problems().stream()
                                    .map(problem -> problem.within(pointer.substring(1)))
                                    .toList());
        }
    }
}
