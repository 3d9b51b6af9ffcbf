package io.twostep.model.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.model.Evaluations;
import io.twostep.model.ModelRegistry;
import io.twostep.model.ModelVersion;
import io.twostep.web.Page;
import io.twostep.web.PageRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The published models: a list of their names, and every version of each. */
@RestController
@RequestMapping(path = Links.ROOT, produces = MediaType.APPLICATION_JSON_VALUE)
class ModelController {

    private final ModelRegistry models;

    ModelController(ModelRegistry models) {
        this.models = models;
    }

    /** The latest version under each name, by name. */
    @GetMapping
    Page<ModelSummary> list(PageRequest request) {
        List<ModelVersion> found = models.list(request.after(), request.limitAndOne());
        return Page.of(found, request, ModelVersion::name, ModelSummary::of);
    }

    @GetMapping("/{name}")
    ModelView latest(@PathVariable String name) {
        return ModelView.of(models.latest(name));
    }

    /** Newest first. */
    @GetMapping("/{name}/versions")
    Page<ModelSummary> versions(@PathVariable String name, PageRequest request) {
        List<ModelVersion> found = models.versions(name, version(request.after()), request.limitAndOne());
        return Page.of(found, request, model -> Integer.toString(model.version()), ModelSummary::of);
    }

    @GetMapping("/{name}/versions/{version}")
    ModelView one(@PathVariable String name, @PathVariable int version) {
        return ModelView.of(models.find(name, version));
    }

    /** With the curves, which {@link #one} leaves out. */
    @GetMapping("/{name}/versions/{version}/evaluation")
    Evaluations evaluation(@PathVariable String name, @PathVariable int version) {
        return models.evaluation(name, version);
    }

    @GetMapping("/{name}/schema")
    InputSchema latestInput(@PathVariable String name) {
        return InputSchema.of(models.latest(name));
    }

    @GetMapping("/{name}/versions/{version}/schema")
    InputSchema input(@PathVariable String name, @PathVariable int version) {
        return InputSchema.of(models.find(name, version));
    }

    @GetMapping(path = "/{name}/schema", produces = InstanceSchema.MEDIA_TYPE)
    Map<String, Object> latestInstance(@PathVariable String name) {
        return InstanceSchema.of(latestInput(name));
    }

    @GetMapping(path = "/{name}/versions/{version}/schema", produces = InstanceSchema.MEDIA_TYPE)
    Map<String, Object> instance(@PathVariable String name, @PathVariable int version) {
        return InstanceSchema.of(input(name, version));
    }

    private static @Nullable Integer version(@Nullable String after) {
        try {
            return after == null ? null : Integer.valueOf(after);
        } catch (NumberFormatException e) {
            throw new ServiceException(
                    ErrorCode.INVALID_PARAMETER,
                    List.of(new Problem(
                            "after", "must be the \"next\" of an earlier page but was " + Excerpt.quoted(after))));
        }
    }
}
