package io.twostep.model.web;

import io.twostep.model.ModelVersion;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where to go from a model. */
final class Links {

    static final String ROOT = "/api/v1/models";

    private Links() {}

    static Map<String, String> of(ModelVersion model) {
        String name = ROOT + "/" + model.name();
        String self = name + "/versions/" + model.version();
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", self);
        links.put("schema", self + "/schema");
        links.put("predictions", self + "/predictions");
        links.put("evaluation", self + "/evaluation");
        links.put("versions", name + "/versions");
        links.put("job", "/api/v1/training-jobs/" + model.jobId());
        return links;
    }
}
