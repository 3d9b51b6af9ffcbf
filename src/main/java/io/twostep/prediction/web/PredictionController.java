package io.twostep.prediction.web;

import io.twostep.error.ServiceException;
import io.twostep.matrix.Cores;
import io.twostep.observability.Meters;
import io.twostep.prediction.Instances;
import io.twostep.prediction.LoadedModel;
import io.twostep.prediction.PredictionProperties;
import io.twostep.prediction.Predictions;
import io.twostep.prediction.Predictor;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Consumer;
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

/**
 * Answers from published models: the latest version under a name, or one that is asked for. Bodies are read and written
 * here, not by a converter: that would make an object of every number.
 */
@RestController
@RequestMapping(path = "/api/v1/models/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
class PredictionController {

    private final Predictor predictor;
    private final JsonMapper json;
    private final AnswerWriter answers;
    private final Meters meters;
    private final int mostInstances;

    PredictionController(Predictor predictor, JsonMapper json, Meters meters, PredictionProperties properties) {
        this.predictor = predictor;
        this.meters = meters;
        this.json = json;
        this.answers = new AnswerWriter(json);
        this.mostInstances = properties.maxInstances();
    }

    @PostMapping(path = "/predictions", consumes = MediaType.APPLICATION_JSON_VALUE)
    void predict(@PathVariable String name, InputStream body, HttpServletResponse response) throws IOException {
        answer(predictor.model(name, null), body, response);
    }

    @PostMapping(path = "/versions/{version}/predictions", consumes = MediaType.APPLICATION_JSON_VALUE)
    void predict(@PathVariable String name, @PathVariable int version, InputStream body, HttpServletResponse response)
            throws IOException {
        answer(predictor.model(name, version), body, response);
    }

    @GetMapping("/predictions")
    void predict(
            @PathVariable String name, @RequestParam MultiValueMap<String, String> values, HttpServletResponse response)
            throws IOException {
        answer(predictor.model(name, null), instances -> QueryReader.read(values, instances), response);
    }

    @GetMapping("/versions/{version}/predictions")
    void predict(
            @PathVariable String name,
            @PathVariable int version,
            @RequestParam MultiValueMap<String, String> values,
            HttpServletResponse response)
            throws IOException {
        answer(predictor.model(name, version), instances -> QueryReader.read(values, instances), response);
    }

    private void answer(LoadedModel model, InputStream body, HttpServletResponse response) throws IOException {
        // Before the model is asked for buffers: who sends slowly keeps none waiting.
        byte[] bytes = readAll(model, body);
        answer(model, instances -> read(bytes, instances), response);
    }

    private byte[] readAll(LoadedModel model, InputStream body) throws IOException {
        try {
            return body.readAllBytes();
        } catch (IOException | ServiceException e) {
            meters.predictionRefused(model.name(), model.version());
            throw e;
        }
    }

    private void read(byte[] body, Instances instances) {
        if (!new PlainInstances(body, instances, json).read()) {
            instances.clear();
            try (JsonParser parser = json.createParser(body)) {
                new InstancesReader(parser, instances).read();
            }
        }
    }

    private void answer(LoadedModel model, Consumer<Instances> reading, HttpServletResponse response)
            throws IOException {
        Predictions predictions = predict(model, reading);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        answers.write(model, predictions, response.getOutputStream());
    }

    private Predictions predict(LoadedModel model, Consumer<Instances> reading) {
        long start = System.nanoTime();
        Cores.ofThisMachine().beginRequest();
        try (Instances instances = model.instances(mostInstances)) {
            reading.accept(instances);
            Predictions predictions = instances.predictions();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            meters.predicted(model.name(), model.version(), instances.rows(), took);
            return predictions;
        } catch (ServiceException | JacksonException e) {
            meters.predictionRefused(model.name(), model.version());
            throw e;
        } finally {
            Cores.ofThisMachine().endRequest();
        }
    }
}
