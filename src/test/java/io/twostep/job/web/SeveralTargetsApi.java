package io.twostep.job.web;

import io.restassured.response.ValidatableResponse;
import io.twostep.web.LiveService;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the tests of several targets send. */
abstract class SeveralTargetsApi extends LiveService {

    /** Trains, and waits for the end. */
    ValidatableResponse train(String fields) {
        return post("/training-jobs", fields);
    }

    ValidatableResponse post(String path, String fields) {
        return submit(path, "{" + fields + "}");
    }

    void uploadRows(String name, String header, Stream<String> rows) {
        upload(name, rows.collect(Collectors.joining("\n", header, "\n")));
    }
}
